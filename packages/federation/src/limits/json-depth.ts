import type { Limit } from './limit.ts';

export const jsonDepth: Limit<'json'> = {
  name: 'jsonDepth',
  counts: 'objects and lists within each other in the body',
  stage: 'json',
  allowed: 24,
  measure: (json) => json.depth,
};
