import { nearest } from '../../../../src/domain/rules/nearest.ts';
import type { Condition, Facts, Operand, Test } from '../../../../src/domain/rules/rule.ts';
import type { Vocabulary } from '../../../../src/domain/rules/vocabulary.ts';
import { cellsOf, comparisonsIn, daysToAsk, possibleTruths } from '../../../../src/domain/rules/worlds.ts';

const text = { zh: '条件', ja: '条件', en: 'Term' };
const VOCABULARY: Vocabulary = {
  bornOn: { type: 'DAY', name: text, canChange: false },
  months: { type: 'INTEGER', name: text, canChange: true },
  degree: { type: 'CODE', codes: ['MASTER', 'DOCTOR'], name: text, canChange: true },
};
const ASKED: Operand = { asked: true };
const BORN: Operand = { fact: 'bornOn' };
const term = (is: Test): Condition => ({ term: 'term', text, is });
const possible = (is: Test, facts: Facts = {}, asked: string | null = null) =>
  possibleTruths(term(is), { facts, asked }, VOCABULARY);
const nearestOf = (is: Test, asked: string, facts: Facts = {}) =>
  nearest({ language: 1, when: term(is) }, { facts, asked, vocabulary: VOCABULARY });

test.each<[string, Operand]>([
  ['a birth date', BORN],
  ['the day asked', ASKED],
])('proves nothing from %s a month later, whose end may be cut', (_of, from) => {
  // 31 January and a month is 28 February; 1 February, which the edges miss, and a month is 1 March.
  const { met, unmet, isComplete } = possible({ l: { day: { from, months: 1 } }, op: '<=', r: '2026-02-28' });
  expect([met !== null, unmet, isComplete]).toEqual([true, null, false]);
});

test('tries a day where a comparison with the same fact gives no edge', () => {
  const { met, isComplete } = possible({ l: BORN, op: '<', r: { day: { from: BORN, years: 18 } } }, {}, '2026-11-28');
  expect([met?.facts, isComplete]).toEqual([{ bornOn: '2000-01-01' }, false]);
});

test('tries both sides of every day that is asked about', () => {
  const { met, unmet, isComplete } = possible({ l: ASKED, op: '>', r: '2026-02-28' });
  expect([met?.asked, unmet?.asked, isComplete]).toEqual(['2026-03-01', '2026-02-27', true]);
});

test('waits for the turn of the year where a day of each year decides', () => {
  // Six years old by 31 August of the year asked: born in autumn, the child is ready on New Year's Day.
  const schoolDay: Operand = { day: { from: ASKED, month: 8, dayOfMonth: 31 } };
  const isOfAge: Test = { l: { ageOn: { born: BORN, on: schoolDay } }, op: '>=', r: 6 };
  const found = nearestOf(isOfAge, '2026-11-28', { bornOn: '2020-10-05' });
  expect(found).toMatchObject({ changes: [], on: '2027-01-01', isExact: false });
});

test.each([
  [4, true],
  [5, false],
])('is exact over the edges of %d days to wait for: %s', (count, isExact) => {
  const days = Array.from({ length: count }, (_, i) => `2026-12-${10 + 4 * i}`);
  expect(nearestOf({ l: ASKED, op: 'in', r: days }, '2026-11-28')).toMatchObject({ on: '2026-12-10', isExact });
});

test.each([
  [5, 2 ** 5, true],
  [6, 7, false],
])('combines a list of %d codes in %d ways, all of them: %s', (count, ways, isComplete) => {
  const codes = Array.from({ length: count }, (_, i) => `C${i}`);
  const vocabulary: Vocabulary = { held: { type: 'CODES', codes, name: text, canChange: true } };
  const comparison = { l: { fact: 'held' }, op: 'has', r: codes } as const;
  const cells = cellsOf('held', [comparison], { facts: {}, asked: null }, vocabulary);
  expect([cells.values.length, cells.isComplete]).toEqual([ways, isComplete]);
});

test('tries a number where a comparison with the same fact gives no edge', () => {
  const months: Operand = { fact: 'months' };
  const { met } = possible({ l: months, op: '<', r: { total: [months, 1] } }, {}, '2026-11-28');
  expect(met?.facts).toEqual({ months: 0 });
});

test('finds the edge of a day that is moved by years, months and days', () => {
  // 28 March 2025 and 14 months and three days is 31 May 2026.
  const moved: Operand = { day: { from: ASKED, years: 1, months: 2, days: 3 } };
  const { met, unmet } = possible({ l: moved, op: '<=', r: '2026-05-31' });
  expect([met?.asked, unmet?.asked]).toEqual(['2025-03-27', '2025-03-29']);
});

test.each([
  [3, null, false],
  [4, '2026-03-01', true],
])('gives up after %d worlds, and says so', (maxWorlds, met, isComplete) => {
  const condition = term({ l: ASKED, op: '>', r: '2026-02-28' });
  const found = possibleTruths(condition, { facts: {}, asked: null }, VOCABULARY, ['MET', 'NOT_MET'], maxWorlds);
  expect([found.met?.asked ?? null, found.unmet?.asked, found.isComplete]).toEqual([met, '2026-02-27', isComplete]);
});

test('tries the birthdays on which an age is reached', () => {
  const day = '2026-11-28';
  const { met, unmet } = possible({ l: { ageOn: { born: BORN, on: day } }, op: '>=', r: 18 }, {}, day);
  expect([met?.facts, unmet?.facts]).toEqual([{ bornOn: '2008-11-28' }, { bornOn: '2008-11-29' }]);
});

test.each<[boolean, Test]>([
  [true, { l: { ageOn: { born: BORN, on: ASKED } }, op: '>=', r: 18 }],
  [
    false,
    {
      all: [
        { l: { ageOn: { born: BORN, on: ASKED } }, op: '>=', r: 18 },
        { l: BORN, op: '<', r: '2000-01-01' },
      ],
    },
  ],
])('no day to ask is left out of an age alone: %s', (isExpected, is) => {
  expect(daysToAsk(comparisonsIn(term(is)), { facts: {}, asked: null }).isComplete).toBe(isExpected);
});
