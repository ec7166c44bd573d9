/** Entries of DMN decision tables (S-FEEL unary tests), as comparisons of one fact with constants. */
import { isDay } from '../../domain/calendar/day.ts';
import type { Comparator, Literal, Test } from '../../domain/rules/rule.ts';

/** The entry of an input that a row does not read. */
export const ANY_VALUE = '-';

/** Returns the fact and the entry of a test; null where a table has no entry for it. */
export function entryOf(test: Test): { readonly fact: string; readonly entry: string } | null {
  if (!('op' in test) || typeof test.l !== 'object' || !('fact' in test.l)) return null;
  const { fact } = test.l;
  if (Array.isArray(test.r)) {
    const list = test.r as readonly Literal[];
    return test.op === 'in' && list.length > 1 ? { fact, entry: list.map(textOf).join(', ') } : null;
  }
  if (typeof test.r === 'object') return null;
  const value = textOf(test.r as Literal);
  if (test.op === '=') return { fact, entry: value };
  return { fact, entry: test.op === '!=' ? `not(${value})` : `${test.op} ${value}` };
}

/** Returns the test of an entry; null where the language of rules has none for it. */
export function testOf(fact: string, entry: string): Test | null {
  const l = { fact };
  const text = entry.trim();
  const negated = /^not\((.*)\)$/s.exec(text);
  if (negated) return comparison(l, '!=', literalsOf(negated[1] ?? ''));
  const compared = /^(<=|>=|<|>)(.*)$/s.exec(text);
  if (compared) return comparison(l, compared[1] as Comparator, literalsOf(compared[2] ?? ''));
  const literals = literalsOf(text);
  return literals && literals.length > 1 ? { l, op: 'in', r: literals } : comparison(l, '=', literals);
}

function comparison(l: { readonly fact: string }, op: Comparator, literals: readonly Literal[] | null): Test | null {
  const [r, ...others] = literals ?? [];
  return r === undefined || others.length > 0 ? null : { l, op, r };
}

function textOf(literal: Literal): string {
  if (typeof literal !== 'string') return String(literal);
  return isDay(literal) ? `date("${literal}")` : JSON.stringify(literal);
}

const LITERAL = /^\s*(?:(true|false)|(-?\d+)|date\("(\d{4}-\d{2}-\d{2})"\)|("(?:[^"\\]|\\.)*"))\s*(?:,|$)/;

/** Returns the constants of a list with commas; null where it has anything else. */
function literalsOf(text: string): readonly Literal[] | null {
  const literals: Literal[] = [];
  for (let rest = text; rest.trim() !== ''; ) {
    const found = LITERAL.exec(rest);
    if (!found) return null;
    const [whole, boolean, number, day, code] = found;
    if (boolean !== undefined) literals.push(boolean === 'true');
    else if (number !== undefined) literals.push(Number(number));
    else if (day !== undefined) literals.push(day);
    else literals.push(String(JSON.parse(code ?? '""')));
    rest = rest.slice(whole.length);
  }
  return literals.length > 0 ? literals : null;
}
