import type { PathSegment } from '../planner/plan.ts';
import type { TypeConditions } from './type-conditions.ts';

/** An object of the answer in the making. */
export type Rec = Record<string, unknown>;

/**
 * Makes an empty object that inherits nothing, so that no key that a subgraph or a client chooses means anything,
 * `__proto__` included. An instance of an empty class is as quick as a literal; `Object.create(null)` is a hash table.
 */
export const Rec: new () => Rec = function emptyRecord() {} as unknown as new () => Rec;
Rec.prototype = Object.create(null);

/** Returns whether a value is a JSON object: not null, not a list. */
export function isRecord(value: unknown): value is Rec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys as normalised, and list indices. */
export type DataPath = readonly (string | number)[];

/** Where a fetch's entities stand in the answer. */
export interface Place {
  /** Calls `visit` for every entity there, in order. */
  forEach(root: Rec, visit: (entity: Rec) => void): void;
  /** The path of each entity that is asked for, in no order. */
  locate(root: Rec, wanted: ReadonlySet<Rec>): Map<Rec, DataPath>;
  /** The place's own path: keys, and `"@"` for any item of a list. */
  readonly pattern: readonly string[];
  /** The places on the way, as `pattern`s, where the type decides. */
  readonly typed: readonly (readonly string[])[];
}

type Visit = (entity: Rec, path: (string | number)[] | undefined) => void;
type Walk = (value: unknown, path: (string | number)[] | undefined, visit: Visit) => void;

export function compilePlace(segments: readonly PathSegment[], types: TypeConditions): Place {
  // A condition on the root's own type says nothing, and the root has no `__typename`.
  const start = segments.findIndex((segment) => segment === '@' || 'Field' in segment);
  const way = start < 0 ? [] : segments.slice(start);
  const walk = compileWalk(way, types);
  return {
    forEach: (root, visit) => walk(root, undefined, visit),
    locate(root, wanted) {
      const found = new Map<Rec, DataPath>();
      walk(root, [], (entity, path) => {
        if (wanted.has(entity) && path) found.set(entity, [...path]);
      });
      return found;
    },
    pattern: patternOf(way),
    typed: way.flatMap((segment, index) =>
      segment !== '@' && 'TypeCondition' in segment ? [patternOf(way.slice(0, index))] : [],
    ),
  };
}

function patternOf(segments: readonly PathSegment[]): string[] {
  return segments.flatMap((segment) => (segment === '@' ? '@' : 'Field' in segment ? segment.Field : []));
}

function compileWalk([segment, ...rest]: readonly PathSegment[], types: TypeConditions): Walk {
  if (segment === undefined) {
    const end: Walk = (value, path, visit) => {
      if (Array.isArray(value)) eachItem(value, path, visit, end);
      else if (isRecord(value)) visit(value, path);
    };
    return end;
  }
  const next = compileWalk(rest, types);
  if (segment === '@') {
    // One "@" stands for a list of lists as well.
    const items: Walk = (value, path, visit) => {
      if (Array.isArray(value)) eachItem(value, path, visit, items);
      else next(value, path, visit);
    };
    return (value, path, visit) => {
      if (Array.isArray(value)) items(value, path, visit);
    };
  }
  if ('Field' in segment) {
    const key = segment.Field;
    return (value, path, visit) => {
      if (!isRecord(value)) return;
      path?.push(key);
      next(value[key], path, visit);
      path?.pop();
    };
  }
  const allowed = new Set(segment.TypeCondition.flatMap((name) => [...types(name)]));
  return (value, path, visit) => {
    if (isRecord(value) && typeof value.__typename === 'string' && allowed.has(value.__typename)) {
      next(value, path, visit);
    }
  };
}

function eachItem(items: readonly unknown[], path: (string | number)[] | undefined, visit: Visit, next: Walk): void {
  if (!path) {
    for (const item of items) next(item, undefined, visit);
    return;
  }
  items.forEach((item, index) => {
    path.push(index);
    next(item, path, visit);
    path.pop();
  });
}

/** Writing and compiling a function's code costs about as much as this many of its calls save. */
export const CALLS_BEFORE_WRITING = 500;

/** The most fields for which code is written. */
const MAX_WRITTEN_FIELDS = 100;

/**
 * Returns a function over the fields of objects whose names are known at run time only. Once it was called often, the names
 * are written in its code: V8 reads and writes such properties some four times as fast, and a large answer is little else.
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
