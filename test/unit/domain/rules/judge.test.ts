import fc from 'fast-check';
import { judge, MAX_ALTERNATIVES, sharesOf } from '../../../../src/domain/rules/judge.ts';
import { nearest } from '../../../../src/domain/rules/nearest.ts';
import { MAX_RULE_DEPTH, parseRule } from '../../../../src/domain/rules/parse.ts';
import type { Condition, Facts, Operand, Rule, Test } from '../../../../src/domain/rules/rule.ts';
import { type FactDefinition, isValueOf, type Vocabulary } from '../../../../src/domain/rules/vocabulary.ts';
import { compareJudgement, newRuleTally } from '../../../model/terms/agree.ts';
import { drawnCase } from '../../../model/terms/draws.ts';

const text = (word: string) => ({ zh: word, ja: word, en: word });
const define = (definition: Omit<FactDefinition, 'name' | 'canChange'>, canChange = true): FactDefinition => ({
  ...definition,
  name: text('Fact'),
  canChange,
});
const VOCABULARY: Vocabulary = {
  degree: define({ type: 'CODE', codes: ['NONE', 'BACHELOR', 'MASTER', 'DOCTOR'] }),
  degreeVerified: define({ type: 'BOOLEAN' }),
  insuranceMonths: define({ type: 'INTEGER', min: 0, max: 600 }),
  bornOn: define({ type: 'DAY', min: '1900-01-01' }, false),
  localTax: define({ type: 'FEN', min: 0 }, false),
  otherTax: define({ type: 'FEN', min: 0 }, false),
  taxByYear: define({ type: 'AMOUNTS' }),
};
const fact = (name: string): Operand => ({ fact: name });
const age: Operand = { ageOn: { born: fact('bornOn'), on: { asked: true } } };
const term = (name: string, is: Test): Condition => ({ term: name, text: text(name), clause: 2, is });

/** A master's to 45 or a doctor's, verified, with 12 months of insurance. */
const HUKOU: Rule = {
  language: 1,
  when: {
    all: [
      {
        any: [
          {
            all: [
              term('master', { l: fact('degree'), op: '=', r: 'MASTER' }),
              term('master-age', { l: age, op: '<=', r: 45 }),
            ],
          },
          term('doctor', { l: fact('degree'), op: '=', r: 'DOCTOR' }),
        ],
      },
      term('verified', { l: fact('degreeVerified'), op: '=', r: true }),
      term('insured', { l: fact('insuranceMonths'), op: '>=', r: 12 }),
    ],
  },
  costs: [
    { fact: 'degree', cost: 500, leadDays: 1000 },
    { fact: 'insuranceMonths', cost: 0, perUnit: 1, leadDays: 30 },
  ],
};
const ASKED = '2026-11-28';
const ask = (facts: Facts, rule = HUKOU, asked = ASKED) => ({
  answer: judge(rule, { facts, asked, vocabulary: VOCABULARY }),
  change: nearest(rule, { facts, asked, vocabulary: VOCABULARY }),
});
const names = (terms: readonly { term: string }[] | undefined) => terms?.map((each) => each.term);

test('judges a subject term by term, with what was seen and what is asked', () => {
  const facts = { degree: 'MASTER', bornOn: '1984-03-01', insuranceMonths: 9 };
  const { answer, change } = ask(facts);
  expect(answer).toMatchObject({ truth: 'NOT_MET', asked: ASKED, missing: ['degreeVerified'] });
  expect(answer.terms.map(({ term, truth, saw, asks }) => [term, truth, saw, asks])).toEqual([
    ['master', 'MET', 'MASTER', 'MASTER'],
    ['master-age', 'MET', 42, 45],
    ['doctor', 'NOT_MET', 'MASTER', 'DOCTOR'],
    ['verified', 'UNKNOWN', null, true],
    ['insured', 'NOT_MET', 9, 12],
  ]);
  expect(names(answer.alternatives[0])).toEqual(['verified', 'insured']);
  expect(change).toEqual({
    changes: [
      { fact: 'degreeVerified', from: null, to: true, how: 'SHOW' },
      { fact: 'insuranceMonths', from: 9, to: 12, how: 'CHANGE' },
    ],
    on: '2027-02-26',
    cost: 16,
    isExact: true,
  });
});

test('gives no false hope: months that last beyond a birthday are no way', () => {
  const verified = { degree: 'MASTER', degreeVerified: true, bornOn: '1981-01-15' };
  // Nine months of insurance last until January; the 46th birthday comes before.
  const { answer, change } = ask({ ...verified, insuranceMonths: 9 });
  expect(names(answer.alternatives[0])).toEqual(['insured']);
  expect(change?.changes.map(({ fact: changed }) => changed)).toContain('degree');
  expect(ask({ ...verified, insuranceMonths: 11 }).change?.changes).toEqual([
    { fact: 'insuranceMonths', from: 11, to: 12, how: 'CHANGE' },
  ]);
});

