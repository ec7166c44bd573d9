import { Kind, visit } from 'graphql';
import type { Limit } from './limit.ts';

/** As they are written: on fields, fragments, spreads, operations and variables, known or not. */
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
