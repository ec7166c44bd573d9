import { checkRule, type SampleCase } from '../../../../src/domain/rules/check.ts';
import type { Condition, Operand, Rule, Test } from '../../../../src/domain/rules/rule.ts';
import type { Vocabulary } from '../../../../src/domain/rules/vocabulary.ts';

const text = { zh: '条件', ja: '条件', en: 'Term' };
const VOCABULARY: Vocabulary = {
  degree: { type: 'CODE', codes: ['BACHELOR', 'MASTER', 'DOCTOR'], name: text, canChange: true },
  held: { type: 'CODES', codes: ['CARD'], name: text, canChange: true },
  months: { type: 'INTEGER', min: 0, name: text, canChange: true },
  bornOn: { type: 'DAY', name: text, canChange: false },
  taxes: { type: 'AMOUNTS', name: text, canChange: false },
};
const fact = (name: string): Operand => ({ fact: name });
const term = (name: string, is: Test, clause = 1): Condition => ({ term: name, text, clause, is });
const is = (code: string) => term(code.toLowerCase(), { l: fact('degree'), op: '=', r: code });
const age: Operand = { ageOn: { born: fact('bornOn'), on: { asked: true } } };
const SAMPLES: readonly SampleCase[] = [
  { name: 'doctor', asked: '2026-11-28', facts: { degree: 'DOCTOR' }, truth: 'MET' },
  { name: 'bachelor', asked: '2026-11-28', facts: { degree: 'BACHELOR' }, truth: 'NOT_MET' },
];

function faults(when: Condition, samples = SAMPLES, more: Partial<Rule> = {}) {
  return checkRule({ language: 1, when, ...more }, { samples, clauses: 3, vocabulary: VOCABULARY });
}
const codes = (...given: Parameters<typeof faults>) => faults(...given).map(({ code }) => code);

test('finds nothing in a rule whose samples hold', () => {
  expect(faults({ any: [is('DOCTOR'), { all: [is('MASTER'), term('young', { l: age, op: '<=', r: 45 })] }] })).toEqual(
    [],
  );
});

test.each<[string, Test]>([
  ['There is no fact named degre.', { l: fact('degre'), op: '=', r: 'DOCTOR' }],
  ['The fact degree is never "DOKTOR".', { l: fact('degree'), op: '=', r: 'DOKTOR' }],
  ['The fact degree is never "DOKTOR".', { l: fact('degree'), op: 'in', r: ['DOCTOR', 'DOKTOR'] }],
  ['The fact held is never "CART".', { l: fact('held'), op: 'has', r: ['CART'] }],
  ['The two sides of "<=" are not of one type.', { l: 4, op: '<=', r: 'x' }],
  ['The two sides of "=" are not of one type.', { l: fact('held'), op: '=', r: fact('held') }],
  ['"<" needs numbers or days.', { l: fact('degree'), op: '<', r: 'DOCTOR' }],
  ['"in" needs a single value on its left.', { l: fact('held'), op: 'in', r: ['CARD'] }],
  ['"has" needs a list on its left.', { l: fact('degree'), op: 'has', r: ['DOCTOR'] }],
  ['A DAY is needed in place of 5.', { l: { ageOn: { born: 5, on: { asked: true } } }, op: '>', r: 5 }],
  ['A DAY is needed in place of 5.', { l: { day: { from: 5 } }, op: '>', r: '2026-01-01' }],
  ['A NUMBER is needed in place of "x".', { l: { total: ['x'] }, op: '>', r: 5 }],
  [
    'A row of a table is of another type than its key.',
    { l: { table: { by: fact('degree'), rows: [{ is: 1, value: 1 }], otherwise: 0 } }, op: '>', r: 5 },
  ],
  [
    'The fact degree is never "DOKTOR".',
    { l: { table: { by: fact('degree'), rows: [{ is: 'DOKTOR', value: 1 }], otherwise: 0 } }, op: '>', r: 5 },
  ],
  [
    'The fact degree is never "X".',
    { l: { sum: [{ points: 1, is: { l: fact('degree'), op: '=', r: 'X' } }] }, op: '>', r: 0 },
  ],
  [
    'The fact degree is never "X".',
    { l: 0, op: '<', r: { sum: [{ points: 1, is: { l: fact('degree'), op: '=', r: 'X' } }] } },
  ],
  ['The fact degree is never "X".', { l: 'X', op: '=', r: fact('degree') }],
])('finds a fault of types: %s', (message, test) => {
  expect(faults(term('wrong', test))).toEqual([{ code: 'INVALID_TYPE', message: `Term wrong: ${message}` }]);
});

