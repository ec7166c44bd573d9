import type { Limit } from './limit.ts';

/** Coercing variables takes time by value, not by byte. */
export const jsonValues: Limit<'json'> = {
  name: 'jsonValues',
  counts: 'values in the body, variables and all',
  stage: 'json',
  allowed: 10_000,
  measure: (json) => json.values,
};
