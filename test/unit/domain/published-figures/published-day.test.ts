import {
  currentRevision,
  type DayFigures,
  decidePublication,
  isClosed,
  type PublishedDay,
  type Revision,
  revisionAsOf,
  statusAt,
  withRevision,
} from '../../../../src/domain/published-figures/published-day.ts';

const FIGURES: DayFigures = {
  residents: 236,
  staff: 6750,
  resumedOnSite: 156,
  resumedOnline: 50,
  staffReturned: 5669,
  reported: 230,
};
const SEEN = '156+50/236 5669/6750 230';
const revision = (number: number, at: string, sequence: number, kind: Revision['kind'] = 'PUBLICATION'): Revision => ({
  revision: number,
  kind,
  figures: FIGURES,
  at,
  sequence,
});
const first = withRevision(null, 0, '2020-03-16', revision(1, '2020-03-17T02:00:00.000Z', 1), 7);
const corrected = withRevision(first, 1, first.on, revision(2, '2020-04-01T02:00:00.000Z', 3, 'CORRECTION'), 7);

test('a revision is seen when its sequence is applied, and the one before until then', () => {
  expect(currentRevision(first, 0)).toBeNull();
  expect(currentRevision(corrected, 2)).toMatchObject({ revision: 1 });
  expect(currentRevision(corrected, 3)).toMatchObject({ revision: 2 });
});

test('the day is closed seven days after its first publication, whatever is published later', () => {
  expect(isClosed(first, 1, new Date('2020-03-24T01:59:59.999Z'))).toBe(false);
  expect(isClosed(first, 1, new Date('2020-03-24T02:00:00.000Z'))).toBe(true);
  expect(isClosed(first, 0, new Date('2020-03-24T02:00:00.000Z'))).toBe(false);
  expect(corrected).toMatchObject({ publishedAt: first.publishedAt, closesAt: first.closesAt });
  expect(statusAt(corrected, currentRevision(corrected, 3), '2020-04-02T00:00:00.000Z')).toBe('CORRECTED');
});

test('a day is open where there is none, or none of its revisions is seen yet', () => {
  const instant = '2020-04-02T00:00:00.000Z';
  expect([statusAt(null, null, instant), statusAt(first, null, instant)]).toEqual(['OPEN', 'OPEN']);
  expect(statusAt(first, currentRevision(first, 1), instant)).toBe('CLOSED');
});

test.each([
  ['2020-03-17T01:59:59.999Z', 3, null],
  ['2020-03-17T02:00:00.000Z', 3, 1],
  ['2020-04-01T01:59:59.999Z', 3, 1],
  ['2020-04-01T02:00:00.000Z', 3, 2],
  ['2020-04-01T02:00:00.000Z', 2, 1],
])('as of %s, with changes applied up to %i, revision %p was current', (instant, applied, expected) => {
  expect(revisionAsOf(corrected, applied, instant)?.revision ?? null).toBe(expected);
});

const decide = (day: PublishedDay | null, on: string, seen = SEEN, now = '2020-03-18T02:00:00.000Z') => {
  const situation = { day, applied: 1, computed: FIGURES, graceDays: 7, now: new Date(now) };
  const decision = decidePublication(on, seen, situation);
  return decision.ok ? 'PUBLISHED' : decision.refusals[0]?.code;
};

test.each([
  ['PUBLISHED', null, '2020-03-18', SEEN],
  ['PUBLISHED', null, '2020-03-11', SEEN],
  ['NEEDS_BACKFILL', null, '2020-03-10', SEEN],
  ['DAY_IN_FUTURE', null, '2020-03-19', SEEN],
  ['OTHER_FIGURES', null, '2020-03-16', '0+0/0 0/0 0'],
  ['PUBLISHED_ALREADY', first, '2020-03-16', SEEN],
] as const)('a publication gives %s', (expected, day, on, seen) => {
  expect(decide(day, on, seen)).toBe(expected);
});

test('a closed day is published by nobody alone', () => {
  expect(decide(first, '2020-03-16', SEEN, '2020-03-24T02:00:00.000Z')).toBe('DAY_CLOSED');
});
