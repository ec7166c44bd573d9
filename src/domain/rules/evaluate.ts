/** Evaluation of a rule in three values (Kleene): what follows from the known facts alone. */
import { addDays, addMonths, ageOn, isDay } from '../calendar/day.ts';
import type { Comparison } from './parts.ts';
import type { Condition, Facts, FactValue, Literal, Operand, RelativeDay, Test } from './rule.ts';

/** Met, not met, or not known yet. */
export type Truth = 'MET' | 'NOT_MET' | 'UNKNOWN';

/** Everything that an evaluation may read. */
export interface World {
  readonly facts: Facts;
  /** The day asked about; null for any day, as in checks of a rule without a subject. */
  readonly asked: string | null;
}

/** The bounds of a number that is known in part, e.g. of points with an unknown row. */
interface Between {
  readonly low: number;
  readonly high: number;
}

const ANYTHING: Between = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

export const not = (truth: Truth): Truth => (truth === 'UNKNOWN' ? 'UNKNOWN' : truth === 'MET' ? 'NOT_MET' : 'MET');

export function all(truths: readonly Truth[]): Truth {
  if (truths.includes('NOT_MET')) return 'NOT_MET';
  return truths.includes('UNKNOWN') ? 'UNKNOWN' : 'MET';
}

export const any = (truths: readonly Truth[]): Truth => not(all(truths.map(not)));

/** Evaluates requirements and alternatives. */
export function evaluate(condition: Condition, world: World): Truth {
  if ('term' in condition) return evaluateTest(condition.is, world);
  if ('all' in condition) return all(condition.all.map((each) => evaluate(each, world)));
  return any(condition.any.map((each) => evaluate(each, world)));
}

export function evaluateTest(test: Test, world: World): Truth {
  if ('all' in test) return all(test.all.map((each) => evaluateTest(each, world)));
  if ('any' in test) return any(test.any.map((each) => evaluateTest(each, world)));
  if ('not' in test) return not(evaluateTest(test.not, world));
  return compare(test, world);
}

/** Returns the value of an operand; null where it isn't known. */
export function readOperand(operand: Operand, world: World): FactValue | null {
  if (typeof operand !== 'object') return operand;
  if ('fact' in operand) {
    // A fact may have the name of a property that every object inherits.
    return Object.hasOwn(world.facts, operand.fact) ? (world.facts[operand.fact] ?? null) : null;
  }
  if ('asked' in operand) return world.asked;
  if ('ageOn' in operand) {
    const [born, on] = [readOperand(operand.ageOn.born, world), readOperand(operand.ageOn.on, world)];
    return typeof born === 'string' && typeof on === 'string' ? ageOn(born, on) : null;
  }
  if ('day' in operand) return relativeDay(operand.day, world);
  if ('table' in operand) {
    const { by, rows, otherwise } = operand.table;
    const key = readOperand(by, world);
    return key === null ? null : (rows.find(({ is }) => is === key)?.value ?? otherwise);
  }
  const { low, high } = boundsOf(operand, world);
  return low === high ? low : null;
}

function relativeDay({ from, years = 0, months = 0, days = 0, month, dayOfMonth }: RelativeDay, world: World) {
  const start = readOperand(from, world);
  if (typeof start !== 'string' || !isDay(start)) return null;
  const moved = addMonths(start, 12 * years + months);
  const [year = '', ofYear = '', ofMonth = ''] = moved.split('-');
  const two = (number: number | undefined, kept: string) =>
    number === undefined ? kept : `${number}`.padStart(2, '0');
  // Day 31 of a shorter month is its last day.
  const firstOfMonth = `${year}-${two(month, ofYear)}-01`;
  const wanted = Number(two(dayOfMonth, ofMonth));
  const set = addDays(firstOfMonth, Math.min(wanted, daysIn(firstOfMonth)) - 1);
  return addDays(set, days);
}

function daysIn(firstOfMonth: string): number {
  return Number(addDays(addMonths(firstOfMonth, 1), -1).slice(8));
}

/** Returns the bounds of a number. An unknown row of points counts as met or not. */
function boundsOf(operand: Operand, world: World): Between {
  if (typeof operand === 'object' && 'sum' in operand) {
    return operand.sum.reduce(
      ({ low, high }, { points, is }) => {
        const truth = evaluateTest(is, world);
        if (truth === 'MET') return { low: low + points, high: high + points };
        if (truth === 'NOT_MET') return { low, high };
        return { low: low + Math.min(points, 0), high: high + Math.max(points, 0) };
      },
      { low: 0, high: 0 },
    );
  }
  if (typeof operand === 'object' && 'total' in operand) {
    return operand.total
      .map((each) => boundsOf(each, world))
      .reduce((sum, each) => ({ low: sum.low + each.low, high: sum.high + each.high }), { low: 0, high: 0 });
  }
  const value = readOperand(operand, world);
  return typeof value === 'number' ? { low: value, high: value } : ANYTHING;
}

const isPartial = (operand: Operand) => typeof operand === 'object' && ('sum' in operand || 'total' in operand);

function compare(comparison: Comparison, world: World): Truth {
  const { l, op, r } = comparison;
  if (op === 'in' || op === 'has') {
    const left = readOperand(l, world);
    if (left === null) return 'UNKNOWN';
    const values: readonly (Literal | number)[] = Array.isArray(left) ? left : [left as Literal];
    return (r as readonly Literal[]).some((each) => values.includes(each)) ? 'MET' : 'NOT_MET';
  }
  if (isPartial(l) || isPartial(r as Operand)) {
    return compareBounds(op, boundsOf(l, world), boundsOf(r as Operand, world));
  }
  const [left, right] = [readOperand(l, world), readOperand(r as Operand, world)];
  if (left === null || right === null) return 'UNKNOWN';
  return holds(op, left as Literal, right as Literal) ? 'MET' : 'NOT_MET';
}

function holds(op: Exclude<Comparison['op'], 'in' | 'has'>, left: Literal, right: Literal): boolean {
  switch (op) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

function compareBounds(op: Exclude<Comparison['op'], 'in' | 'has'>, left: Between, right: Between): Truth {
  const definite = (met: boolean, unmet: boolean): Truth => (met ? 'MET' : unmet ? 'NOT_MET' : 'UNKNOWN');
  const isEqual = left.low === left.high && left.low === right.low && right.low === right.high;
  const isDisjoint = left.high < right.low || right.high < left.low;
  switch (op) {
    case '=':
      return definite(isEqual, isDisjoint);
    case '!=':
      return definite(isDisjoint, isEqual);
    case '<':
      return definite(left.high < right.low, left.low >= right.high);
    case '<=':
      return definite(left.high <= right.low, left.low > right.high);
    case '>':
      return definite(left.low > right.high, left.high <= right.low);
    case '>=':
      return definite(left.low >= right.high, left.high < right.low);
  }
}
