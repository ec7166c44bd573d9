import { Kind } from 'graphql';
import type { Limit } from './limit.ts';
import { measureSpread } from './spread.ts';

/** The full introspection query as tools send it has just these: a type's wrappers are asked for one within the other. */
export const depth: Limit<'document'> = {
  name: 'depth',
  counts: 'fields within fields',
  stage: 'document',
  allowed: 15,
  measure: (document) =>
    measureSpread(document, {
      selection: (node, within) => (node.kind === Kind.FIELD ? within + 1 : within),
      together: Math.max,
    }),
};
