import { Kind, visit } from 'graphql';
import type { Limit } from './limit.ts';
import { measureSpread, sum } from './spread.ts';

/** The full introspection query as tools send it has one less: a type's wrappers are asked for one within the other. */
export const depth: Limit<'document'> = {
  name: 'depth',
  counts: 'fields within fields',
  stage: 'document',
  allowed: 16,
  measure: (document) =>
    measureSpread(document, {
      selection: (node, within) => (node.kind === Kind.FIELD ? within + 1 : within),
      together: Math.max,
    }),
};

/** Counts a fragment's fields each time that it is spread: planning and projecting take time by them. */
export const fields: Limit<'document'> = {
  name: 'fields',
  counts: 'fields, with those that fragments stand for',
  stage: 'document',
  allowed: 500,
  measure: (document) =>
    measureSpread(document, {
      selection: (node, within) => (node.kind === Kind.FIELD ? within + 1 : within),
      together: sum,
    }),
};

/** Counts aliases of `__typename` too. */
export const aliases: Limit<'document'> = {
  name: 'aliases',
  counts: 'aliases, of __typename too, with those in fragments',
  stage: 'document',
  allowed: 40,
  measure: (document) =>
    measureSpread(document, {
      selection: (node, within) => within + (node.kind === Kind.FIELD && node.alias ? 1 : 0),
      together: sum,
    }),
};

/** Counts directives as written: on fields, fragments, spreads, operations and variables, known or not. */
export const directives: Limit<'document'> = {
  name: 'directives',
  counts: 'directives applied',
  stage: 'document',
  allowed: 40,
  measure(document) {
    let found = 0;
    visit(document, { [Kind.DIRECTIVE]: () => void found++ });
    return found;
  },
};

/** Counts `__schema` and `__type` too, as each can be the whole schema. */
export const rootFields: Limit<'document'> = {
  name: 'rootFields',
  counts: 'fields at the root of one operation',
  stage: 'document',
  allowed: 20,
  measure: (document) =>
    measureSpread(
      document,
      { selection: (node, within) => (node.kind === Kind.FIELD ? 1 : within), together: sum },
      'operations',
    ),
};

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
