/** The nesting of a rule's terms by their names, which a flat table does not show. */
import type { Condition, Term } from '../../domain/rules/rule.ts';

/** A term's name, or requirements or alternatives of others. */
export type Shape = string | { readonly all: readonly Shape[] } | { readonly any: readonly Shape[] };

/** Rows of a table that a rule is written out to. */
export const MAX_ROWS = 200;

/** Returns the alternatives of a condition, each a list of terms; null where they are more than a table may have. */
export function rowsOf(when: Condition): readonly (readonly Term[])[] | null {
  if ('term' in when) return [[when]];
  const inner = ('all' in when ? when.all : when.any).map(rowsOf);
  let rows: readonly (readonly Term[])[] = 'all' in when ? [[]] : [];
  for (const each of inner) {
    if (each === null || ('all' in when ? rows.length * each.length : rows.length + each.length) > MAX_ROWS)
      return null;
    rows = 'all' in when ? rows.flatMap((row) => each.map((more) => [...row, ...more])) : [...rows, ...each];
  }
  return rows;
}

/** Returns whether a condition is what a table says by itself: alternatives of terms. */
export function isFlat(when: Condition): boolean {
  const isRow = (each: Condition) => 'term' in each || ('all' in each && each.all.every((term) => 'term' in term));
  return 'any' in when ? when.any.every(isRow) : isRow(when);
}

export function shapeOf(when: Condition): Shape {
  if ('term' in when) return when.term;
  return 'all' in when ? { all: when.all.map(shapeOf) } : { any: when.any.map(shapeOf) };
}

/** Returns the condition of a shape whose rows are exactly those of a table; null where the table says another. */
export function conditionOf(shape: unknown, rows: readonly (readonly Term[])[]): Condition | null {
  const terms = new Map(rows.flat().map((term) => [term.term, term]));
  const isOne = rows.flat().every((term) => JSON.stringify(term) === JSON.stringify(terms.get(term.term)));
  const when = isOne ? nested(shape, terms) : null;
  const written = when && rowsOf(when);
  return written && asText(written) === asText(rows) ? when : null;
}

const asText = (rows: readonly (readonly Term[])[]) =>
  JSON.stringify(rows.map((row) => row.map(({ term }) => term).sort()));

function nested(shape: unknown, terms: ReadonlyMap<string, Term>): Condition | null {
  if (typeof shape === 'string') return terms.get(shape) ?? null;
  if (typeof shape !== 'object' || shape === null) return null;
  const list = 'all' in shape ? shape.all : 'any' in shape ? shape.any : null;
  const inner = Array.isArray(list) ? list.map((each) => nested(each, terms)) : [null];
  if (!inner.every((each) => each !== null)) return null;
  return 'all' in shape ? { all: inner } : { any: inner };
}