test('tells that waiting alone turns an answer, and that it does not', () => {
  const adult: Rule = { language: 1, when: term('adult', { l: age, op: '>=', r: 18 }) };
  expect(ask({ bornOn: '2009-02-10' }, adult).change).toMatchObject({ changes: [], on: '2027-02-10', isExact: true });
  const young: Rule = { language: 1, when: term('young', { l: age, op: '<', r: 18 }) };
  expect(ask({ bornOn: '1990-02-10' }, young).change).toBeNull();
});

test('proves no answer from sums that it cannot try out', () => {
  const total: Operand = { total: [fact('localTax'), fact('otherTax')] };
  const rule: Rule = { language: 1, when: term('tax', { l: total, op: '>=', r: 1000 }) };
  expect(ask({}, rule).answer.truth).toBe('UNKNOWN');
  expect(ask({ localTax: 400 }, rule).answer).toMatchObject({ truth: 'UNKNOWN', missing: ['otherTax'] });
  expect(ask({ localTax: 400 }, rule).change).toMatchObject({ changes: [{ fact: 'otherTax', to: 600 }] });
  expect(ask({ localTax: 400, otherTax: 599 }, rule)).toMatchObject({ answer: { truth: 'NOT_MET' }, change: null });
});

test('groups what is unmet by alternative, the shortest first', () => {
  const { answer } = ask({ degree: 'BACHELOR', degreeVerified: true, insuranceMonths: 12, bornOn: '1970-01-01' });
  expect(answer.alternatives.map(names)).toEqual([['doctor'], ['master', 'master-age']]);
});

test('points that were not claimed are no unmet term', () => {
  const sum: Operand = {
    sum: [
      { points: 60, is: { l: fact('degree'), op: '=', r: 'DOCTOR' } },
      { points: 40, is: { l: fact('degree'), op: '=', r: 'MASTER' } },
      { points: 50, is: { l: fact('insuranceMonths'), op: '>=', r: 24 } },
    ],
  };
  const rule: Rule = { language: 1, when: term('points', { l: sum, op: '>=', r: 90 }) };
  const { answer } = ask({ degree: 'MASTER', insuranceMonths: 12 }, rule);
  expect(answer.alternatives.map(names)).toEqual([['points']]);
  expect(answer.terms).toMatchObject([{ saw: 40, asks: 90 }]);
  // Forty points are certain and fifty more at most possible: too few without another degree, enough with the months.
  expect(ask({ degree: 'BACHELOR' }, rule).answer.truth).toBe('NOT_MET');
  expect(ask({ degree: 'MASTER' }, rule).answer.truth).toBe('UNKNOWN');
});

test('decides what no missing fact can change', () => {
  const months: Test = { l: fact('insuranceMonths'), op: '<=', r: 40 };
  const tautology: Rule = { language: 1, when: { any: [term('few', months), term('many', { not: months })] } };
  expect(ask({}, tautology).answer.truth).toBe('MET');
  const contradiction: Rule = { language: 1, when: { all: [term('few', months), term('many', { not: months })] } };
  expect(ask({}, contradiction).answer).toMatchObject({ truth: 'NOT_MET', missing: ['insuranceMonths'] });
  expect(ask({}, contradiction).change).toBeNull();
});

test('a fact may have the name of what every object inherits, and a fact of another type is unknown', () => {
  const vocabulary: Vocabulary = { constructor: define({ type: 'BOOLEAN' }), toString: define({ type: 'BOOLEAN' }) };
  const when = term('named', { l: fact('constructor'), op: '=', r: true });
  const of = (facts: Facts) => judge({ language: 1, when }, { facts, asked: ASKED, vocabulary }).truth;
  expect([of({}), of({ constructor: true }), of({ constructor: 'yes' })]).toEqual(['UNKNOWN', 'MET', 'UNKNOWN']);
  expect(ask({ valueOf: true, degree: 'PROFESSOR' }).answer.terms[0]?.truth).toBe('UNKNOWN');
});

test('a rule too deep or too large is none, and is measured before it is parsed', () => {
  const deep = (depth: number): unknown => {
    let test: unknown = { l: 1, op: '=', r: 1 };
    for (let i = 0; i < depth; i += 1) test = { not: test };
    return { language: 1, when: { term: 'deep', text: text('Deep'), is: test } };
  };
  expect(parseRule(deep(MAX_RULE_DEPTH))).not.toBeNull();
  for (const depth of [5_000, 100_000]) expect(parseRule(deep(depth))).toBeNull();
  const wide = { language: 1, when: { any: Array.from({ length: 2_000 }, () => HUKOU.when) } };
  expect(parseRule(wide)).toBeNull();
  expect([null, 'x', [], { language: 2, when: HUKOU.when }, { ...HUKOU, more: 1 }].map(parseRule)).toEqual(
    Array(5).fill(null),
  );
  expect(parseRule(JSON.parse(JSON.stringify(HUKOU)))).toEqual(HUKOU);
});

