/** Where anchors are kept: outside the table, and where what was written once is not written again. */
export interface Anchors {
  /** Names, in the order of their making. */
  list(): Promise<readonly string[]>;
  read(name: string): Promise<string>;
  /** @returns false where one of that name is there: it stays as it is */
  add(name: string, text: string): Promise<boolean>;
}

/** Anchors are named by their instants. */
export const anchorName = (at: string) => `${at.replaceAll(':', '-')}.json`;
