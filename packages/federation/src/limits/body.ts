import type { JsonShape, Limit } from './limit.ts';

/** An import of 200 rows, each with the longest names that are accepted, has some 314 kB. */
export const bodySize: Limit<'bytes'> = {
  name: 'bodySize',
  counts: 'bytes of the body, or of the query string',
  stage: 'bytes',
  allowed: 512 * 1024,
  measure: (bytes) => bytes,
};

export const jsonDepth: Limit<'json'> = {
  name: 'jsonDepth',
  counts: 'objects and lists within each other in the body',
  stage: 'json',
  allowed: 24,
  measure: (json) => json.depth,
};

/** Coercing variables takes time by value, not by byte. */
export const jsonValues: Limit<'json'> = {
  name: 'jsonValues',
  counts: 'values in the body, variables and all',
  stage: 'json',
  allowed: 10_000,
  measure: (json) => json.values,
};

/** Measures plain JSON without recursion, so that depth can't exhaust the stack. */
export function jsonShape(json: unknown): JsonShape {
  let [depth, values] = [0, 0];
  let level: unknown[] = [json];
  while (level.length > 0) {
    values += level.length;
    const containers = level.filter((value): value is object => typeof value === 'object' && value !== null);
    if (containers.length > 0) depth++;
    level = containers.flatMap((container): unknown[] => Object.values(container));
  }
  return { depth, values };
}
