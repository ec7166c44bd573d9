import { Kind } from 'graphql';
import type { Limit } from './limit.ts';
import { measureSpread, sum } from './spread.ts';

/** What fragments stand for, each time that they are spread: planning and projecting take time by it. */
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
