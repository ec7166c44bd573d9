import { Kind } from 'graphql';
import type { Limit } from './limit.ts';
import { measureSpread, sum } from './spread.ts';

/** Those of `__typename` too. */
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
