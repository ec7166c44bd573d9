import { legalHolidays } from '../../src/domain/calendar/legal-holidays.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { calendarInForce } from '../../src/storage/calendar/calendar-in-force.ts';
import { copyCalendarYears } from '../../src/storage/calendar/calendar-years.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import type { CalendarYearItem } from '../../src/storage/parks/items.ts';
import { parkKeys } from '../../src/storage/tables.ts';
import { localizedText } from '../../src/subgraph/context.ts';
import { applicant, clerk, EMPLOYER, officer, type Story, startStory } from '../fixtures/case-story.ts';
import { URGENT_HUKOU } from '../fixtures/case-types.ts';
import { ADMIN, publisherOf } from '../fixtures/publish-records.ts';
import type { Execute } from '../harness.ts';

/** The arrangement of 2027 is published while a case runs over the turn of the year. */

let story: Story;
let parks: Execute;
beforeAll(async () => {
  story = await startStory(URGENT_HUKOU);
  parks = story.system.serve('parks', createParksSubgraph);
});
afterAll(() => story.end());

const DAY = new Date('2026-12-15T02:00:00.000Z');
const TALENT = applicant();
const NOTICES = 'deadlineNotices { kind dueOn formerDueOn calendarVersion reason }';
const DEADLINES = 'deadlines { promisedBy statutoryBy provisional calendarVersion }';
const BASE = 'chinese-days@1.5.7+legal-holidays';

/** An assumed arrangement: New Year's holidays of three days, for which Sunday 10 January is worked. */
const YEAR_2027 = {
  year: 2027,
  holidays: [...legalHolidays('2027'), '2026-12-31', '2027-02-09', '2027-02-10', '2027-02-11'],
  workedWeekendDays: ['2027-01-10', '2027-02-20'],
  source: { title: { zh: '国务院办公厅关于2027年部分节假日安排的通知（假设）' }, publishedOn: '2026-12-14' },
};

let keys = 0;
async function publish(input: object, viewer: Viewer = ADMIN, now = DAY) {
  const { data, errors } = await parks(
    `mutation ($input: PublishCalendarYearInput!) { publishCalendarYear(input: $input) {
      calendarYear { year status version freeWeekdays workedWeekendDays source { publishedOn } }
      userErrors { code field message }
    } }`,
    { input: { idempotencyKey: `calendar-${keys++}`, ...input } },
    { viewer, now },
  );
  expect(errors).toBeUndefined();
  return data.publishCalendarYear;
}

/** Carries the published year to the talent table, as the stream does. */
async function followStream(year: number) {
  const item = await readItem<CalendarYearItem>(story.system.table('parks'), parkKeys.calendarYear(`${year}`));
  if (!item) throw new Error('the year is not published');
  await copyCalendarYears(story.system.table('talent'), [item, item]);
}

