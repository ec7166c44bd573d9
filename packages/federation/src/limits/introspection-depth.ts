import { Kind } from 'graphql';
import type { Limit } from './limit.ts';
import { measureSpread } from './spread.ts';

/** The lists of `__Type` that lead to other types: each within another multiplies the answer by the schema's breadth. */
const LISTS: ReadonlySet<string> = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes']);
const ROOTS: ReadonlySet<string> = new Set(['__schema', '__type']);
/** Under a root of introspection the measure is raised by it, so that lists of the same names elsewhere don't count. */
const UNDER_ROOT = 1_000_000;

/** Tools need one: what a type's fields are, not what the fields of their types are. */
export const introspectionDepth: Limit<'document'> = {
  name: 'introspectionDepth',
  counts: 'lists of a type within each other, in introspection',
  stage: 'document',
  allowed: 1,
  measure(document) {
    const most = measureSpread(document, {
      selection(node, within) {
        if (node.kind !== Kind.FIELD) return within;
        if (ROOTS.has(node.name.value)) return UNDER_ROOT + (within % UNDER_ROOT);
        return within >= UNDER_ROOT ? within : within + (LISTS.has(node.name.value) ? 1 : 0);
      },
      together: Math.max,
    });
    return most >= UNDER_ROOT ? most - UNDER_ROOT : 0;
  },
};
