import type { Position } from './layout.ts';
import { isRecord, Rec, writtenWhenHot } from './record.ts';
import type { Selection } from './selection.ts';
import type { TypeConditions } from './type-conditions.ts';

/** Takes over what was asked for, and nothing else, from a subgraph's object into one of the answer's own. */
export type Merge = (target: Rec, source: Readonly<Rec>) => void;

interface Step {
  readonly from: string;
  readonly to: string;
  readonly mergeInner: Merge | undefined;
  readonly isTypename: boolean;
}

/**
 * Compiles the merging of a selection at a position. The order in which fetches arrive doesn't matter: an object is
 * completed by another, any value stands over null, null over nothing, and of two leaves the first stays, save
 * `__typename`, where an object's type stands over the interface's name that an interface object has for it.
 */
export function compileMerge(position: Position, selection: Selection, types: TypeConditions): Merge {
  const steps = [...selection.values()].map(({ from, to, below }): Step => {
    const inner = below && position.below.get(to);
    const mergeInner = below && inner?.isShared ? compileMerge(inner, below, types) : undefined;
    return { from, to, mergeInner, isTypename: to === '__typename' };
  });
  const isObjectType = (name: unknown) => typeof name === 'string' && types(name).size === 1;
  const merge: Merge = (target, source) => {
    for (const { from, to, mergeInner, isTypename } of steps) {
      const value = source[from];
      if (value === undefined) continue;
      const existing = target[to];
      if (mergeInner) target[to] = mergeValue(existing, value, mergeInner);
      else if (
        existing === undefined ||
        (value !== null && (existing === null || (isTypename && existing !== value && isObjectType(value))))
      ) {
        target[to] = value;
      }
    }
  };
  const inner = steps.map(({ mergeInner }) => mergeInner);
  return writtenWhenHot(steps, merge, () => `let value, existing; ${steps.map(writeStep).join(' ')}`, {
    inner,
    mergeValue,
    isObjectType,
  });
}

/** The same as code, of target `a` and source `b`. */
function writeStep({ from, to, mergeInner, isTypename }: Step, index: number): string {
  const [source, target] = [`b[${JSON.stringify(from)}]`, `a[${JSON.stringify(to)}]`];
  const isFree = isTypename
    ? '(existing === null || (existing !== value && isObjectType(value)))'
    : 'existing === null';
  const take = mergeInner
    ? `${target} = mergeValue(existing, value, inner[${index}]);`
    : `if (existing === undefined || (value !== null && ${isFree})) ${target} = value;`;
  return `value = ${source}; if (value !== undefined) { existing = ${target}; ${take} }`;
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
