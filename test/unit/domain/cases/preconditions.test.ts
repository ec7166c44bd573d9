import { CALENDAR } from '../../../../src/domain/calendar/calendar.ts';
import type { CommandContext, Precondition } from '../../../../src/domain/cases/preconditions.ts';
import * as must from '../../../../src/domain/cases/preconditions.ts';
import * as requested from '../../../../src/domain/cases/supplements/requested-documents.ts';

/** The last day on which each bound holds, and the first on which it doesn't. */

type Parts = { readonly [part in string]?: unknown };

/** What a precondition may look at, as far as a test says; the rest stands as in a case that nothing was done to. */
function deed<Command>(command: Command, today: string, course: Parts = {}, rest: Parts = {}): CommandContext<Command> {
  const parts = {
    command,
    today,
    calendar: CALENDAR,
    locale: 'EN',
    actor: { kind: 'officer', person: 'officer-1', agency: 'EDU' },
    opinions: [],
    documents: [],
    child: null,
    caseType: { opinionsFrom: [], window: null },
    case: {
      kind: 'SCHOOLING',
      zoneId: 'zone_teda',
      limits: [{ step: 'DECISION', unit: 'WORKING_DAY', promised: 10, statutory: 20 }],
      decision: null,
      course: {
        state: 'UNDER_REVIEW',
        extendedBy: 0,
        opinions: [],
        rated: false,
        noticeUntil: null,
        supplementUntil: null,
        ...course,
      },
    },
    ...rest,
  };
  return parts as unknown as CommandContext<Command>;
}

const codes = <Command>(rule: Precondition<Command>, given: CommandContext<Command>) =>
  rule(given).map(({ code }) => code);

test.each([
  ['2026-06-01', ['INVALID_DAY']],
  ['2026-06-02', []],
])('a last day of %s, set on 1 June, is refused with %j', (until, expected) => {
  expect(codes(must.endAfterToday, deed({ until }, '2026-06-01'))).toEqual(expected);
});

test.each([
  [0, ['INVALID_EXTENSION']],
  [1, []],
  [10, []],
  [11, ['INVALID_EXTENSION']],
  [1.5, ['INVALID_EXTENSION']],
])('an extension by %d working days is refused with %j', (extendedBy, expected) => {
  expect(codes(must.extendWithinTheLaw, deed({ extendedBy }, '2026-06-01'))).toEqual(expected);
});

test('a limit in months is not extended by days', () => {
  const limits = [{ step: 'DECISION', unit: 'MONTH', promised: 1, statutory: 2 }];
  const given = deed({ extendedBy: 5 }, '2026-06-01', {}, { case: { limits, course: {} } });
  expect(codes(must.extendWithinTheLaw, given)).toEqual(['INVALID_EXTENSION']);
});

test.each([
  ['2026-06-05', ['TOO_EARLY']],
  ['2026-06-06', []],
])('a notice until 5 June has run its time on %s: %j', (today, expected) => {
  const course = { state: 'PUBLIC_NOTICE', noticeUntil: '2026-06-05' };
  expect(codes(must.haveRunItsNotice, deed({}, today, course))).toEqual(expected);
});

test('a case that gives no public notice waits for none', () => {
  expect(codes(must.haveRunItsNotice, deed({}, '2026-06-05', { noticeUntil: '2026-06-05' }))).toEqual([]);
});

test.each([
  ['zone_teda', ['INVALID_ZONE']],
  ['zone_baodi', []],
  ['park_teda', ['INVALID_ZONE']],
])('a transfer from zone_teda to %s is refused with %j', (toZone, expected) => {
  expect(codes(must.nameAnotherZone, deed({ toZone }, '2026-06-01'))).toEqual(expected);
});

test.each([
  ['2026-06-05', []],
  ['2026-06-06', ['TOO_LATE']],
])('a supplement asked for until 5 June, handed in on %s, is refused with %j', (today, expected) => {
  const course = { state: 'SUPPLEMENT_REQUIRED', supplementUntil: '2026-06-05' };
  expect(codes(must.beInTimeForWhatWasAsked, deed({}, today, course))).toEqual(expected);
});

test.each([
  ['SUPPLEMENT_REQUIRED', '2026-06-05', ['TOO_EARLY']],
  ['SUPPLEMENT_REQUIRED', '2026-06-06', []],
  ['DRAFT', '2026-06-30', ['TOO_EARLY']],
  ['DRAFT', '2026-07-01', []],
])('a case in %s lapses on %s: %j', (state, today, expected) => {
  const caseType = { opinionsFrom: [], window: { opensOn: '2026-06-01', closesOn: '2026-06-30' } };
  const given = deed({}, today, { state, supplementUntil: '2026-06-05' }, { caseType });
  expect(codes(must.haveLeftTheApplicantsTime, given)).toEqual(expected);
});

test('a draft of a case type without a window never lapses', () => {
  expect(codes(must.haveLeftTheApplicantsTime, deed({}, '2036-06-01', { state: 'DRAFT' }))).toEqual(['TOO_EARLY']);
});

test.each([
  [0, ['INVALID_RATING']],
  [1, []],
  [5, []],
  [6, ['INVALID_RATING']],
])('a rating of %d is refused with %j', (rating, expected) => {
  expect(codes(must.rateOnceFrom1To5, deed({ rating }, '2026-06-01'))).toEqual(expected);
});

test('a document is taken in for the twentieth time and not for the next', () => {
  const announced = { code: 'permit' } as never;
  const documents = (version: number) => ({ documents: [{ code: 'permit', version }] });
  expect(codes(requested.leaveRoomForVersions, deed({ announced }, '2026-06-01', {}, documents(19)))).toEqual([]);
  expect(codes(requested.leaveRoomForVersions, deed({ announced }, '2026-06-01', {}, documents(20)))).toEqual([
    'TOO_MANY_VERSIONS',
  ]);
});

test.each([
  ['2026-03-16', '2026-05-15', []],
  ['2026-03-16', '2026-05-16', ['TOO_LATE']],
])('what was delivered on %s is contested on %s: %j', (deliveredOn, today, expected) => {
  const course = { state: 'DELIVERED', deliveredOn, decidedOn: '2026-02-01' };
  expect(codes(must.beInTimeForReconsideration, deed({}, today, course))).toEqual(expected);
  const refused = {
    case: { decision: { approved: false }, course: { state: 'DELIVERED', deliveredOn } },
  };
  const left = codes(must.leaveTimeForReconsideration, deed({}, today, {}, refused));
  expect(left).toEqual(expected.length === 0 ? ['TOO_EARLY'] : []);
});

test('a case without a decision has none to be reconsidered', () => {
  const course = { state: 'DELIVERED', deliveredOn: null, decidedOn: null };
  expect(codes(must.beInTimeForReconsideration, deed({}, '2026-05-15', course))).toEqual(['TOO_LATE']);
});

test.each([
  ['x', 0, ['INVALID_REASONS']],
  ['x'.repeat(500), 1, []],
  ['x'.repeat(501), 1, ['INVALID_REASONS']],
  [' ', 1, ['INVALID_REASONS']],
  ['x', 10, []],
  ['x', 11, ['INVALID_REASONS']],
])('the reason %s, given %d times, is refused with %j', (words, count, expected) => {
  const reasons = Array.from({ length: count }, () => ({ zh: 'x', ja: 'x', en: words }));
  expect([...new Set(codes(must.giveReasons, deed({ reasons }, '2026-05-15')))]).toEqual(expected);
});
