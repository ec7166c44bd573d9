/** Writing and compiling a function's code costs about as much as this many of its calls save. */
export const CALLS_BEFORE_WRITING = 500;

/** The most fields for which code is written. */
const MAX_WRITTEN_FIELDS = 100;

/**
 * A function over the fields of objects that is told at run time what they are called and, once it was called often, the
 * same with the names written in its code: V8 reads and writes such properties some four times as fast, and a large answer
 * is little else.
 * @param general does it for any fields
 * @param write the body of a function of `a` and `b` that does the same; names in it must be quoted by `JSON.stringify`
 * @param given what the body calls, by the names that it has there
 */
export function writtenWhenHot<A, B, R>(
  fields: readonly unknown[],
  general: (a: A, b: B) => R,
  write: () => string,
  given: Readonly<Record<string, unknown>>,
): (a: A, b: B) => R {
  if (fields.length > MAX_WRITTEN_FIELDS) return general;
  let calls = 0;
  let current = general;
  return (a, b) => {
    if (calls < CALLS_BEFORE_WRITING) {
      calls += 1;
      if (calls === CALLS_BEFORE_WRITING) current = compile(write(), given);
    }
    return current(a, b);
  };
}

function compile<A, B, R>(body: string, given: Readonly<Record<string, unknown>>): (a: A, b: B) => R {
  const make = new Function(...Object.keys(given), `'use strict'; return (a, b) => {${body}}`);
  return make(...Object.values(given)) as (a: A, b: B) => R;
}
