/** A write-once store of anchors outside the table. */
export interface Anchors {
  /** Returns the names, in order. */
  list(): Promise<readonly string[]>;
  read(name: string): Promise<string>;
  /** @returns false where an anchor of that name exists; it stays unchanged */
  add(name: string, text: string): Promise<boolean>;
}

/** Returns the name of an anchor, from its number. */
export const anchorName = (number: number) => `root-${String(number).padStart(9, '0')}.json`;

/** Returns whether a name is an anchor's. Anchors of the former format are named by their instants. */
export const isAnchorName = (name: string) => name.startsWith('root-');
