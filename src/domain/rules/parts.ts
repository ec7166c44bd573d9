/** The parts of a rule: its terms, comparisons, operands and the facts that it reads. */
import type { Condition, Operand, Term, Test } from './rule.ts';

/** Returns the terms of a condition, in their order. */
export function termsOf(condition: Condition): readonly Term[] {
  if ('term' in condition) return [condition];
  return ('all' in condition ? condition.all : condition.any).flatMap(termsOf);
}

/** Returns the tests directly inside of a test. */
function innerTests(test: Test): readonly Test[] {
  if ('all' in test) return test.all;
  if ('any' in test) return test.any;
  return 'not' in test ? [test.not] : [];
}

/** A test without logic: two sides and an operator. */
export type Comparison = Extract<Test, { op: string }>;

/** Returns every comparison in a test, those in rows of points included. */
export function comparisonsOf(test: Test): readonly Comparison[] {
  if (!('op' in test)) return innerTests(test).flatMap(comparisonsOf);
  const sides = Array.isArray(test.r) ? [test.l] : [test.l, test.r as Operand];
  const rows = sides.flatMap(operandsIn).flatMap((each) => (typeof each === 'object' && 'sum' in each ? each.sum : []));
  return [test, ...rows.flatMap(({ is }) => comparisonsOf(is))];
}

/** Returns an operand and all operands inside of it, except those in tests. */
export function operandsIn(operand: Operand): readonly Operand[] {
  if (typeof operand !== 'object') return [operand];
  const inner =
    'ageOn' in operand
      ? [operand.ageOn.born, operand.ageOn.on]
      : 'day' in operand
        ? [operand.day.from]
        : 'table' in operand
          ? [operand.table.by]
          : 'total' in operand
            ? operand.total
            : [];
  return [operand, ...inner.flatMap(operandsIn)];
}

/** Returns the names of the facts that a test reads, each once. */
export function factsIn(test: Test): readonly string[] {
  const names = comparisonsOf(test).flatMap(({ l, r }) =>
    [l, ...(Array.isArray(r) ? [] : [r as Operand])]
      .flatMap(operandsIn)
      .flatMap((each) => (typeof each === 'object' && 'fact' in each ? [each.fact] : [])),
  );
  return [...new Set(names)];
}

/** Returns the names of the facts that a condition reads, each once. */
export function factsOfCondition(condition: Condition): readonly string[] {
  return [...new Set(termsOf(condition).flatMap(({ is }) => factsIn(is)))];
}
