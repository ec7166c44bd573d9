import { execFile } from 'node:child_process';
import { mock } from 'node:test';
import { promisify } from 'node:util';
import { DEFAULT_REVEAL_QUOTA } from '../../src/domain/access/reveal-quota.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { type LogFields, log } from '../../src/log.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { workItem } from '../../src/storage/talent/items.ts';
import { openPeople } from '../../src/storage/talent/people/people.ts';
import { writeRevealQuota } from '../../src/storage/talent/reveals/reveals.ts';
import { makeCase, ZONE } from '../fixtures/talent-cases.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** Officers open values of persons in cases that they have claimed, or for an emergency, and of so many persons a day. */

const QUOTA = { claimed: 4, unclaimed: 2 };
const PERSONS = 8;
const LI = 'officer-li';

let system: TestSystem;
let talent: Execute;
let events: Record<string, unknown>[] = [];
let officers = 0;
/** Each story has an officer of its own, who has claimed the first six cases. */
let officer: Viewer;

const cases = Array.from({ length: PERSONS }, (_, i) =>
  makeCase(i + 1, 'UNDER_REVIEW', '2020-03-09T00:00:00.000Z', { applicantId: `person-${i}` }),
);
const idOf = (i: number) => cases[i]?.id ?? '';

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write(
    'talent',
    cases.flatMap(({ items }) => items),
  );
  const table = system.talentTable();
  for (let i = 0; i < PERSONS; i++) {
    const values = { name: `张${i}`, idNumber: syntheticResidentId('1988-02-03', i), phone: '10000000017' };
    const { writes } = await openPeople(table).seal(`person-${i}`, ZONE, values, NOW);
    await transact(table, writes);
  }
  await writeRevealQuota(system.table('talent'), ZONE, QUOTA);
  for (const level of ['info', 'warn'] as const) {
    mock.method(log, level, (_: string, fields: LogFields = {}) => {
      if ('_aws' in fields) events.push(fields);
    });
  }
});
afterAll(async () => {
  mock.restoreAll();
  await system.stop();
});
beforeEach(async () => {
  const person = `${LI}-${officers++}`;
  officer = { kind: 'officer', person, agency: 'HRSS', zone: ZONE, roles: ['REVIEW', 'REVEAL'] };
  const work = { zoneId: ZONE, agency: 'HRSS', state: 'UNDER_REVIEW', dueOn: null, calendarVersion: null } as const;
  await system.write(
    'talent',
    cases.map(({ id }, i) => workItem({ ...work, caseId: id }, i < 6 ? { by: person, at: NOW.toISOString() } : null)),
  );
  events = [];
});

const REVEAL = `mutation ($input: RevealFieldInput!) {
  revealField(input: $input) { value userErrors { code field message } }
}`;

async function reveal(i: number, { emergency = null, viewer = officer, now = NOW, field = 'NAME' }: Options = {}) {
  const input = { case: idOf(i), field, purpose: 'CASE_HANDLING', emergency };
  const { data, errors } = await talent(REVEAL, { input }, { viewer, now });
  expect(errors).toBeUndefined();
  return data.revealField as { value: string | null; userErrors: { code: string; field: string[] | null }[] };
}
interface Options {
  readonly emergency?: string | null;
  readonly viewer?: Viewer;
  readonly now?: Date;
  readonly field?: string;
}
const codes = (answers: readonly Awaited<ReturnType<typeof reveal>>[]) =>
  answers.map(({ value, userErrors }) => (value === null ? userErrors[0]?.code : 'SHOWN'));
const kinds = () => events.map(({ kind }) => kind);

test('a case that the officer has not claimed opens nothing, and its refusal is noticed', async () => {
  const refused = await reveal(6);
  expect(refused).toMatchObject({ value: null, userErrors: [{ code: 'NOT_ALLOWED', field: ['case'] }] });
  const colleague: Viewer = { ...officer, person: 'officer-wang' } as Viewer;
  expect(codes([await reveal(0, { viewer: colleague })])).toEqual(['NOT_ALLOWED']);
  expect(events).toMatchObject([
    { kind: 'ACCESS_DENIED', mutation: 'revealField', rules: ['NOT_CLAIMED'] },
    { kind: 'ACCESS_DENIED', mutation: 'revealField', rules: ['NOT_CLAIMED'] },
  ]);
});

test('an officer without the role REVEAL opens nothing', async () => {
  const viewer = { ...officer, roles: ['RECEIVE', 'REVIEW', 'DECIDE'] } as Viewer;
  const input = { case: idOf(0), field: 'NAME', purpose: 'CASE_HANDLING', emergency: 'PUBLIC_HEALTH_EMERGENCY' };
  const { data, errors } = await talent(REVEAL, { input }, { viewer });
  expect([data?.revealField ?? null, errors]).toMatchObject([null, [{ extensions: { code: 'FORBIDDEN' } }]]);
});

