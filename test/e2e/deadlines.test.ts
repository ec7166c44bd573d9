import { configure } from '../../src/config.ts';
import { CALENDAR, type Calendar } from '../../src/domain/calendar/calendar.ts';
import { addDays, shanghaiInstant } from '../../src/domain/calendar/day.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import { type PrimaryKey, talentKeys } from '../../src/storage/tables.ts';
import { processDueDeadlines } from '../../src/storage/talent/deadlines/process-due-deadlines.ts';
import type { DueItem, OutboxItem, WorkItem } from '../../src/storage/talent/items.ts';
import { caseTypeItems, PLAIN_APARTMENT } from '../fixtures/case-types.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** What falls due in cases though nobody acts, told and done by the schedule. */

const ZONE = 'zone_teda';
const WINDOW = { opensOn: '2026-06-16', closesOn: '2026-06-30' };
const requiredDocuments = PLAIN_APARTMENT.requiredDocuments.map((document) => ({ ...document, required: false }));
const PLAIN = { ...PLAIN_APARTMENT, id: 'ctype_plain', requiredDocuments };
const WINDOWED = { ...PLAIN, id: 'ctype_windowed', window: WINDOW };

let system: TestSystem;
let talent: Execute;
let handler: typeof import('../../src/handlers/schedules/deadlines.ts').handler;

beforeAll(async () => {
  system = await startTestSystem();
  configure({
    mode: 'local',
    dynamodbEndpoint: system.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
  });
  ({ handler } = await import('../../src/handlers/schedules/deadlines.ts'));
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', [...caseTypeItems(PLAIN), ...caseTypeItems(WINDOWED)]);
});
afterAll(() => system.stop());

const APPLICANT: Viewer = { kind: 'applicant', person: 'applicant-1' };
const officer = (agency: 'PARK' | 'HOUSING', role: 'RECEIVE' | 'REVIEW' | 'DECIDE'): Viewer => ({
  kind: 'officer',
  person: `${agency}-1`,
  agency,
  zone: ZONE,
  roles: [role],
});
const RECEIVER = officer('PARK', 'RECEIVE');
const REVIEWER = officer('HOUSING', 'REVIEW');
const DECIDER = officer('HOUSING', 'DECIDE');

const at = (day: string, time = '10:00:00') => shanghaiInstant(day, time);
let keys = 0;

/** Tries one thing on a day. @returns why it was refused */
async function tried(viewer: Viewer, day: string, name: string, input: object) {
  return (await asked(viewer, day, name, input)).data[name].userErrors;
}

/** Does one thing to a case on a day. */
async function mutate(viewer: Viewer, day: string, name: string, input: object) {
  const { data, errors } = await asked(viewer, day, name, input);
  expect([name, errors, data?.[name].userErrors]).toEqual([name, undefined, []]);
  return data[name].case;
}

function asked(viewer: Viewer, day: string, name: string, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return talent(
    `mutation ($input: ${type}!) { ${name}(input: $input) { case { id version } userErrors { message } } }`,
    { input: { idempotencyKey: `deadlines-${keys++}`, ...input } },
    { viewer, now: at(day) },
  );
}

/** The day from which on the schedule has to look: as if it had been there until the day before. */
async function since(day: string) {
  const bookmark = { doneUpTo: addDays(day, -1), calendars: new Set([CALENDAR.version]) };
  await system.write('talent', [{ ...talentKeys.deadlineBookmark(), ...bookmark } as PrimaryKey]);
}

let people = 0;
async function opened(day: string, caseType = PLAIN.id): Promise<string> {
  await since(day);
  const applicant = {
    name: '张某某',
    idNumber: syntheticResidentId('1988-02-03', 100 + people++),
    phone: '10012345678',
  };
  const { id } = await mutate(APPLICANT, day, 'openCase', { caseType, zone: ZONE, applicant, relation: 'SELF' });
  return id;
}

async function submitted(day: string): Promise<string> {
  const id = await opened(day);
  await mutate(APPLICANT, day, 'submitCase', { case: id });
  return id;
}

async function underReview(day: string): Promise<string> {
  const id = await submitted(day);
  await mutate(RECEIVER, day, 'acceptCase', { case: id, version: 2 });
  await mutate(REVIEWER, day, 'startReview', { case: id, version: 3 });
  return id;
}

