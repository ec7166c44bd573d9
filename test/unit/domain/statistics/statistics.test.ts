import fc from 'fast-check';
import { CALENDAR } from '../../../../src/domain/calendar/calendar.ts';
import { CASE_STATES, type CaseState } from '../../../../src/domain/cases/state.ts';
import { type CountedCase, countsOfChange } from '../../../../src/domain/statistics/counting.ts';
import {
  closeMonth,
  closeQuarter,
  FAMILIES,
  type Family,
  type RouteTally,
  rowKey,
  type StatisticsTable,
} from '../../../../src/domain/statistics/statistics.ts';
import { decisionDaysOf, EMPTY_CASE_TALLY } from '../../../../src/domain/statistics/tally.ts';
import { determined, type Equation } from '../../../fixtures/linear-system.ts';

const PLACES = [
  ['park a', 'zone x'],
  ['park b', 'zone x'],
  ['park c', 'zone x'],
  ['park d', 'zone y'],
  ['park e', 'zone y'],
  [null, 'zone y'],
  [null, 'zone z'],
] as const;
const ROUTES = ['KINDERGARTEN', 'PRIMARY_SCHOOL'];

const count = fc.oneof(fc.constant(0), fc.nat(4), fc.nat(12), fc.nat(40));
const tally = fc
  .record({ received: count, approved: count, rejected: count, late: count, waits: count })
  .map(({ waits, late, ...counts }) => ({
    ...EMPTY_CASE_TALLY,
    ...counts,
    late: Math.min(late, counts.approved + counts.rejected),
    onTime: counts.approved + counts.rejected - Math.min(late, counts.approved + counts.rejected),
    waiting: { ...EMPTY_CASE_TALLY.waiting, APPLICANT: waits, AGENCY: counts.received },
  }));
const month = fc
  .array(tally, { minLength: PLACES.length * ROUTES.length, maxLength: PLACES.length * ROUTES.length })
  .map((tallies): RouteTally[] =>
    tallies.map((of, i) => {
      const [parkId, zoneId] = PLACES[Math.floor(i / ROUTES.length)]!;
      return { parkId, zoneId, route: ROUTES[i % ROUTES.length]!, tally: of };
    }),
  );

/** The equations between a table's cells: a zone is the sum of its parks, all are the sum of zones and of routes. */
function equationsOf(period: string, { rows }: StatisticsTable, family: Family): Equation[] {
  const width = FAMILIES[family].counts(EMPTY_CASE_TALLY).length;
  const name = (row: (typeof rows)[number], i: number) => `${period} ${family} ${rowKey(row)} ${i}`;
  const sums = rows.flatMap((row) => {
    const parts =
      row.by === 'ALL'
        ? [rows.filter(({ by }) => by === 'ZONE'), rows.filter(({ by }) => by === 'ROUTE')]
        : row.by === 'ZONE'
          ? [rows.filter(({ by, within }) => by === 'PARK' && within === row.of)]
          : [];
    return parts.map((those) => ({ row, those }));
  });
  return sums.flatMap(({ row, those }) =>
    Array.from({ length: width }, (_, i) => [
      { of: name(row, i), factor: -1 },
      ...those.map((part) => ({ of: name(part, i), factor: 1 })),
    ]),
  );
}

/** Decided are the approved and the rejected, and as well those in time and those late. */
function withinEquations(period: string, { rows }: StatisticsTable): Equation[] {
  return rows.flatMap((row) =>
    (['outcome', 'timeliness'] as const).map((family) => [
      { of: `${period} decided ${rowKey(row)} 0`, factor: -1 },
      { of: `${period} ${family} ${rowKey(row)} 0`, factor: 1 },
      { of: `${period} ${family} ${rowKey(row)} 1`, factor: 1 },
    ]),
  );
}

function knownOf(period: string, { rows, kept }: StatisticsTable): string[] {
  return (Object.keys(FAMILIES) as Family[]).flatMap((family) =>
    rows
      .filter((row) => !kept[family].has(rowKey(row)))
      .flatMap((row) => FAMILIES[family].counts(row.tally).map((_, i) => `${period} ${family} ${rowKey(row)} ${i}`)),
  );
}

