/** Random rules over a small vocabulary, with random subjects: all values can be enumerated. */
import fc from 'fast-check';
import type { ChangeCost, Condition, Facts, FactValue, Operand, Rule, Test } from '../../../src/domain/rules/rule.ts';
import type { FactDefinition, Vocabulary } from '../../../src/domain/rules/vocabulary.ts';

const name = { zh: '事实', ja: '事実', en: 'Fact' };
const define = (definition: Omit<FactDefinition, 'name'>): FactDefinition => ({ ...definition, name });

export const VOCABULARY: Vocabulary = {
  yes: define({ type: 'BOOLEAN', canChange: true }),
  fixed: define({ type: 'BOOLEAN', canChange: false }),
  months: define({ type: 'INTEGER', min: 0, max: 4, canChange: true }),
  more: define({ type: 'INTEGER', min: 0, max: 4, canChange: true }),
  code: define({ type: 'CODE', codes: ['X', 'Y', 'Z'], canChange: true }),
  place: define({ type: 'CODE', canChange: false }),
  held: define({ type: 'CODES', codes: ['P', 'Q'], canChange: true }),
  born: define({ type: 'DAY', min: '2000-02-27', max: '2000-03-02', canChange: false }),
};

/** All values of each fact. */
export const DOMAIN: Readonly<Record<string, readonly FactValue[]>> = {
  yes: [true, false],
  fixed: [true, false],
  months: [0, 1, 2, 3, 4],
  more: [0, 1, 2, 3, 4],
  code: ['X', 'Y', 'Z'],
  // No rule names the last one.
  place: ['A', 'B', 'C'],
  held: [[], ['P'], ['Q'], ['P', 'Q']],
  born: ['2000-02-27', '2000-02-28', '2000-02-29', '2000-03-01', '2000-03-02'],
};

const fact = (of: string): Operand => ({ fact: of });
const comparator = fc.constantFrom('=', '!=', '<', '<=', '>', '>=');
const number = fc.integer({ min: 0, max: 4 });
const day = fc.constantFrom('2018-02-27', '2018-02-28', '2018-03-01');

/** Shifts by which a day comes near the days that are asked about. */
const relative = fc.record(
  {
    years: fc.constantFrom(0, 1, 18),
    months: fc.constantFrom(0, 1, -1, 216),
    days: fc.constantFrom(0, -1, 1, 30),
    month: fc.constantFrom(2, 3),
    dayOfMonth: fc.constantFrom(1, 28, 31),
  },
  { requiredKeys: [] },
);

/** Tests of which no two facts meet in one comparison: a search over them is exact. */
const simple: fc.Arbitrary<Test> = fc.oneof(
  fc.constantFrom('yes', 'fixed').map((of): Test => ({ l: fact(of), op: '=', r: true })),
  fc.tuple(fc.constantFrom('months', 'more'), comparator, number).map(([of, op, r]): Test => ({ l: fact(of), op, r })),
  fc
    .tuple(fc.constantFrom('=' as const, '!=' as const), fc.constantFrom('X', 'Y'))
    .map(([op, r]): Test => ({ l: fact('code'), op, r })),
  fc.subarray(['X', 'Y', 'Z'], { minLength: 1 }).map((r): Test => ({ l: fact('code'), op: 'in', r })),
  fc
    .tuple(fc.constantFrom('=' as const, '!=' as const), fc.constantFrom('A', 'B'))
    .map(([op, r]): Test => ({ l: fact('place'), op, r })),
  fc.subarray(['A', 'B'], { minLength: 1 }).map((r): Test => ({ l: fact('place'), op: 'in', r })),
  fc.tuple(comparator, number, number, number).map(
    ([op, inA, inB, otherwise]): Test => ({
      l: {
        table: {
          by: fact('place'),
          rows: [
            { is: 'A', value: inA },
            { is: 'B', value: inB },
          ],
          otherwise,
        },
      },
      op,
      r: 2,
    }),
  ),
  fc.subarray(['P', 'Q'], { minLength: 1 }).map((r): Test => ({ l: fact('held'), op: 'has', r })),
  fc
    .tuple(comparator, fc.integer({ min: 17, max: 18 }), day)
    .map(([op, r, on]): Test => ({ l: { ageOn: { born: fact('born'), on } }, op, r })),
  fc.tuple(comparator, number, number).map(
    ([op, first, otherwise]): Test => ({
      l: { table: { by: fact('code'), rows: [{ is: 'X', value: first }], otherwise } },
      op,
      r: 2,
    }),
  ),
);