/** The schedule's run at ten o'clock of a day. */
const run = (day: string, time?: string) => handler({ time: at(day, time).toISOString() });

async function see(id: string, day: string) {
  const { data, errors } = await talent(
    `query ($id: ID!) { case(id: $id) {
      state version
      deadlines { step promisedBy statutoryBy breached provisional }
      deadlineNotices { kind label step dueOn formerDueOn calendarVersion formerCalendarVersion at }
      timeline { kind }
    } }`,
    { id },
    { viewer: APPLICANT, now: at(day) },
  );
  expect(errors).toBeUndefined();
  return data.case;
}

const noticesOf = async (id: string, day: string) =>
  (await see(id, day)).deadlineNotices.map(({ kind, dueOn }: { kind: string; dueOn: string }) => `${kind} ${dueOn}`);

const told = async (id: string) =>
  (await readRange<OutboxItem>(system.table('talent'), { partition: talentKeys.outbox(id, 1).pk })).filter(({ sk }) =>
    sk.startsWith('NOTICE#'),
  );

test('who tells too late what is missing has accepted: five working days, over the National Day', async () => {
  const id = await submitted('2026-09-30');
  for (const day of ['2026-10-01', '2026-10-08']) await run(day);
  expect(await noticesOf(id, '2026-10-08')).toEqual([]);
  await run('2026-10-09');
  expect(await noticesOf(id, '2026-10-09')).toEqual(['PROMISE_NEAR 2026-10-10']);
  for (const day of ['2026-10-11', '2026-10-12', '2026-10-13']) await run(day, '23:59:59');
  expect(await see(id, '2026-10-13')).toMatchObject({ state: 'SUBMITTED', version: 2 });
  await run('2026-10-14', '00:00:00');
  const { state, deadlines, timeline } = await see(id, '2026-10-14');
  expect(state).toBe('ACCEPTED');
  // From the day received.
  expect(deadlines).toMatchObject({ step: 'DECISION', promisedBy: '2026-10-20', statutoryBy: '2026-11-03' });
  expect(timeline.at(-1)).toEqual({ kind: 'DEEMED_ACCEPTED' });
  expect(await noticesOf(id, '2026-10-14')).toEqual([
    'PROMISE_NEAR 2026-10-10',
    'PROMISE_MISSED 2026-10-10',
    'LIMIT_NEAR 2026-10-13',
  ]);
  await run('2026-10-14');
  expect((await see(id, '2026-10-14')).version).toBe(3);
});

test('a case lapses the day after the last day that the applicant was given, and a draft with its window', async () => {
  const id = await submitted('2026-03-02');
  const supplement = { case: id, version: 2, documents: ['employment-contract'], until: '2026-03-20' };
  await mutate(RECEIVER, '2026-03-03', 'requestSupplement', supplement);
  await run('2026-03-20', '23:59:59');
  expect((await see(id, '2026-03-20')).state).toBe('SUPPLEMENT_REQUIRED');
  // Whether the schedule has come to it already makes no difference.
  const late = await tried(APPLICANT, '2026-03-21', 'submitCase', { case: id });
  expect(late).toEqual([
    { message: 'The last day to supply the documents was 2026-03-20.' },
    { message: 'A document is missing: employment-contract.' },
  ]);
  await run('2026-03-21', '00:00:00');
  expect((await see(id, '2026-03-21')).state).toBe('LAPSED');
  expect(await readItem(system.table('talent'), talentKeys.due(id))).toBeNull();

  const draft = await opened('2026-06-20', WINDOWED.id);
  const always = await opened('2026-06-20');
  await run('2026-06-30', '23:59:59');
  expect((await see(draft, '2026-06-30')).state).toBe('DRAFT');
  await run('2026-07-01', '00:00:00');
  expect((await see(draft, '2026-07-01')).state).toBe('LAPSED');
  await since('2027-06-01');
  await run('2027-06-20');
  expect((await see(always, '2027-06-20')).state).toBe('DRAFT');
});