test('finds facts of other types in a series and unknown ones in costs', () => {
  const cappedSeries = { of: 'months', cap: 'taxes', basisPoints: 5000, years: 3, extensionYears: 2 };
  expect(codes(is('DOCTOR'), SAMPLES, { cappedSeries, costs: [{ fact: 'none', cost: 1 }] })).toEqual(
    Array(3).fill('INVALID_TYPE'),
  );
});

test('finds two terms of one name, and a clause that the version does not have', () => {
  expect(codes({ any: [is('DOCTOR'), is('DOCTOR')] })).toEqual(['DUPLICATE_TERM']);
  expect(codes(term('doctor', { l: fact('degree'), op: '=', r: 'DOCTOR' }, 4))).toEqual(['UNKNOWN_CLAUSE']);
});

test('finds terms that decide nothing, contradictions and what everybody meets', () => {
  const months = (op: '>=' | '<', r: number) => term(`m-${r}${op === '<' ? 'b' : 'a'}`, { l: fact('months'), op, r });
  expect(codes({ all: [is('DOCTOR'), months('>=', 0)] })).toEqual(['TERM_ALWAYS_MET']);
  expect(codes({ all: [is('DOCTOR'), months('<', 0)] })).toContain('TERM_NEVER_MET');
  expect(codes({ all: [is('DOCTOR'), is('MASTER')] })).toContain('NEVER_MET');
  expect(codes({ any: [months('>=', 5), months('<', 5)] })).toContain('ALWAYS_MET');
});

test('finds an alternative that adds nobody, whatever the age and the day', () => {
  const young = term('young', { l: age, op: '<=', r: 45 });
  expect(
    codes({ any: [is('DOCTOR'), { all: [term('again', { l: fact('degree'), op: '=', r: 'DOCTOR' }), young] }] }),
  ).toEqual(['REDUNDANT_ALTERNATIVE']);
  const fifty = term('fifty', { l: age, op: '<=', r: 50 });
  const always = { name: 'child', asked: '2026-11-28', facts: { bornOn: '2020-01-01' }, truth: 'MET' } as const;
  const never = { ...always, name: 'old', facts: { bornOn: '1920-01-01' }, truth: 'NOT_MET' } as const;
  expect(codes({ any: [young, fifty] }, [always, never])).toEqual(['REDUNDANT_ALTERNATIVE']);
});

test('two literals are of one type, and decide nothing', () => {
  expect(codes({ all: [is('DOCTOR'), term('literals', { l: 4, op: '<', r: 5 })] })).toEqual(['TERM_ALWAYS_MET']);
});

test('a window that is closed today is reachable, since the day asked varies', () => {
  const opens: Test = {
    all: [
      { l: { asked: true }, op: '>=', r: '2023-11-01' },
      { l: { asked: true }, op: '<=', r: '2023-11-30' },
    ],
  };
  const open = { name: 'open', asked: '2023-11-30', facts: {}, truth: 'MET' } as const;
  expect(codes(term('window', opens), [open, { ...open, asked: '2023-12-01', truth: 'NOT_MET' }])).toEqual([]);
});

test('demands samples of both answers, that their facts exist and that they hold', () => {
  const [met, unmet] = SAMPLES as [SampleCase, SampleCase];
  expect(codes(is('DOCTOR'), [])).toEqual(['SAMPLE_MISSING', 'SAMPLE_MISSING']);
  expect(codes(is('DOCTOR'), [met])).toEqual(['SAMPLE_MISSING']);
  expect(codes(is('DOCTOR'), [met, { ...unmet, truth: 'UNKNOWN' }, unmet])).toEqual(['SAMPLE_FAILS']);
  expect(codes(is('DOCTOR'), [met, unmet, { ...met, facts: { degree: 'DOKTOR' } }])).toEqual(['INVALID_SAMPLE']);
  expect(codes(is('DOCTOR'), [met, unmet, { ...met, asked: '2026-02-30' }])).toEqual(['INVALID_SAMPLE']);
  expect(codes(is('DOCTOR'), [met, { ...unmet, lacks: ['doctor'] }])).toEqual([]);
  expect(codes(is('DOCTOR'), [met, { ...unmet, lacks: [] }])).toEqual(['SAMPLE_FAILS']);
});
