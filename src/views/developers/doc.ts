/** A heading of a document, and its anchor. */
export interface DocHeading {
  readonly id: string;
  readonly title: string;
  readonly level: number;
}

/** A document for partners, rendered when the pages are built. Its text is English. */
export interface DeveloperDoc {
  /** Its part of the address `/developers/<slug>`. */
  readonly slug: string;
  readonly title: string;
  readonly headings: readonly DocHeading[];
  /** `localhost:4000` stands for the site's own address, and `>RUN<` for the label of a query's link. */
  readonly html: string;
}