test('each end is told of before and marked when it is missed, once, however often and at once the schedule runs', async () => {
  const id = await underReview('2026-03-02');
  const version = (await see(id, '2026-03-02')).version;
  const expected = [
    ['2026-03-11', 'PROMISE_NEAR 2026-03-16'],
    ['2026-03-17', 'PROMISE_MISSED 2026-03-16'],
    ['2026-03-25', 'LIMIT_NEAR 2026-03-30'],
    ['2026-03-31', 'LIMIT_MISSED 2026-03-30'],
  ] as const;
  for (const [i, [day]] of expected.entries()) {
    await run(addDays(day, -1), '23:59:59');
    expect(await noticesOf(id, day)).toEqual(expected.slice(0, i).map(([, notice]) => notice));
    await Promise.all([run(day), run(day)]);
    for (let again = 0; again < 5; again++) await run(day);
    expect(await noticesOf(id, day)).toEqual(expected.slice(0, i + 1).map(([, notice]) => notice));
  }
  const { deadlines, deadlineNotices, version: after, timeline } = await see(id, '2026-03-31');
  expect(deadlines.breached).toBe(true);
  expect(deadlineNotices[1]).toEqual({
    kind: 'PROMISE_MISSED',
    label: 'The promised time was missed',
    step: 'DECISION',
    dueOn: '2026-03-16',
    formerDueOn: null,
    calendarVersion: CALENDAR.version,
    formerCalendarVersion: null,
    at: '2026-03-17T02:00:00.000Z',
  });
  // Nobody who works on it is stopped by what the clock says.
  expect([after, timeline.length]).toEqual([version, version]);
  const entries = await told(id);
  expect(entries.map(({ kind }) => kind).toSorted()).toEqual([
    'LIMIT_MISSED',
    'LIMIT_NEAR',
    'PROMISE_MISSED',
    'PROMISE_NEAR',
  ]);
  for (const entry of entries) {
    expect(entry).toMatchObject({ caseId: id, zoneId: ZONE, delivered: false, type: 'Outbox' });
    expect('gsi1pk' in entry && entry.gsi1pk).toMatch(/^UNDELIVERED#\d$/);
  }
  await mutate(REVIEWER, '2026-03-31', 'giveOpinion', { case: id, verdict: 'AGREE' });
  await mutate(DECIDER, '2026-03-31', 'decideCase', { case: id, version: version + 1, approved: true });
  await run('2026-04-01');
  expect(await noticesOf(id, '2026-04-01')).toHaveLength(4);
});

test('a pause and an extension move what falls due, and while the clock stands nothing does', async () => {
  const id = await underReview('2026-03-02');
  await run('2026-03-11');
  await mutate(REVIEWER, '2026-03-12', 'startSpecialProcedure', { case: id, version: 4, reason: 'EXPERT_REVIEW' });
  await run('2026-03-31');
  expect(await noticesOf(id, '2026-03-31')).toEqual(['PROMISE_NEAR 2026-03-16']);
  await mutate(REVIEWER, '2026-03-31', 'endSpecialProcedure', { case: id, version: 5 });
  expect((await see(id, '2026-03-31')).deadlines).toMatchObject({
    promisedBy: '2026-04-03',
    statutoryBy: '2026-04-20',
  });
  await run('2026-04-01');
  await mutate(DECIDER, '2026-04-02', 'extendDeadline', { case: id, version: 6, by: 10 });
  await run('2026-04-07');
  expect(await noticesOf(id, '2026-04-07')).toEqual(['PROMISE_NEAR 2026-03-16', 'PROMISE_NEAR 2026-04-03']);
  const { promisedBy, statutoryBy } = (await see(id, '2026-04-07')).deadlines;
  expect([promisedBy, statutoryBy]).toEqual(['2026-04-20', '2026-05-07']);
  await run('2026-04-21');
  await run('2026-05-08');
  expect((await noticesOf(id, '2026-05-08')).slice(2)).toEqual([
    'PROMISE_MISSED 2026-04-20',
    'LIMIT_MISSED 2026-05-07',
  ]);
});

test('what was missed before a pause is marked in it', async () => {
  const id = await underReview('2026-03-02');
  await mutate(REVIEWER, '2026-03-17', 'startSpecialProcedure', { case: id, version: 4, reason: 'HEARING' });
  await run('2026-03-17');
  expect(await noticesOf(id, '2026-03-17')).toEqual(['PROMISE_MISSED 2026-03-16']);
});

test('after an outage of ten days all days are caught up, and after one that begins and ends with a day nothing is lost', async () => {
  const notice = await submitted('2026-03-05');
  const review = await underReview('2026-03-02');
  await since('2026-03-05');
  await run('2026-03-05');
  await run('2026-03-20');
  expect((await see(notice, '2026-03-20')).state).toBe('ACCEPTED');
  // What is over is no longer near. Of the decision, whose time runs from the day received, the promise is missed too.
  expect(await noticesOf(notice, '2026-03-20')).toEqual(['PROMISE_MISSED 2026-03-10', 'PROMISE_MISSED 2026-03-19']);
  expect(await noticesOf(review, '2026-03-20')).toEqual(['PROMISE_MISSED 2026-03-16']);
});

/** The installed calendar, in which the Saturday 2026-03-14 is worked and the Friday after is free instead. */
const AMENDED: Calendar = {
  version: 'amended@1',
  isWorkingDay: (day) => day === '2026-03-14' || (day !== '2026-03-20' && CALENDAR.isWorkingDay(day)),
  statusOf: CALENDAR.statusOf,
};

const CLAIM = { by: 'HOUSING-1', at: '2026-03-11T01:00:00.000Z' };
const workOf = (id: string, agency: string) => readItem<WorkItem>(system.table('talent'), talentKeys.work(id, agency));

test('where the calendar changes in mid-year, days are computed anew, and what moves is noted with its reason', async () => {
  const moved = await underReview('2026-03-05');
  const paused = await underReview('2026-03-05');
  await mutate(REVIEWER, '2026-03-10', 'startSpecialProcedure', { case: paused, version: 4, reason: 'HEARING' });
  // Its days are over before the change.
  const same = await submitted('2026-03-05');
  await since('2026-03-11');
  const look = (calendar: Calendar) => processDueDeadlines(system.table('talent'), at('2026-03-11'), calendar);
  await look(CALENDAR);
  // Somebody has claimed it meanwhile.
  const claim = { ...(await workOf(moved, 'HOUSING')), claim: CLAIM } as unknown as PrimaryKey;
  await system.write('talent', [claim]);

  const [first, second] = await Promise.all([look(AMENDED), look(AMENDED)]);
  const again = await look(AMENDED);
  expect(first.recomputed + second.recomputed).toBeGreaterThanOrEqual(3);
  expect(again).toMatchObject({ recomputed: 0, moved: 0, failed: [] });

  const { deadlineNotices } = await see(moved, '2026-03-11');
  expect(deadlineNotices).toEqual([
    {
      kind: 'PROMISE_MOVED',
      label: 'The calendar of working days changed: the promised time was computed anew',
      step: 'DECISION',
      dueOn: '2026-03-18',
      formerDueOn: '2026-03-19',
      calendarVersion: 'amended@1',
      formerCalendarVersion: CALENDAR.version,
      at: '2026-03-11T02:00:00.000Z',
    },
  ]);
  expect((await told(moved)).map(({ kind }) => kind)).toEqual(['PROMISE_MOVED']);
  // As of the day on which its clock was stopped: that it stands moves its end too, and is no recomputation.
  expect((await see(paused, '2026-03-11')).deadlineNotices).toEqual([
    expect.objectContaining({ kind: 'PROMISE_MOVED', formerDueOn: '2026-03-20', dueOn: '2026-03-19' }),
  ]);
  expect(await noticesOf(same, '2026-03-11')).not.toContain(expect.stringContaining('MOVED'));
  expect(await workOf(moved, 'HOUSING')).toMatchObject({ claim: CLAIM, calendarVersion: 'amended@1' });
  const due = await readItem<DueItem>(system.table('talent'), talentKeys.due(moved));
  expect(due).toMatchObject({ what: 'PROMISE_NEAR', on: '2026-03-14', calendarVersion: 'amended@1' });

  // Whoever comes before the schedule notes it too: here by the calendar that is installed.
  await mutate(REVIEWER, '2026-03-12', 'giveOpinion', { case: moved, verdict: 'AGREE' });
  expect(await noticesOf(moved, '2026-03-12')).toEqual(['PROMISE_MOVED 2026-03-18', 'PROMISE_MOVED 2026-03-19']);
  expect(await told(moved)).toHaveLength(2);
});

const handled = (first: string, second: string, day: string) =>
  Promise.all([noticesOf(first, day), noticesOf(second, day)]);

test('a case that fails keeps no other waiting, and the next run looks after it', async () => {
  const first = await underReview('2026-03-02');
  const second = await underReview('2026-03-02');
  await since('2026-03-11');
  const look = (day: string) => processDueDeadlines(system.table('talent'), at(day));
  system.dynamo.beforeNextTransaction(() => Promise.reject(new Error('on purpose')));
  const { failed } = await look('2026-03-11');
  expect(failed).toHaveLength(1);
  expect([first, second]).toContain(failed[0]?.caseId);
  expect((await handled(first, second, '2026-03-11')).flat()).toHaveLength(1);
  // Days later: the day is not done before all of it is.
  expect(await look('2026-03-13')).toMatchObject({ failed: [], isFinished: true });
  expect((await handled(first, second, '2026-03-13')).flat()).toHaveLength(2);
});

test('a run whose time is over begins nothing more, and the next one goes on', async () => {
  const first = await underReview('2026-03-02');
  const second = await underReview('2026-03-02');
  await since('2026-03-11');
  const time = new AbortController();
  system.dynamo.beforeNextTransaction(async () => time.abort());
  const cut = await processDueDeadlines(system.table('talent', { signal: time.signal }), at('2026-03-12'));
  expect(cut).toMatchObject({ failed: [], isFinished: false });
  const rest = await processDueDeadlines(system.table('talent'), at('2026-03-12'));
  expect(rest.isFinished).toBe(true);
  expect((await handled(first, second, '2026-03-12')).flat()).toHaveLength(2);
});

test('what is due is found by its day: no scan, and where nothing is due as many Queries as the days have parts', async () => {
  await since('2028-01-03');
  const calls = await system.dynamo.during(() => processDueDeadlines(system.table('talent'), at('2028-01-04')));
  expect(calls.map(({ command }) => command).toSorted()).toEqual(['Get', ...Array(17).fill('Query'), 'TransactWrite']);
  const id = await underReview('2028-02-21');
  await since('2028-03-01');
  const busy = await system.dynamo.during(() => processDueDeadlines(system.table('talent'), at('2028-03-01')));
  expect((await noticesOf(id, '2028-03-01')).length).toBe(1);
  // The case, its type, and the notice.
  expect(busy.map(({ command }) => command).toSorted()).toEqual([
    'Get',
    'Get',
    ...Array(10).fill('Query'),
    'TransactWrite',
  ]);
});

test('who changes a case while it is looked after, and who looks after it while it is changed, undo nothing of each other', async () => {
  const table = () => system.table('talent');
  const changed = await underReview('2026-03-02');
  await since('2026-03-11');
  // The officer has loaded the case, and knows of no notice.
  system.dynamo.beforeNextTransaction(() => processDueDeadlines(table(), at('2026-03-13')));
  await mutate(REVIEWER, '2026-03-13', 'giveOpinion', { case: changed, verdict: 'AGREE' });
  expect(await noticesOf(changed, '2026-03-13')).toEqual(['PROMISE_NEAR 2026-03-16']);
  await run('2026-03-17');
  expect(await noticesOf(changed, '2026-03-17')).toEqual(['PROMISE_NEAR 2026-03-16', 'PROMISE_MISSED 2026-03-16']);

  const lookedAfter = await underReview('2026-03-02');
  await since('2026-03-11');
  // The schedule has loaded the case, whose clock is running.
  const pause = { case: lookedAfter, version: 4, reason: 'HEARING' };
  system.dynamo.beforeNextTransaction(() => mutate(REVIEWER, '2026-03-11', 'startSpecialProcedure', pause));
  await processDueDeadlines(table(), at('2026-03-11'));
  expect(await noticesOf(lookedAfter, '2026-03-11')).toEqual([]);
  expect(await readItem<DueItem>(table(), talentKeys.due(lookedAfter))).toMatchObject({ what: null, version: 5 });
});
