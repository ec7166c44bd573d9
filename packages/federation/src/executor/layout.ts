import type { Selection } from './selection.ts';

/**
 * A position of the answer, over all list items and types. Where only one fetch writes, what it got is taken as it is and
 * only read from then on: it may be a resolver's own. A position that several write, that entities are looked up through,
 * or that has keys to rename, is `shared`: there the answer has objects of its own.
 */
export interface Position {
  isShared: boolean;
  writers: number;
  /** The subgraphs that answer with the objects there, other than those that were asked for them as entities. */
  readonly sources: Set<string>;
  readonly below: Map<string, Position>;
}

export function newPosition(): Position {
  return { isShared: false, writers: 0, sources: new Set(), below: new Map() };
}

/** The position at a place's keys; everything on the way there is shared. */
export function descend(root: Position, pattern: readonly string[]): Position {
  let position = root;
  position.isShared = true;
  for (const key of pattern) {
    if (key === '@') continue;
    position = child(position, key);
    position.isShared = true;
  }
  return position;
}

/** Notes that a subgraph writes a selection at a position. Says whether keys in it are renamed, which takes a copy as well. */
export function write(position: Position, selection: Selection, subgraph: string): boolean {
  let isRenamed = false;
  for (const { from, to, below } of selection.values()) {
    if (from !== to) isRenamed = true;
    if (!below) continue;
    const inner = child(position, to);
    inner.sources.add(subgraph);
    if (write(inner, below, subgraph)) isRenamed = true;
  }
  position.writers += 1;
  if (position.writers > 1 || isRenamed) position.isShared = true;
  return isRenamed;
}

function child(position: Position, key: string): Position {
  let below = position.below.get(key);
  if (!below) {
    below = newPosition();
    position.below.set(key, below);
  }
  return below;
}
