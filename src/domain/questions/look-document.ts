import type { Localized } from '../locale.ts';

/** A document that `/look` shows: everybody may see all its fields, and no variable holds personal data. */
export interface LookDocument extends LookShape {
  /** The name of a trusted document, or the id of a saved question: a part of the page's address. */
  readonly name: string;
  /** The document's id: the SHA-256 of its text. */
  readonly id: string;
  /** The comment at the top of its file, in English. */
  readonly description: string | null;
  /** The parts of a saved question that a trusted document has elsewhere. */
  readonly saved?: {
    readonly title: Localized;
    readonly query: string;
    readonly view: 'table' | 'chart' | 'graph' | 'json';
    readonly version: number;
    readonly audience: 'OWN' | 'ZONE' | 'PUBLIC';
  };
}

/** The variables and fields of a document. */
export interface LookShape {
  readonly variables: readonly LookVariable[];
  /** Its fields by their paths in the answer, without `nodes`, `edges` and `node`: `park.resumptionSeries.on`. */
  readonly fields: Readonly<Record<string, LookField>>;
  /** The values of the variables' enums, by the enum's name. */
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

export interface LookVariable {
  readonly name: string;
  /** The name of a scalar or an enum. */
  readonly type: string;
  readonly isRequired: boolean;
  /** The value in the document's example. Null if it has none. */
  readonly example: string | null;
  /** The description of the argument that takes it. */
  readonly description: string | null;
}

export interface LookField {
  /** The field's name in the schema, which may differ from the one in the answer. */
  readonly name: string;
  readonly type: string;
  readonly description: string | null;
}
