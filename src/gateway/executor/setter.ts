import type { Rewrite } from '../planner/plan.ts';
import { isRecord, type Rec } from './record.ts';
import type { TypeConditions } from './type-conditions.ts';

/** Changes a representation where a subgraph knows an entity by another name: an interface object by its interface's. */
export type Setter = (representation: Rec) => void;

/** Undefined for what is no `ValueSetter`. */
export function compileSetter(rewrite: Rewrite, types: TypeConditions): Setter | undefined {
  if (!('ValueSetter' in rewrite)) return undefined;
  const { path, setValueTo } = rewrite.ValueSetter;
  const set = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) {
      for (const item of value) set(item, depth);
      return;
    }
    const segment = path[depth];
    if (!segment || !isRecord(value)) return;
    if ('TypenameEquals' in segment) {
      const typename = value.__typename;
      const matches = typeof typename === 'string' && segment.TypenameEquals.some((name) => types(name).has(typename));
      if (matches) set(value, depth + 1);
    } else if (depth === path.length - 1) {
      if (segment.Key in value) value[segment.Key] = setValueTo;
    } else {
      set(value[segment.Key], depth + 1);
    }
  };
  return (representation) => set(representation, 0);
}
