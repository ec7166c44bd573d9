import fc from 'fast-check';
import { CALENDAR } from '../../src/domain/calendar/calendar.ts';
import { addDays, shanghaiInstant } from '../../src/domain/calendar/day.ts';
import { caseDeadlines } from '../../src/domain/cases/deadline.ts';
import { dueOf } from '../../src/domain/cases/due.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { type PrimaryKey, talentKeys } from '../../src/storage/tables.ts';
import { readSituation } from '../../src/storage/talent/cases/situations.ts';
import { processDueDeadlines } from '../../src/storage/talent/deadlines/process-due-deadlines.ts';
import { caseTypeItems, PLAIN_APARTMENT } from '../fixtures/case-types.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Whatever officers do to a case while the schedule runs, at once: all that is missed is marked once, and nothing is lost. */

const ZONE = 'zone_teda';
const requiredDocuments = PLAIN_APARTMENT.requiredDocuments.map((document) => ({ ...document, required: false }));
const PLAIN = { ...PLAIN_APARTMENT, id: 'ctype_plain', requiredDocuments };
const FIRST_DAY = '2026-09-21';

let system: TestSystem;
let talent: Execute;
beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', caseTypeItems(PLAIN));
});
afterAll(() => system.stop());

const APPLICANT: Viewer = { kind: 'applicant', person: 'applicant-1' };
const OFFICER = { kind: 'officer', person: 'officer-1', zone: ZONE, roles: ['RECEIVE', 'REVIEW', 'DECIDE'] } as const;
const RECEIVER: Viewer = { ...OFFICER, agency: 'PARK' };
const DECIDER: Viewer = { ...OFFICER, agency: 'HOUSING' };

let keys = 0;
async function mutate(viewer: Viewer, day: string, name: string, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data } = await talent(
    `mutation ($input: ${type}!) { ${name}(input: $input) { case { id } userErrors { code } } }`,
    { input: { idempotencyKey: `officers-${keys++}`, ...input } },
    { viewer, now: shanghaiInstant(day, '10:00:00') },
  );
  return data?.[name].case;
}

/** What an officer may try next; what may not be done then is refused, and that is all the same here. */
const OFFICERS_WAYS = {
  NOTHING: async () => {},
  ACCEPT: (id: string, version: number, day: string) => mutate(RECEIVER, day, 'acceptCase', { case: id, version }),
  REVIEW: (id: string, version: number, day: string) => mutate(DECIDER, day, 'startReview', { case: id, version }),
  OPINION: (id: string, _: number, day: string) => mutate(DECIDER, day, 'giveOpinion', { case: id, verdict: 'AGREE' }),
  PAUSE: (id: string, version: number, day: string) =>
    mutate(DECIDER, day, 'startSpecialProcedure', { case: id, version, reason: 'HEARING' }),
  GO_ON: (id: string, version: number, day: string) =>
    mutate(DECIDER, day, 'endSpecialProcedure', { case: id, version }),
  EXTEND: (id: string, version: number, day: string) =>
    mutate(DECIDER, day, 'extendDeadline', { case: id, version, by: 5 }),
  DECIDE: (id: string, version: number, day: string) =>
    mutate(DECIDER, day, 'decideCase', { case: id, version, approved: true }),
};
type Way = keyof typeof OFFICERS_WAYS;
const USUAL: readonly Way[] = ['ACCEPT', 'REVIEW'];
const ways = Object.keys(OFFICERS_WAYS) as Way[];

async function seen(id: string, day: string) {
  const now = new Date(`${day}T01:00:00.000Z`);
  const situation = await readSituation(system.table('talent'), id, { now, calendarOf: () => CALENDAR });
  if (!situation) throw new Error('the case is gone');
  const { course, limits } = situation.case;
  const clock = caseDeadlines(course, limits, day, CALENDAR);
  const missed = (['promisedBy', 'statutoryBy'] as const).flatMap((end) =>
    clock && day > clock[end] ? [`${clock.step} ${clock.startedOn} ${end}`] : [],
  );
  const noted = situation.notices
    .filter(({ kind }) => kind.endsWith('_MISSED'))
    .map(
      ({ kind, step, startedOn }) => `${step} ${startedOn} ${kind === 'PROMISE_MISSED' ? 'promisedBy' : 'statutoryBy'}`,
    );
  return { situation, missed, noted };
}

test('what is missed is marked, what is marked was missed, and what falls due next is what is found', async () => {
  const step = fc.record({ way: fc.constantFrom(...ways), days: fc.nat(7), runs: fc.integer({ min: 0, max: 2 }) });
  let people = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), fc.nat(1), async (steps, usual) => {
      const look = (day: string) => processDueDeadlines(system.table('talent'), shanghaiInstant(day, '10:00:00'));
      let day = FIRST_DAY;
      const bookmark = {
        ...talentKeys.deadlineBookmark(),
        doneUpTo: addDays(day, -1),
        calendars: new Set([CALENDAR.version]),
      };
      await system.write('talent', [bookmark as PrimaryKey]);
      const idNumber = syntheticResidentId('1988-02-03', 200 + people++);
      const applicant = { name: '张某某', idNumber, phone: '10012345678' };
      const opening = { caseType: PLAIN.id, zone: ZONE, applicant, relation: 'SELF' };
      const { id } = await mutate(APPLICANT, day, 'openCase', opening);
      await mutate(APPLICANT, day, 'submitCase', { case: id });
      const ever = new Set<string>();
      const before = usual ? USUAL.map((way) => ({ way, days: 0, runs: 0 })) : [];
      for (const { way, days, runs } of [...before, ...steps]) {
        day = addDays(day, days);
        const { situation, missed } = await seen(id, day);
        for (const end of missed) ever.add(end);
        await Promise.all([
          OFFICERS_WAYS[way](id, situation.case.course.version, day),
          ...Array.from({ length: runs }, () => look(day)),
        ]);
        for (const end of (await seen(id, day)).missed) ever.add(end);
      }
      expect((await look(day)).failed).toEqual([]);
      const { situation, missed, noted } = await seen(id, day);
      for (const end of missed) ever.add(end);
      expect(new Set(noted).size).toBe(noted.length);
      // A missed notice of what is missing is the acceptance itself.
      expect(noted).toEqual(expect.arrayContaining(missed));
      expect([...ever]).toEqual(expect.arrayContaining(noted));
      const due = dueOf(
        { case: situation.case, caseType: situation.caseType, recorded: situation.notices },
        day,
        CALENDAR,
      );
      expect([situation.due?.what, situation.due?.on]).toEqual([due?.what, due?.on]);
      expect(due?.on == null || due.on > day).toBe(true);
      // The next story's days are the same.
      await mutate(APPLICANT, day, 'withdrawCase', { case: id });
    }),
    { numRuns: 6, seed: 20260930 },
  );
});
