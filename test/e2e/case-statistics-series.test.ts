/** Statistics of cases period by period, and of four quarters together, from what is published of two years. */
import { CASE_KINDS } from '../../src/domain/case-types/case-type.ts';
import { quartersOf } from '../../src/domain/statistics/period.ts';
import { demoParks } from '../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../src/local/demo-data/scale.ts';
import { addCounts, caseFigureItems, countsOfCase } from '../../src/local/demo-data/talent/case-figures.ts';
import { caseTypeVersions } from '../../src/local/demo-data/talent/case-types.ts';
import { caseOf } from '../../src/local/demo-data/talent/cases.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Days around which cases are laid: they cover more than four quarters. */
const ANCHORS = ['2025-05-13', '2025-08-13', '2025-12-13', '2026-05-13'];

let system: TestSystem;
let execute: Execute;

beforeAll(async () => {
  system = await startTestSystem();
  execute = system.serve('talent', createTalentSubgraph);
  const parks = demoParks(SCALES.S);
  const cases = ANCHORS.flatMap((anchor, at) => {
    const types = caseTypeVersions(anchor);
    return Array.from({ length: 400 }, (_, index) => caseOf(at * 400 + index + 1, anchor, types, parks));
  });
  const counts = addCounts([], cases.flatMap(countsOfCase));
  await system.write('talent', [...caseFigureItems(counts, '2026-05-13')]);
});
afterAll(() => system.stop());

const NAMES = ['received', 'decided', 'approved', 'rejected', 'onTime', 'late'] as const;
const CELLS = NAMES.map((name) => `${name} { value suppressed }`).join(' ');

interface Cell {
  readonly value: number | null;
  readonly suppressed: string | null;
}

interface Period {
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly total: Readonly<Record<(typeof NAMES)[number], Cell>> & { readonly medianDays: number | null };
}

async function series(kind: string, by: string, days: { from?: string; to?: string } = {}): Promise<readonly Period[]> {
  const { data, errors } = await execute(
    `query ($kind: CaseKind!, $by: StatisticsPeriod!, $from: Date, $to: Date) {
      caseStatisticsSeries(kind: $kind, by: $by, from: $from, to: $to) { period from to total { ${CELLS} medianDays } }
    }`,
    { kind, by, ...days },
  );
  expect(errors).toBeUndefined();
  return data.caseStatisticsSeries;
}

const periodsOf = (found: readonly Period[]) => found.map(({ period }) => period);

test('a year of months is one question, and its calls do not grow with the periods', async () => {
  const months = periodsOf(await series('HUKOU', 'MONTH'));
  expect(months).toHaveLength(12);
  expect([months[0], months.at(-1)]).toEqual(['2025-05', '2026-04']);
  const callsFor = async (from: string) =>
    (await system.dynamo.during(() => series('HUKOU', 'MONTH', { from }))).length;
  expect(await callsFor('2025-05-01')).toBe(await callsFor('2026-04-01'));
});

test('a series has the periods that lie between two days', async () => {
  expect(periodsOf(await series('HUKOU', 'MONTH', { from: '2026-01-02', to: '2026-04-29' }))).toEqual([
    '2026-02',
    '2026-03',
  ]);
  expect(periodsOf(await series('HUKOU', 'QUARTER', { from: '2025-07-01', to: '2026-03-31' }))).toEqual([
    '2025-Q3',
    '2025-Q4',
    '2026-Q1',
  ]);
  expect(await series('HUKOU', 'MONTH', { from: '2030-01-01' })).toEqual([]);
});

test('each listed period is published, and the list names the last one', async () => {
  const { data } = await execute(`{
    months: caseStatisticsPeriods(kind: HUKOU, by: MONTH)
    years: caseStatisticsPeriods(kind: HUKOU, by: YEAR)
    last: caseStatistics(kind: HUKOU, period: MONTH) { period }
  }`);
  expect(data.months.at(-1)).toBe(data.last.period);
  expect(data.months.length).toBeGreaterThan(12);
  expect(data.months.length).toBeLessThanOrEqual(36);
  expect(data.years).toEqual(['2025']);
});

test.each(['YEAR', 'ROLLING_YEAR'])('a %s shows sums of what four quarters show, and nothing else', async (by) => {
  let shown = 0;
  let keptBack = 0;
  for (const kind of CASE_KINDS) {
    const quarters = new Map(
      (await series(kind, 'QUARTER', { from: '2020-01-01' })).map((each) => [each.period, each]),
    );
    const years = await series(kind, by, { from: '2020-01-01' });
    expect(years.length).toBeGreaterThan(0);
    for (const { period, total } of years) {
      const parts = quartersOf(period)?.map((quarter) => quarters.get(quarter)?.total) ?? [];
      for (const name of NAMES) {
        const values = parts.map((part) => (part ? part[name].value : 0));
        const sum = values.every((value) => value !== null) ? values.reduce((all, value) => all + value, 0) : null;
        expect([kind, period, name, total[name].value]).toEqual([kind, period, name, sum]);
        expect(total[name].suppressed).toBe(sum === null ? 'PROTECTS_OTHERS' : null);
        if (sum === null) keptBack++;
        else shown++;
      }
      expect(total.medianDays).toBeNull();
    }
  }
  expect(Math.min(shown, keptBack)).toBeGreaterThan(0);
});

test('a park has a year of its own, and a year has no breakdown', async () => {
  const { data } = await execute(
    `{ _entities(representations: [{ __typename: "Park", id: "park_binhai-zhongguancun" }]) {
      ... on Park { caseStatistics(kind: HUKOU, period: YEAR, of: "2025") { period park { id } received { value suppressed } } }
    } }`,
  );
  expect(data._entities).toMatchObject([
    { caseStatistics: { period: '2025', park: { id: 'park_binhai-zhongguancun' } } },
  ]);
  const { errors } = await execute(
    '{ caseStatistics(kind: HUKOU, period: YEAR) { figures(by: ZONE) { nodes { period } } } }',
  );
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  const wrong = await execute('{ caseStatistics(kind: HUKOU, period: ROLLING_YEAR, of: "2026-Q1") { period } }');
  expect(wrong.errors?.[0]?.message).toContain('2025-Q4/2026-Q3');
});
