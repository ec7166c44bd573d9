import type { Limit } from './limit.ts';

/** An import of 200 rows, each with the longest names that are accepted, has some 314 kB. */
export const bodySize: Limit<'bytes'> = {
  name: 'bodySize',
  counts: 'bytes of the body, or of the query string',
  stage: 'bytes',
  allowed: 512 * 1024,
  measure: (bytes) => bytes,
};