const families = Object.keys(FAMILIES) as Family[];
/** Families of open cases: those at a quarter's end are those of its last month. */
const OPEN = families.filter((family) => family.startsWith('waiting/'));
const whole = (period: string, table: StatisticsTable) => [
  ...families.flatMap((family) => equationsOf(period, table, family)),
  ...withinEquations(period, table),
];
/** A count that is kept back and is zero beside one that isn't is nothing that is told of anybody. */
const tellsOfSomebody = (period: string, { rows }: StatisticsTable): ((name: string) => boolean) => {
  const values = new Map<string, number>(
    families.flatMap((family) =>
      rows.flatMap((row) =>
        FAMILIES[family].counts(row.tally).map((n, i) => [`${period} ${family} ${rowKey(row)} ${i}`, n] as const),
      ),
    ),
  );
  return (name: string) => (values.get(name) ?? 0) > 0;
};

test('what a month keeps back follows from nothing that it shows', () => {
  fc.assert(
    fc.property(month, fc.constantFrom(5, 10), (tallies, threshold) => {
      const table = closeMonth(tallies, threshold);
      const found = determined(whole('m', table), new Set(knownOf('m', table)));
      expect([...found].filter(tellsOfSomebody('m', table))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('nor from the months and the quarter together', () => {
  fc.assert(
    fc.property(month, month, month, fc.constantFrom(5, 10), (a, b, c, threshold) => {
      const months = [a, b, c].map((tallies) => closeMonth(tallies, threshold));
      const quarter = closeQuarter(months, threshold);
      const periods = [...months.map((table, i) => [`m${i}`, table] as const), ['q', quarter] as const];
      for (const only of [['received'], ['decided', 'outcome'], ['decided', 'timeliness'], OPEN] as Family[][]) {
        const equations = periods.flatMap(([period, table]) => whole(period, table));
        const overTime = quarter.rows.flatMap((row) =>
          only.flatMap((family) =>
            FAMILIES[family].counts(row.tally).map((_, i) => [
              { of: `q ${family} ${rowKey(row)} ${i}`, factor: -1 },
              ...(only === OPEN ? [2] : [0, 1, 2]).map((m) => ({
                of: `m${m} ${family} ${rowKey(row)} ${i}`,
                factor: 1,
              })),
            ]),
          ),
        );
        const of = (equation: Equation) => equation.every(({ of }) => only.includes(of.split(' ')[1] as Family));
        const known = new Set(periods.flatMap(([period, table]) => knownOf(period, table)));
        const found = determined([...equations, ...overTime].filter(of), known);
        for (const [period, table] of periods) {
          const told = [...found]
            .filter((name) => name.startsWith(`${period} `))
            .filter(tellsOfSomebody(period, table));
          expect(told).toEqual([]);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a few who wait for one party suppress nothing of those who wait for another', () => {
  const waiting = { ...EMPTY_CASE_TALLY.waiting, APPLICANT: 1, AGENCY: 20 };
  const of = { parkId: 'park a', zoneId: 'zone x', route: 'KINDERGARTEN', tally: { ...EMPTY_CASE_TALLY, waiting } };
  const { kept } = closeMonth([of], 5);
  expect([kept['waiting/APPLICANT'].get('ALL#'), kept['waiting/AGENCY'].get('ALL#')]).toEqual([
    'BELOW_THRESHOLD',
    undefined,
  ]);
});

test('a quarter suppresses of its open cases what its last month does', () => {
  fc.assert(
    fc.property(month, month, month, fc.constantFrom(5, 10), (a, b, c, threshold) => {
      const months = [a, b, c].map((tallies) => closeMonth(tallies, threshold));
      const { kept } = closeQuarter(months, threshold);
      for (const family of OPEN) expect(new Set(kept[family].keys())).toEqual(new Set(months[2]?.kept[family].keys()));
    }),
    { numRuns: 60 },
  );
});

test('cases outside of parks are a part of their own zone', () => {
  const of = (zoneId: string, received: number) => ({
    parkId: null,
    zoneId,
    route: 'KINDERGARTEN',
    tally: { ...EMPTY_CASE_TALLY, received },
  });
  const { rows } = closeMonth([of('zone x', 20), of('zone y', 30)], 5);
  const outside = rows.filter(({ by }) => by === 'PARK').map(({ within, tally: { received } }) => [within, received]);
  expect(outside).toEqual([
    ['zone x', 20],
    ['zone y', 30],
  ]);
});

test('a month in which nobody applied has no row and suppresses nothing', () => {
  const { rows, kept } = closeMonth([], 5);
  expect([rows, Object.values(kept).map(({ size }) => size)]).toEqual([[], Object.keys(FAMILIES).map(() => 0)]);
});

test('days of decisions are told only where enough persons are on either side of the share', () => {
  const decided = (count: number) => EMPTY_CASE_TALLY.decisionDays.map((_, i) => (i === 0 ? count : 0));
  expect([0.1, 0.5, 0.9].map((share) => decisionDaysOf(decided(20), share, 5))).toEqual([
    null,
    expect.any(Number),
    null,
  ]);
  expect([9, 10].map((count) => decisionDaysOf(decided(count), 0.5, 5))).toEqual([null, expect.any(Number)]);
});

test('days of decisions are the end of the bucket in which the share is reached, and unknown beyond the last', () => {
  const decided = (counts: Readonly<Record<number, number>>) =>
    EMPTY_CASE_TALLY.decisionDays.map((_, i) => counts[i] ?? 0);
  expect(decisionDaysOf(decided({ 0: 10, 3: 10 }), 0.5, 5)).toBe(5);
  expect(decisionDaysOf(decided({ 0: 9, 3: 11 }), 0.5, 5)).toBe(20);
  expect(decisionDaysOf(decided({ 8: 20 }), 0.5, 5)).toBeNull();
});

test('a place without a later month has nobody waiting at the end of the quarter', () => {
  const waiting = { ...EMPTY_CASE_TALLY.waiting, AGENCY: 20 };
  const first = closeMonth(
    [
      {
        parkId: 'park a',
        zoneId: 'zone x',
        route: 'KINDERGARTEN',
        tally: { ...EMPTY_CASE_TALLY, received: 20, waiting },
      },
    ],
    5,
  );
  const quarter = closeQuarter([first, closeMonth([], 5)], 5);
  expect(quarter.rows.map(({ tally: of }) => [of.received, of.waiting.AGENCY])).toEqual(Array(4).fill([20, 0]));
});

const OPEN_STATES: readonly CaseState[] = [
  'SUBMITTED',
  'SUPPLEMENT_REQUIRED',
  'ACCEPTED',
  'UNDER_REVIEW',
  'SPECIAL_PROCEDURE',
  'PUBLIC_NOTICE',
  'APPROVED',
  'REJECTED',
  'TRANSFERRED',
  'RECONSIDERATION',
  'REVERSED',
];

test.each(CASE_STATES)('a case in %s is counted as waiting where it is open', (state) => {
  const of = {
    kind: 'SCHOOLING',
    parkId: 'park a',
    zoneId: 'zone x',
    route: 'KINDERGARTEN',
    waitingOn: 'AGENCY',
    limits: [],
  };
  const course = { state, submittedOn: null, acceptedOn: null, pauses: [] };
  const counts = countsOfChange(null, { ...of, course } as unknown as CountedCase, {
    at: '2026-03-02T01:00:00.000Z',
    calendar: CALENDAR,
  });
  expect(counts.map(({ add }) => add.waiting.AGENCY)).toEqual(OPEN_STATES.includes(state) ? [1] : []);
});

test.each([
  ['UNDER_REVIEW', 'APPROVED', [1, 0]],
  ['UNDER_REVIEW', 'REJECTED', [0, 1]],
  ['APPROVED', 'APPROVED', null],
  ['ACCEPTED', 'UNDER_REVIEW', null],
] as const)('a case that goes from %s to %s counts as decided: %j', (from, to, decided) => {
  const of = { kind: 'SCHOOLING', parkId: 'park a', zoneId: 'zone x', route: 'KINDERGARTEN', limits: [] };
  const caseIn = (state: CaseState) =>
    ({
      ...of,
      waitingOn: 'AGENCY',
      course: { state, submittedOn: '2026-03-01', acceptedOn: null, pauses: [] },
    }) as unknown;
  const counts = countsOfChange(caseIn(from) as CountedCase, caseIn(to) as CountedCase, {
    at: '2026-03-02T01:00:00.000Z',
    calendar: CALENDAR,
  });
  expect(counts.map(({ add }) => [add.approved, add.rejected])).toEqual(decided === null ? [] : [decided]);
});
