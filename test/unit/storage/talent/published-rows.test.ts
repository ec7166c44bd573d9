import { closeMonth, FAMILIES } from '../../../../src/domain/statistics/statistics.ts';
import { EMPTY_CASE_TALLY } from '../../../../src/domain/statistics/tally.ts';
import { keptOf } from '../../../../src/storage/talent/statistics/items.ts';
import { statisticsRows } from '../../../../src/storage/talent/statistics/publish.ts';

const waiting = { ...EMPTY_CASE_TALLY.waiting, APPLICANT: 2, AGENCY: 30 };
const tally = { ...EMPTY_CASE_TALLY, received: 40, approved: 20, rejected: 3, onTime: 23, waiting };
const month = closeMonth([{ parkId: null, zoneId: 'zone_x', route: 'SKILL', tally }], 5);

test('published rows tell what the table suppresses, each waiting party by itself', () => {
  const published = statisticsRows('HUKOU', '2026-10', month);
  expect(keptOf(month.rows, published)).toEqual(month.kept);
  expect(month.kept['waiting/APPLICANT'].size).toBeGreaterThan(0);
});

test('a row that a month has not published is suppressed in it', () => {
  const kept = keptOf(month.rows, []);
  for (const family of Object.keys(FAMILIES) as (keyof typeof FAMILIES)[]) {
    expect(kept[family].size).toBe(month.rows.length);
  }
});
