/** Where anchors are kept: outside the table, and where nobody can change what was written once. */
export interface Anchors {
  /** Names, in order. */
  list(): Promise<readonly string[]>;
  read(name: string): Promise<string>;
  /** @returns false where one of that name is there: it stays as it is */
  add(name: string, text: string): Promise<boolean>;
}

/** Anchors are named by their numbers. */
export const anchorName = (number: number) => `root-${String(number).padStart(9, '0')}.json`;

/** Anchors of the format before this one are named by their instants. */
export const isAnchorName = (name: string) => name.startsWith('root-');
