import type { Position } from './layout.ts';
import { isRecord, Rec } from './record.ts';
import type { Selection } from './selection.ts';

/** Takes over what was asked for, and nothing else, from a subgraph's object into one of the answer's own. */
export type Merge = (target: Rec, source: Readonly<Rec>) => void;

/**
 * Compiles the merging of a selection at a position. The order in which fetches arrive doesn't matter: an object is
 * completed by another, any value stands over null, null over nothing, and of two leaves the first stays, save
 * `__typename`, where the later fetch knows the object's type behind an interface object's.
 */
export function compileMerge(position: Position, selection: Selection): Merge {
  const steps = [...selection.values()].map(({ from, to, below }) => {
    const inner = below && position.below.get(to);
    const mergeInner = below && inner?.isShared ? compileMerge(inner, below) : undefined;
    return { from, to, mergeInner, isTypename: to === '__typename' };
  });
  return (target, source) => {
    for (const { from, to, mergeInner, isTypename } of steps) {
      const value = source[from];
      if (value === undefined) continue;
      const existing = target[to];
      if (mergeInner) target[to] = mergeValue(existing, value, mergeInner);
      else if (existing === undefined || (value !== null && (existing === null || isTypename))) target[to] = value;
    }
  };
}

function mergeValue(existing: unknown, value: unknown, merge: Merge): unknown {
  if (value === null) return existing ?? null;
  if (Array.isArray(value)) {
    const items: unknown[] = Array.isArray(existing) ? existing : new Array(value.length).fill(undefined);
    const length = Math.min(items.length, value.length);
    for (let index = 0; index < length; index++) items[index] = mergeValue(items[index], value[index], merge);
    return items;
  }
  if (!isRecord(value)) return existing ?? value;
  const target = isRecord(existing) ? existing : new Rec();
  merge(target, value);
  return target;
}
