import type { Limit } from './limit.ts';

/** Before parsing: the parser, validation and the printer recurse by it. */
export const nesting: Limit<'text'> = {
  name: 'nesting',
  counts: 'brackets of any kind within each other',
  stage: 'text',
  allowed: 32,
  measure: (text) => text.nesting,
};