test('alternatives are cut, so that no answer grows without bound', () => {
  const choice = (i: number): Condition => ({
    any: [
      term(`a-${i}`, { l: fact('insuranceMonths'), op: '>', r: i }),
      term(`b-${i}`, { l: fact('localTax'), op: '>', r: i }),
    ],
  });
  const rule: Rule = { language: 1, when: { all: Array.from({ length: 10 }, (_, i) => choice(i)) } };
  expect(ask({}, rule).answer.alternatives).toHaveLength(MAX_ALTERNATIVES);
});

test('a search that ends within its bounds still finds a change without a needless part', () => {
  const many = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`f${i}`, define({ type: 'INTEGER', min: 0, max: 9 })]),
  );
  const sum: Operand = {
    sum: Object.keys(many).map((name, i) => ({ points: 3 + (i % 7), is: { l: fact(name), op: '>=' as const, r: 5 } })),
  };
  const dear = Object.keys(many).slice(10, 20);
  const rule: Rule = {
    language: 1,
    when: term('points', { l: sum, op: '>=', r: 110 }),
    costs: dear.map((name) => ({ fact: name, cost: 500 })),
  };
  const facts = Object.fromEntries(Object.keys(many).map((name) => [name, 0]));
  const found = nearest(rule, { facts, asked: ASKED, vocabulary: many });
  expect(found?.isExact).toBe(false);
  const truthAfter = (changes: readonly { fact: string; to: unknown }[]) => {
    const after = { ...facts, ...Object.fromEntries(changes.map((each) => [each.fact, each.to])) } as Facts;
    return judge(rule, { facts: after, asked: ASKED, vocabulary: many }).truth;
  };
  const changes = found?.changes ?? [];
  expect(truthAfter(changes)).toBe('MET');
  for (const each of changes) expect(truthAfter(changes.filter((other) => other !== each))).toBe('NOT_MET');
  // The dearest is left out first. In the order in which they are found, the rest would cost 5,080.
  expect(found?.cost).toBe(4600);
});

test('yearly shares end at the cap, and never come from amounts that are not known', () => {
  const series = { of: 'taxByYear', basisPoints: 5000, cap: 'localTax', years: 3, extensionYears: 2 };
  const tenThousandYuan = 1_000_000;
  const taxByYear = [3000, 3600, 4200, 4400, 4500].map((each) => each * tenThousandYuan);
  const shares = sharesOf(series, { taxByYear, localTax: 7200 * tenThousandYuan });
  expect(shares?.map((each) => each / tenThousandYuan)).toEqual([1500, 1800, 2100, 1800, 0]);
  expect(sharesOf(series, { taxByYear: [3, 5, 9, 2, 2, 9], localTax: 100 })).toEqual([1, 2, 4, 1, 1, 0]);
  expect(sharesOf(series, { taxByYear })).toBeNull();
  expect(isValueOf(define({ type: 'AMOUNTS' }), [0.5])).toBe(false);
});

test('agrees with a naive evaluator: truth, explanation, nearest change', () => {
  const tally = newRuleTally();
  fc.assert(
    fc.property(drawnCase, (drawn) => compareJudgement(drawn, tally)),
    { numRuns: 400, seed: 20_261_129 },
  );
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(10);
});

test('what only a long search proves to be met needs no change', () => {
  const is = (name: string, test: Test): Condition => ({ term: name, text: text(name), is: test });
  const points: Operand = {
    sum: [
      { points: 0, is: { l: fact('code'), op: 'in', r: ['Y'] } },
      { points: 0, is: { l: { ageOn: { born: fact('born'), on: '2018-03-01' } }, op: '=', r: 17 } },
    ],
  };
  const when: Condition = {
    any: [
      { all: [is('months', { l: fact('months'), op: '=', r: 0 }), is('points', { l: points, op: '=', r: 2 })] },
      is('held', { l: fact('held'), op: 'has', r: ['Q'] }),
      is('some', { l: fact('more'), op: '!=', r: 0 }),
      is('not-two', { l: fact('more'), op: '!=', r: 2 }),
    ],
  };
  const drawn = { rule: { language: 1, when }, facts: {}, asked: '2018-02-27', isSimple: true } as const;
  const tally = newRuleTally();
  compareJudgement(drawn, tally);
  expect(tally).toMatchObject({ met: 1, turned: 0 });
});
