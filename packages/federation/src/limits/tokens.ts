import type { Limit } from './limit.ts';

export const tokens: Limit<'text'> = {
  name: 'tokens',
  counts: 'lexical tokens of the document',
  stage: 'text',
  allowed: 2_000,
  measure: (text) => text.tokens,
};
