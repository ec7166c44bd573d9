import { Kind, type SelectionSetNode } from 'graphql';
import type { TypeConditions } from '../executor/type-conditions.ts';
import type { PathSegment } from './plan.ts';

/** The keys that a normalised operation asks for at a place: of any type, and of each object type that its conditions allow. */
export interface AskedUnder {
  readonly always: ReadonlySet<string>;
  readonly byType: ReadonlyMap<string, ReadonlySet<string>>;
}

export function askedUnder(
  root: SelectionSetNode,
  paths: readonly (readonly PathSegment[])[],
  types: TypeConditions,
): AskedUnder {
  const always = new Set<string>();
  const byType = new Map<string, Set<string>>();
  for (const set of paths.flatMap((path) => selectionSetsAt(root, path, types))) {
    for (const { key, allowed } of fieldsOf(set, types)) {
      if (key === '__typename') continue;
      if (!allowed) always.add(key);
      for (const type of allowed ?? []) byType.set(type, (byType.get(type) ?? new Set<string>()).add(key));
    }
  }
  return { always, byType };
}

function selectionSetsAt(
  root: SelectionSetNode,
  path: readonly PathSegment[],
  types: TypeConditions,
): readonly SelectionSetNode[] {
  let sets: readonly SelectionSetNode[] = [root];
  for (const segment of path) {
    if (segment === '@' || !('Field' in segment)) continue;
    sets = sets.flatMap((set) =>
      [...fieldsOf(set, types)].flatMap(({ key, below }) => (key === segment.Field && below ? below : [])),
    );
  }
  return sets;
}

interface AskedField {
  readonly key: string;
  /** Names of object types; undefined where any may be. */
  readonly allowed: readonly string[] | undefined;
  readonly below: SelectionSetNode | undefined;
}

function* fieldsOf(set: SelectionSetNode, types: TypeConditions, allowed?: readonly string[]): Iterable<AskedField> {
  for (const selection of set.selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      const objects = condition === undefined ? allowed : objectsOf(condition, types);
      const narrowed = allowed ? objects?.filter((name) => allowed.includes(name)) : objects;
      yield* fieldsOf(selection.selectionSet, types, narrowed);
    } else if (selection.kind === Kind.FIELD) {
      yield { key: selection.alias?.value ?? selection.name.value, allowed, below: selection.selectionSet };
    }
  }
}

function objectsOf(condition: string, types: TypeConditions): readonly string[] {
  return [...types(condition)].filter((name) => types(name).size === 1);
}
