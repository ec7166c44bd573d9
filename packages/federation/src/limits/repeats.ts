import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import type { Limit } from './limit.ts';
import { fragmentsOf } from './spread.ts';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * Selections of one place that end up in one field of the answer. Validation compares each pair of them, and what is
 * selected within them again. It comes after the limit of fields, which bounds what is looked at here.
 */
export const repeats: Limit<'document'> = {
  name: 'repeats',
  counts: 'selections of one field of the answer',
  stage: 'document',
  allowed: 20,
  measure(document) {
    const fragments = fragmentsOf(document);
    return Math.max(0, ...rootsOf(document).map((root) => maxRepeats([root], fragments, new Set())));
  },
};

function rootsOf(document: DocumentNode): SelectionSetNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION || definition.kind === Kind.FRAGMENT_DEFINITION
      ? [definition.selectionSet]
      : [],
  );
}

/** @param within the fragments that this place is in: one that spreads itself below a field would never end. */
function maxRepeats(sets: readonly SelectionSetNode[], fragments: Fragments, within: ReadonlySet<string>): number {
  const places = new Map<string, { count: number; sets: SelectionSetNode[] }>();
  const entered = new Set(within);
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const place = places.get(key) ?? { count: 0, sets: [] };
        place.count++;
        if (node.selectionSet) place.sets.push(node.selectionSet);
        places.set(key, place);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        collect(node.selectionSet);
      } else if (!entered.has(node.name.value)) {
        entered.add(node.name.value);
        const fragment = fragments.get(node.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  sets.forEach(collect);
  let most = 0;
  for (const place of places.values()) {
    most = Math.max(most, place.count);
    if (place.sets.length > 0) most = Math.max(most, maxRepeats(place.sets, fragments, entered));
  }
  return most;
}