test('an emergency opens an unclaimed case, and alarms', async () => {
  expect(await reveal(6, { emergency: 'DANGER_TO_LIFE_OR_HEALTH' })).toEqual({ value: '张6', userErrors: [] });
  expect(events).toMatchObject([
    { kind: 'EMERGENCY_REVEAL', reason: 'DANGER_TO_LIFE_OR_HEALTH', viewer: 'officer', zone: ZONE, isClaimed: false },
  ]);
  expect(await reveal(0, { emergency: 'DANGER_TO_LIFE_OR_HEALTH' })).toHaveProperty('value', '张0');
  expect(kinds()).toEqual(['EMERGENCY_REVEAL', 'DATA_REVEALED']);
});

test('the quota counts persons: the same person again on that day is free', async () => {
  for (let i = 0; i < QUOTA.claimed; i++) expect(await reveal(i)).toHaveProperty('value', `张${i}`);
  expect(codes([await reveal(QUOTA.claimed), await reveal(0, { field: 'PHONE' }), await reveal(5)])).toEqual([
    'QUOTA_EXCEEDED',
    'SHOWN',
    'QUOTA_EXCEEDED',
  ]);
  expect(events.filter(({ kind }) => kind === 'REVEAL_QUOTA_EXCEEDED')).toMatchObject([
    { mutation: 'revealField', limit: QUOTA.claimed, isClaimed: true },
    { mutation: 'revealField', limit: QUOTA.claimed, isClaimed: true },
  ]);
  // No ACCESS_DENIED beside it.
  expect(new Set(kinds())).toEqual(new Set(['DATA_REVEALED', 'REVEAL_QUOTA_EXCEEDED']));
});

test('emergencies have a quota of their own, from which persons of claimed cases are free', async () => {
  const emergency = 'PUBLIC_HEALTH_EMERGENCY';
  expect(codes([await reveal(6, { emergency }), await reveal(7, { emergency })])).toEqual(['SHOWN', 'SHOWN']);
  await reveal(0);
  await system.write('talent', [
    workItem({
      caseId: idOf(0),
      zoneId: ZONE,
      agency: 'HRSS',
      state: 'UNDER_REVIEW',
      dueOn: null,
      calendarVersion: null,
    }),
    workItem({
      caseId: idOf(1),
      zoneId: ZONE,
      agency: 'HRSS',
      state: 'UNDER_REVIEW',
      dueOn: null,
      calendarVersion: null,
    }),
  ]);
  expect(codes([await reveal(0, { emergency }), await reveal(1, { emergency })])).toEqual(['SHOWN', 'QUOTA_EXCEEDED']);
});

test('reveals at once can not pass the quota', async () => {
  const answers = await Promise.all(Array.from({ length: 36 }, (_, i) => reveal(i % 6)));
  const shown = new Set(answers.flatMap(({ value }) => value ?? []));
  expect(shown.size).toBe(QUOTA.claimed);
  expect(codes(answers).filter((code) => code === 'SHOWN')).toHaveLength(QUOTA.claimed * 6);
});

test('the day is Shanghai’s, and another agency of the same officer has no quota of its own', async () => {
  const lateEvening = new Date('2020-03-17T15:59:59.000Z');
  const midnight = new Date('2020-03-17T16:00:00.000Z');
  for (let i = 0; i < QUOTA.claimed; i++) await reveal(i, { now: lateEvening });
  expect(codes([await reveal(4, { now: lateEvening }), await reveal(4, { now: midnight })])).toEqual([
    'QUOTA_EXCEEDED',
    'SHOWN',
  ]);
  const emergency = 'COURT_OR_POLICE_ORDER';
  await reveal(6, { now: midnight, emergency });
  await reveal(7, { now: midnight, emergency });
  const elsewhere = { ...officer, agency: 'PSB' } as Viewer;
  expect(codes([await reveal(5, { now: midnight, viewer: elsewhere, emergency })])).toEqual(['QUOTA_EXCEEDED']);
});

test('a zone without a quota of its own has the usual one, and none of it is a person’s name at rest', async () => {
  expect(DEFAULT_REVEAL_QUOTA).toEqual({ claimed: 200, unclaimed: 30 });
  await reveal(0);
  const { Items = [] } = await system.connection.dynamo.send(
    new ScanCommand({ TableName: system.connection.tables.talent }),
  );
  const kept = Items.filter(({ type }) => type === 'Reveals');
  expect(kept.length).toBeGreaterThan(0);
  const text = JSON.stringify(kept.map((item) => ({ ...item, claimed: [...(item.claimed ?? [])] })));
  expect(text).not.toMatch(/person-|officer-/);
  expect(kept[0]?.ttl).toBeGreaterThan(NOW.getTime() / 1_000);
});

test('an administrator changes a zone’s quota by a command', async () => {
  const run = (...options: string[]) =>
    promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'src/cli/reveals.ts', 'quota', '--zone', ZONE, ...options],
      { env: { ...process.env, DYNAMODB_ENDPOINT: system.endpoint, BRIDGEHEAD_MODE: 'local' } },
    );
  await expect(run('--claimed', 'many')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/up to 2000/),
  });
  const { stdout } = await run('--claimed', '1');
  expect(stdout).toBe(`${ZONE}: 1 persons in claimed cases and ${QUOTA.unclaimed} outside, a day and officer.\n`);
  expect(codes([await reveal(0), await reveal(1)])).toEqual(['SHOWN', 'QUOTA_EXCEEDED']);
});
