import { inspect, isDeepStrictEqual } from 'node:util';

/** What is found and what was expected, side by side. */
export function disagreement(what: string, found: unknown, expected: unknown, about?: unknown): Error {
  const show = (value: unknown) => inspect(value, { depth: 8, breakLength: 120 });
  return new Error(`${what}\n found:    ${show(found)}\n expected: ${show(expected)}\n about:    ${show(about)}`);
}

/** Throws where they aren't the same. */
export function mustAgree(what: string, found: unknown, expected: unknown, about?: unknown): void {
  if (!isDeepStrictEqual(found, expected)) throw disagreement(what, found, expected, about);
}