test('a year without an arrangement shows the days that the law itself names', async () => {
  const { data, errors } = await parks(
    '{ calendarYear(year: 2027) { status version freeWeekdays workedWeekendDays source { publishedOn } } }',
  );
  expect(errors).toBeUndefined();
  expect(data.calendarYear).toEqual({
    status: 'PROVISIONAL',
    version: null,
    freeWeekdays: ['2027-01-01', '2027-02-05', '2027-02-08', '2027-04-05', '2027-06-09', '2027-09-15', '2027-10-01'],
    workedWeekendDays: [],
    source: null,
  });
  expect((await parks('{ calendarYear(year: 1999) { year } }')).errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});

test('a year of the package names the announcement that it comes from', async () => {
  const { data, errors } = await parks(
    '{ calendarYear(year: 2026) { status version workedWeekendDays source { title(locale: ZH) publishedOn } } }',
  );
  expect(errors).toBeUndefined();
  expect(data.calendarYear).toEqual({
    status: 'PUBLISHED',
    version: null,
    workedWeekendDays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    source: { title: '国务院办公厅关于2026年部分节假日安排的通知', publishedOn: '2025-11-04' },
  });
});

test.each([
  ['a year that is over', { year: 2025 }, ['year']],
  ['a year far ahead', { year: 2029 }, ['year']],
  ['an arrangement without a day that the law names', { holidays: YEAR_2027.holidays.slice(1) }, ['holidays']],
  ['a day of another year', { holidays: [...YEAR_2027.holidays, '2028-01-01'] }, ['holidays']],
  ['a day twice', { holidays: [...YEAR_2027.holidays, '2027-01-01'] }, ['holidays']],
  ['a worked day that is no weekend day', { workedWeekendDays: ['2027-01-11'] }, ['workedWeekendDays']],
  ['a worked holiday', { workedWeekendDays: ['2027-02-06'] }, ['workedWeekendDays']],
  ['a change of a day that is over', { holidays: [...YEAR_2027.holidays, '2026-12-14'] }, ['holidays']],
  ['an empty title', { source: { ...YEAR_2027.source, title: { zh: ' ' } } }, ['source', 'title', 'zh']],
  ['a source of tomorrow', { source: { ...YEAR_2027.source, publishedOn: '2026-12-16' } }, ['source', 'publishedOn']],
] as const)('refuses %s', async (_, change, field) => {
  const { calendarYear, userErrors } = await publish({ ...YEAR_2027, ...change });
  expect(calendarYear).toBeNull();
  expect(userErrors).toContainEqual({ code: 'INVALID', field, message: expect.any(String) });
});

test('an officer publishes no calendar', async () => {
  const { errors } = await parks(
    'mutation ($input: PublishCalendarYearInput!) { publishCalendarYear(input: $input) { userErrors { code } } }',
    { input: { idempotencyKey: 'calendar-by-officer', ...YEAR_2027 } },
    { viewer: publisherOf('zone_teda'), now: DAY },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

describe('published while a case runs', () => {
  test('a year moves the ends of the case, which notes why, and ends that they are provisional', async () => {
    story.at('2026-12-14 10:00:00');
    await story.open(TALENT, { relation: 'SELF', enterprise: EMPLOYER });
    await story.does(clerk, 'recommendTalent');
    await story.supplies(TALENT, 'identity-card');
    await story.supplies(TALENT, 'degree');
    await story.does(TALENT, 'submitCase');
    await story.does(officer('PARK', 'RECEIVE'), 'acceptCase');
    await story.does(officer('PSB', 'REVIEW'), 'startReview');
    await story.looksAfterDeadlines();
    expect(await story.shows(TALENT, DEADLINES)).toEqual({
      deadlines: { promisedBy: '2026-12-28', statutoryBy: '2027-01-12', provisional: true, calendarVersion: BASE },
    });

    story.at('2026-12-15 10:00:00');
    const input = { idempotencyKey: 'calendar-2027', ...YEAR_2027 };
    const published = await publish(input);
    expect(published).toEqual({
      calendarYear: {
        year: 2027,
        status: 'PUBLISHED',
        version: 1,
        freeWeekdays: expect.arrayContaining(['2027-02-09', '2027-02-10', '2027-02-11']),
        workedWeekendDays: ['2027-01-10', '2027-02-20'],
        source: { publishedOn: '2026-12-14' },
      },
      userErrors: [],
    });
    expect(await publish(input)).toEqual(published);
    expect((await publish(YEAR_2027)).userErrors).toMatchObject([{ code: 'ALREADY_EXISTS', field: ['version'] }]);
    await followStream(2027);

    // Thursday 31 December is free, and Sunday 10 January is worked: the end stays, but the year is no longer provisional.
    story.at('2026-12-15 11:00:00');
    await story.looksAfterDeadlines();
    const version = `${BASE}+2027@1`;
    expect(await story.shows(TALENT, `${DEADLINES} ${NOTICES}`)).toEqual({
      deadlines: { promisedBy: '2026-12-28', statutoryBy: '2027-01-12', provisional: false, calendarVersion: version },
      deadlineNotices: [],
    });

    const next = { ...YEAR_2027, version: 1, workedWeekendDays: ['2027-01-09', '2027-01-10', '2027-02-20'] };
    expect((await publish(next)).userErrors).toEqual([]);
    await followStream(2027);
    story.at('2026-12-15 12:00:00');
    await story.looksAfterDeadlines();
    await story.looksAfterDeadlines();
    expect(await story.shows(TALENT, `deadlines { statutoryBy } ${NOTICES}`)).toEqual({
      deadlines: { statutoryBy: '2027-01-11' },
      deadlineNotices: [
        {
          kind: 'LIMIT_MOVED',
          dueOn: '2027-01-11',
          formerDueOn: '2027-01-12',
          calendarVersion: `${BASE}+2027@2`,
          reason: 'The arrangement of holidays of 2027 was published',
        },
      ],
    });
  });

  test('an older copy takes no newer one back', async () => {
    const talent = story.system.table('talent');
    const now = new Date('2026-12-16T02:00:00.000Z');
    const first = await calendarInForce(talent, now);
    await copyCalendarYears(talent, [
      { ...YEAR_2027, source: { title: localizedText(YEAR_2027.source.title), publishedOn: '2026-12-14' }, version: 1 },
    ]);
    expect((await calendarInForce(talent, new Date(now.getTime() + 61_000))).version).toBe(first.version);
  });

  test('a process reads the calendar once a minute, and at once where a case was computed by a newer one', async () => {
    const talent = story.system.table('talent');
    const now = new Date('2026-12-17T02:00:00.000Z');
    const known = await calendarInForce(talent, now);
    const readsAfter = async (seconds: number, seen?: string) => {
      const reads = await story.system.dynamo.during(async () => {
        expect(await calendarInForce(talent, new Date(now.getTime() + seconds * 1000), seen)).toBe(known);
      });
      return reads.length;
    };
    expect(await readsAfter(59)).toBe(0);
    expect(await readsAfter(59, `${BASE}+2027@1`)).toBe(0);
    expect(await readsAfter(59, `${BASE}+2027@3`)).toBe(1);
    expect(await readsAfter(130)).toBe(1);
  });
});
