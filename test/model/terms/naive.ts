/** Rules, read once more: two values, every fact known, every possibility tried. */
import type { Condition, Facts, FactValue, Operand, RelativeDay, Rule, Test } from '../../../src/domain/rules/rule.ts';
import { DOMAIN } from './draws.ts';

type Known = Readonly<Record<string, FactValue>>;

function value(operand: Operand, facts: Known, asked: string): FactValue {
  if (typeof operand !== 'object') return operand;
  if ('fact' in operand) return facts[operand.fact] as FactValue;
  if ('asked' in operand) return asked;
  if ('ageOn' in operand) {
    const [born, on] = [operand.ageOn.born, operand.ageOn.on].map((each) =>
      Number(String(value(each, facts, asked)).replaceAll('-', '')),
    );
    return Math.floor(((on ?? 0) - (born ?? 0)) / 10_000);
  }
  if ('table' in operand) {
    const key = value(operand.table.by, facts, asked);
    for (const row of operand.table.rows) if (row.is === key) return row.value;
    return operand.table.otherwise;
  }
  if ('day' in operand) return shifted(String(value(operand.day.from, facts, asked)), operand.day);
  if ('total' in operand)
    return operand.total.reduce<number>((sum, each) => sum + Number(value(each, facts, asked)), 0);
  if ('sum' in operand)
    return operand.sum.reduce((sum, row) => sum + (isTrue(row.is, facts, asked) ? row.points : 0), 0);
  throw new RangeError('no such operand is drawn');
}

const lastOf = (year: number, month: number) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** Shifts a day by months first, never into the next one, then sets month and day, then shifts by days. */
function shifted(from: string, { years = 0, months = 0, days = 0, month, dayOfMonth }: RelativeDay): string {
  const [y = 0, m = 1, d = 1] = from.split('-').map(Number);
  const counted = y * 12 + m - 1 + years * 12 + months;
  const [year, moved] = [Math.floor(counted / 12), ((counted % 12) + 12) % 12];
  const kept = Math.min(d, lastOf(year, moved));
  const set = month === undefined ? moved : month - 1;
  const on = Math.min(dayOfMonth ?? kept, lastOf(year, set));
  return new Date(Date.UTC(year, set, on + days)).toISOString().slice(0, 10);
}

function isTrue(test: Test, facts: Known, asked: string): boolean {
  if ('all' in test) return test.all.every((each) => isTrue(each, facts, asked));
  if ('any' in test) return test.any.some((each) => isTrue(each, facts, asked));
  if ('not' in test) return !isTrue(test.not, facts, asked);
  const left = value(test.l, facts, asked);
  if (test.op === 'in') return (test.r as readonly FactValue[]).includes(left);
  if (test.op === 'has')
    return (left as readonly string[]).some((each) => (test.r as readonly string[]).includes(each));
  const right = value(test.r as Operand, facts, asked);
  const order = left < right ? -1 : left > right ? 1 : 0;
  return { '=': order === 0, '!=': order !== 0, '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[
    test.op
  ];
}

/** Returns whether a condition holds where every fact is known. */
export function holds(condition: Condition, facts: Known, asked: string): boolean {
  if ('term' in condition) return isTrue(condition.is, facts, asked);
  if ('all' in condition) return condition.all.every((each) => holds(each, facts, asked));
  return condition.any.some((each) => holds(each, facts, asked));
}

/** Returns the names of all facts that the text of a condition mentions. */
export function mentioned(condition: Condition): readonly string[] {
  const text = JSON.stringify(condition);
  return Object.keys(DOMAIN).filter((fact) => text.includes(`{"fact":"${fact}"}`));
}

/** Yields every way to fill in the unknown facts that a condition mentions. */
function* completions(facts: Facts, names: readonly string[]): Generator<Known> {
  const [next, ...rest] = names;
  if (next === undefined) yield facts;
  else if (Object.hasOwn(facts, next)) yield* completions(facts, rest);
  else for (const each of DOMAIN[next] ?? []) yield* completions({ ...facts, [next]: each }, rest);
}

/** Returns the answer that all completions agree on; unknown where they don't. */
export function truthOf(condition: Condition, facts: Facts, asked: string): 'MET' | 'NOT_MET' | 'UNKNOWN' {
  const seen = new Set<boolean>();
  for (const each of completions(facts, mentioned(condition))) {
    seen.add(holds(condition, each, asked));
    if (seen.size === 2) return 'UNKNOWN';
  }
  return seen.has(true) ? 'MET' : 'NOT_MET';
}

/** Returns whether a condition holds where exactly the named terms do. */
function holdsWith(condition: Condition, terms: ReadonlySet<string>): boolean {
  if ('term' in condition) return terms.has(condition.term);
  if ('all' in condition) return condition.all.every((each) => holdsWith(each, terms));
  return condition.any.some((each) => holdsWith(each, terms));
}

/** Returns the smallest sets of terms that, together with the terms met, make a condition hold: all subsets are tried. */
export function waysOf(condition: Condition, met: readonly string[], unmet: readonly string[]): readonly string[][] {
  const subsets = Array.from({ length: 2 ** unmet.length }, (_, bits) => unmet.filter((_term, i) => (bits >> i) & 1));
  const enough = subsets.filter((set) => holdsWith(condition, new Set([...met, ...set])));
  return enough.filter(
    (set) => !enough.some((other) => other.length < set.length && other.every((t) => set.includes(t))),
  );
}

const FIXED = ['fixed', 'born', 'place'];

/** Returns the least cost at which a rule that reads no day can be met; null where it can't. */
export function leastCost({ when, costs = [] }: Rule, facts: Facts, asked: string): number | null {
  const names = mentioned(when);
  let least: number | null = null;
  const visit = (index: number, now: Facts, cost: number, lead: number): void => {
    const total = cost + Math.ceil(lead / 30);
    if (least !== null && total >= least) return;
    const name = names[index];
    if (name === undefined) {
      if (truthOf(when, now, asked) === 'MET') least = total;
      return;
    }
    visit(index + 1, now, cost, lead);
    const from = facts[name];
    if (from !== undefined && FIXED.includes(name)) return;
    const own = costs.find((each) => each.fact === name);
    for (const to of DOMAIN[name] ?? []) {
      if (JSON.stringify(to) === JSON.stringify(from)) continue;
      const units = typeof from === 'number' ? Math.abs(Number(to) - from) : 1;
      const days = from === undefined ? 0 : units * (own?.leadDays ?? 0);
      visit(
        index + 1,
        { ...now, [name]: to },
        cost + (own?.cost ?? 10) + units * (own?.perUnit ?? 0),
        Math.max(lead, days),
      );
    }
  };
  visit(0, facts, 0, 0);
  return least;
}
