import type { ContextVariable, PathSegment, RequiresSelection } from '../planner/plan.ts';
import { type Fields, fieldsRead } from './dataflow.ts';
import { compilePlace, isRecord, type Place, type Rec } from './record.ts';
import type { TypeConditions } from './type-conditions.ts';

type Values = Readonly<Record<string, unknown>>;

/** Entities whose fetch takes the values of variables from objects above them. */
export interface ContextualPlace {
  /** Fields that must be there before the values can be read. */
  readonly reads: Fields;
  /** Calls `visit` for every entity whose values are there, in order. A null is a value. */
  forEach(root: Rec, visit: (entity: Rec, values: Values) => void): void;
}

interface Stage {
  readonly place: Place;
  readonly variables: readonly ContextVariable[];
}

/** Compiles the way to entities, in stages that end at the objects that hold values. */
export function compileContextualPlace(
  path: readonly PathSegment[],
  contexts: readonly ContextVariable[],
  types: TypeConditions,
): ContextualPlace {
  const ends = [...new Set(contexts.map(({ segments }) => segments))].sort((one, other) => one - other);
  const stages = ends.map(
    (end, index): Stage => ({
      place: compilePlace(path.slice(ends[index - 1], end), types),
      variables: contexts.filter(({ segments }) => segments === end),
    }),
  );
  const last = compilePlace(path.slice(ends.at(-1) ?? 0), types);
  const walk = (object: Rec, values: Values, index: number, visit: (entity: Rec, values: Values) => void): void => {
    const stage = stages[index];
    if (!stage) {
      last.forEach(object, (entity) => visit(entity, values));
      return;
    }
    stage.place.forEach(object, (holder) => {
      const read = stage.variables.map(({ variable, selections }) => [
        variable,
        leafOf(holder, selections, types),
      ]) satisfies [string, unknown][];
      if (read.some(([, value]) => value === undefined)) return;
      walk(holder, { ...values, ...Object.fromEntries(read) }, index + 1, visit);
    });
  };
  return {
    reads: new Set(
      contexts.flatMap(({ segments, selections }) => [
        ...fieldsRead(compilePlace(path.slice(0, segments), types), selections),
      ]),
    ),
    forEach: (root, visit) => walk(root, {}, 0, visit),
  };
}

/** Returns the leaf that a chain of fields leads to; undefined where some of it is missing. */
function leafOf(value: unknown, selections: readonly RequiresSelection[], types: TypeConditions): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) {
    const items = value.map((item) => leafOf(item, selections, types));
    return items.includes(undefined) ? undefined : items;
  }
  if (!isRecord(value)) return undefined;
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const { __typename: typename } = value;
      if (typeof typename !== 'string' || !types(selection.typeCondition).has(typename)) continue;
      return leafOf(value, selection.selections, types);
    }
    if (selection.name === '__typename') continue;
    const read = value[selection.key ?? selection.name];
    return selection.selections?.length ? leafOf(read, selection.selections, types) : read;
  }
  return undefined;
}
