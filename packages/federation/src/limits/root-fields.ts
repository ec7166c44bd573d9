import { Kind } from 'graphql';
import type { Limit } from './limit.ts';
import { measureSpread, sum } from './spread.ts';

/** Each is a question of its own; `__schema` and `__type` count with them, as each can be the whole schema. */
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
