import { erasureObstacles, type KeptCase } from '../../../../src/domain/people/erasure.ts';

const kept = (more: Partial<KeptCase> = {}): KeptCase => ({
  id: 'case_1',
  state: 'CLOSED',
  updatedAt: '2016-02-29T02:00:00.000Z',
  retentionYears: 10,
  ...more,
});

test.each<[string, readonly KeptCase[], string, unknown]>([
  ['nothing', [], '2026-02-28', []],
  ['the last day of retention', [kept()], '2026-02-27', [{ code: 'RETAINED', caseId: 'case_1', until: '2026-02-28' }]],
  ['the day after it', [kept()], '2026-02-28', []],
  ['a case under way', [kept({ state: 'UNDER_REVIEW' })], '2046-01-01', [{ code: 'UNDER_WAY', caseId: 'case_1' }]],
  ['one that may still be contested', [kept({ state: 'DELIVERED' })], '2046-01-01', [expect.anything()]],
  ['an unknown time', [kept({ retentionYears: null })], '2046-01-01', [expect.objectContaining({ until: null })]],
  [
    'each of two',
    [kept(), kept({ id: 'case_2', retentionYears: 11 })],
    '2026-02-28',
    [expect.objectContaining({ caseId: 'case_2' })],
  ],
])('against an erasure: %s', (_, cases, today, obstacles) => {
  expect(erasureObstacles(cases, today)).toEqual(obstacles);
});
