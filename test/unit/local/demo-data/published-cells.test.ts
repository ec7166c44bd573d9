import { addMonths } from '../../../../src/domain/calendar/day.ts';
import { CASE_KINDS } from '../../../../src/domain/case-types/case-type.ts';
import { lastPeriod, quartersOf } from '../../../../src/domain/statistics/period.ts';
import { demoParks } from '../../../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../../../src/local/demo-data/scale.ts';
import { addCounts, caseFigureItems, countsOfCase } from '../../../../src/local/demo-data/talent/case-figures.ts';
import { caseTypeVersions } from '../../../../src/local/demo-data/talent/case-types.ts';
import { caseOf } from '../../../../src/local/demo-data/talent/cases.ts';
import { earlierCounts } from '../../../../src/local/demo-data/talent/earlier-cases.ts';
import type { CaseTallyItem, ClosingItem, StatisticsRowItem } from '../../../../src/storage/talent/statistics/items.ts';

/** Largest share of the published cells that may be suppressed, of the last quarter and of all periods. */
const MAX_SUPPRESSED = 0.4;
/** Days on which the demo is begun: behind the ends of several quarters. */
const DAYS = ['2026-01-15', '2026-05-13', '2026-11-29'];

/** Makes the statistics of the demo as of a day. */
function statisticsOf(today: string) {
  const parks = demoParks(SCALES.S);
  const types = caseTypeVersions(today);
  const cases = Array.from({ length: SCALES.S.cases }, (_, index) => caseOf(index + 1, today, types, parks));
  const counts = addCounts([], cases.flatMap(countsOfCase));
  const items = [...caseFigureItems(counts, today, earlierCounts(today, parks))] as { readonly type?: string }[];
  const ofType = <Item>(type: string) => items.filter((item) => item.type === type) as unknown as Item[];
  return {
    counts,
    rows: ofType<StatisticsRowItem>('StatisticsRow'),
    closings: ofType<ClosingItem>('Closing'),
    tallies: ofType<CaseTallyItem>('CaseTally'),
  };
}

/** The statistics of each day, made once. */
const MADE = new Map(DAYS.map((day) => [day, statisticsOf(day)]));
const madeAsOf = (day: string) => MADE.get(day) ?? statisticsOf(day);

const flows = ({ received, decided, approved, rejected, onTime, late }: StatisticsRowItem) => {
  return [received, decided, approved, rejected, onTime, late];
};
const all = (row: StatisticsRowItem) => [...flows(row), ...Object.values(row.waiting)];

function suppressedShare(rows: readonly StatisticsRowItem[], cellsOf: typeof all): number {
  const cells = rows.flatMap(cellsOf);
  return cells.filter((cell) => typeof cell === 'string').length / cells.length;
}

test.each(DAYS)('two fifths of the published cells at most are suppressed, as of %s', (today) => {
  const { rows, closings } = madeAsOf(today);
  const last = closings[0]?.quarter;
  const ofLast = rows.filter(({ period }) => period === last);
  for (const cellsOf of [all, flows]) {
    // The demo shows what suppression looks like, too.
    for (const part of [ofLast, rows]) expect(suppressedShare(part, cellsOf)).toBeGreaterThan(0.02);
    expect(suppressedShare(ofLast, cellsOf)).toBeLessThanOrEqual(MAX_SUPPRESSED);
    for (const kind of CASE_KINDS) {
      const ofKind = rows.filter((row) => row.kind === kind);
      expect([kind, suppressedShare(ofKind, cellsOf) <= MAX_SUPPRESSED]).toEqual([kind, true]);
    }
  }
});

test.each(DAYS)(
  'the last year and the last four quarters are published, in several zones and parks, as of %s',
  (today) => {
    const { rows, closings } = madeAsOf(today);
    for (const { kind, published, quarter } of closings) {
      expect(published).toBe(addMonths(`${today.slice(0, 7)}-01`, -1).slice(0, 7));
      const ofKind = rows.filter((row) => row.kind === kind);
      for (const unit of ['YEAR', 'ROLLING_YEAR'] as const) {
        const year = lastPeriod(unit, { month: published, quarter }) ?? '';
        for (const period of quartersOf(year) ?? []) {
          const of = (by: string) => ofKind.filter((row) => row.period === period && row.by === by);
          const received = of('ALL').map((row) => row.received);
          expect([period, received]).toEqual([period, [expect.any(Number)]]);
          expect(of('ZONE')).toHaveLength(5);
          expect(
            new Set(
              of('PARK')
                .filter((row) => row.of !== row.within)
                .map((row) => row.of),
            ).size,
          ).toBe(3);
        }
      }
    }
  },
);

test('no tally has the earlier cases, which a rebuild would not find', () => {
  const { counts, tallies } = madeAsOf('2026-11-29');
  expect(tallies).toHaveLength(counts.length);
});
