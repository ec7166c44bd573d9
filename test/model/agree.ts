import { inspect, isDeepStrictEqual } from 'node:util';

/** Throws with both sides where they aren't the same. */
export function mustAgree(what: string, found: unknown, expected: unknown, about?: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  const show = (value: unknown) => inspect(value, { depth: 8, breakLength: 120 });
  throw new Error(`${what}\n found:    ${show(found)}\n expected: ${show(expected)}\n about:    ${show(about)}`);
}