/** Tests whose sides depend on two facts, or on the day asked. */
const hard: fc.Arbitrary<Test> = fc.oneof(
  comparator.map((op): Test => ({ l: fact('months'), op, r: fact('more') })),
  fc
    .tuple(comparator, fc.integer({ min: 1, max: 7 }))
    .map(([op, r]): Test => ({ l: { total: [fact('months'), fact('more')] }, op, r })),
  comparator.map(
    (op): Test => ({
      l: fact('months'),
      op,
      r: { table: { by: fact('code'), rows: [{ is: 'Y', value: 3 }], otherwise: 1 } },
    }),
  ),
  fc
    .tuple(comparator, fc.constantFrom(18, 19))
    .map(([op, r]): Test => ({ l: { ageOn: { born: fact('born'), on: { asked: true } } }, op, r })),
  fc.tuple(fc.constantFrom('months' as const, 'more' as const), comparator, number, number).map(
    ([of, op, inA, otherwise]): Test => ({
      l: fact(of),
      op,
      r: { table: { by: fact('place'), rows: [{ is: 'A', value: inA }], otherwise } },
    }),
  ),
  fc
    .tuple(comparator, fc.constantFrom(fact('born'), { asked: true as const }), relative, day)
    .map(([op, from, by, r]): Test => ({ l: { day: { from, ...by } }, op, r })),
  fc.constantFrom('2018-03-01', '2018-09-01').map((r): Test => ({ l: { asked: true }, op: '>=', r })),
);

function tests(leaf: fc.Arbitrary<Test>): fc.Arbitrary<Test> {
  const sum = fc
    .tuple(fc.array(fc.tuple(fc.integer({ min: -2, max: 3 }), leaf), { minLength: 1, maxLength: 3 }), comparator)
    .map(([rows, op]): Test => ({ l: { sum: rows.map(([points, is]) => ({ points, is })) }, op, r: 2 }));
  const pair = fc.array(leaf, { minLength: 1, maxLength: 2 });
  return fc.oneof(
    { weight: 5, arbitrary: leaf },
    { weight: 1, arbitrary: sum },
    { weight: 1, arbitrary: pair.map((all): Test => ({ all })) },
    { weight: 1, arbitrary: pair.map((any): Test => ({ any })) },
    { weight: 1, arbitrary: leaf.map((not): Test => ({ not })) },
  );
}

function conditions(leaf: fc.Arbitrary<Test>): fc.Arbitrary<Condition> {
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2 },
      { weight: 2, arbitrary: tests(leaf).map((is): Condition => ({ term: 'term', text: name, is })) },
      {
        weight: 1,
        arbitrary: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all): Condition => ({ all })),
      },
      {
        weight: 1,
        arbitrary: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any): Condition => ({ any })),
      },
    ),
  }));
  return condition.map((each) => named(each, { next: 0 }));
}

/** Gives each term a name of its own. */
function named(condition: Condition, count: { next: number }): Condition {
  if ('term' in condition) {
    count.next += 1;
    return { ...condition, term: `term-${count.next}` };
  }
  if ('all' in condition) return { all: condition.all.map((each) => named(each, count)) };
  return { any: condition.any.map((each) => named(each, count)) };
}

const cost = (of: string): fc.Arbitrary<ChangeCost> =>
  fc.record({
    fact: fc.constant(of),
    cost: fc.integer({ min: 1, max: 20 }),
    perUnit: fc.integer({ min: 0, max: 3 }),
    leadDays: fc.constantFrom(0, 0, 30, 45),
  });

export interface DrawnCase {
  readonly rule: Rule;
  readonly facts: Facts;
  readonly asked: string;
  /** True where a search over the rule is exact. */
  readonly isSimple: boolean;
}

const rules = fc.oneof(
  conditions(simple).map((when) => ({ when, isSimple: true })),
  conditions(fc.oneof(simple, hard)).map((when) => ({ when, isSimple: false })),
);

const facts = fc
  .tuple(
    ...Object.entries(DOMAIN).map(([of, values]) =>
      fc.option(fc.constantFrom(...values), { freq: 1 }).map((value) => [of, value] as const),
    ),
  )
  .map((drawn) => Object.fromEntries(drawn.filter(([, value]) => value !== null)) as Facts);

/** A rule, what is known of a subject, and a day. */
export const drawnCase: fc.Arbitrary<DrawnCase> = fc
  .tuple(rules, facts, day, fc.tuple(cost('months'), cost('code'), cost('yes')))
  .map(([{ when, isSimple }, known, asked, costs]) => ({
    rule: { language: 1, when, costs },
    facts: known,
    asked,
    isSimple,
  }));
