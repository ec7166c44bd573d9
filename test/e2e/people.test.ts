import { type IdentityFacts, UNVERIFIED } from '../../src/domain/people/identity.ts';
import { maskPerson, type Person } from '../../src/domain/people/person.ts';
import { ANONYMOUS } from '../../src/domain/viewer.ts';
import { STALE, transact } from '../../src/storage/dynamodb/transaction.ts';
import { update } from '../../src/storage/dynamodb/write.ts';
import { createKeyring } from '../../src/storage/person-keys/keyring.ts';
import { localMasterKeys } from '../../src/storage/person-keys/local-master-keys.ts';
import { openPeople, type People } from '../../src/storage/talent/people/people.ts';
import { openTalentStore } from '../../src/storage/talent/store.ts';
import { type MasterKeyCall, recordingMasterKeys } from '../fixtures/recording-master-keys.ts';
import { APPLICANT, makeCase, PARK, ZONE } from '../fixtures/talent-cases.ts';
import { NOW, startTestSystem, type TestSystem } from '../harness.ts';

let system: TestSystem;
let masters: { calls: MasterKeyCall[] };
let clock = 0;

beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());

/** As a process that has just started, or as the same one at another instant. */
function freshProcess(): { table: () => ReturnType<TestSystem['talentTable']>; people: () => People } {
  const recorded = recordingMasterKeys();
  masters = recorded;
  const keyring = createKeyring(recorded, () => clock);
  const table = () => ({ ...system.talentTable(), keyring });
  return { table, people: () => openPeople(table()) };
}

const { table, people } = freshProcess();

/** Of region 999999, and with the right check character or not: nobody's. */
const person = (number: number): Person => ({
  name: '张某',
  idNumber: `99999919900115${String(number).padStart(4, '0')}`,
  phone: `1000000${String(number).padStart(4, '0')}`,
});

/** Verified, unless the story says otherwise: by a number that is only typed nobody is found. */
const VERIFIED: IdentityFacts = { number: 1, verifiedBy: 'OFFICER', verifiedAt: NOW.toISOString() };

async function keep(personId: string, of: Person, zoneId = ZONE, identity = VERIFIED) {
  const { masked, writes } = await people().seal(personId, zoneId, of, NOW, { identity, seen: undefined });
  return { masked, outcome: await transact(table(), writes) };
}

test('a person is kept in masked forms and encrypted, and read whole field by field', async () => {
  const { masked, outcome } = await keep('p-1', person(1));
  expect(outcome).toEqual({ committed: true });
  expect(masked).toEqual({ name: '张*', idNumber: '999***********0001', phone: '100****0001' });
  expect(await people().byId.load('p-1')).toEqual({ personId: 'p-1', masked });
  for (const field of ['name', 'idNumber', 'phone'] as const) {
    expect(await people().open('p-1', field)).toBe(person(1)[field]);
  }
  expect(await people().open('nobody', 'name')).toBeNull();
  expect(await people().byId.load('nobody')).toBeNull();
});

test('what is kept of a person may change, and is found by the new identity number only', async () => {
  await keep('p-2', person(2));
  const { outcome } = await keep('p-2', person(3));
  expect(outcome).toEqual({ committed: true });
  expect(await people().open('p-2', 'phone')).toBe(person(3).phone);
  expect(await people().accountsOf(ZONE, person(3).idNumber)).toEqual(['p-2']);
  expect(await people().accountsOf(ZONE, person(2).idNumber)).toEqual([]);
  // In another zone only since they applied there, too.
  expect(await people().accountsOf('zone_baodi', person(3).idNumber)).toEqual([]);
  await keep('p-2', person(3), 'zone_baodi');
  expect(await people().accountsOf('zone_baodi', person(3).idNumber)).toEqual(['p-2']);
  expect(await people().open('p-2', 'name')).toBe(person(3).name);
});

test('a number that is only typed finds nobody, and a verified one all accounts that have it', async () => {
  await keep('p-4', person(4), ZONE, UNVERIFIED);
  expect(await people().accountsOf(ZONE, person(4).idNumber)).toEqual([]);
  expect(await people().open('p-4', 'idNumber')).toBe(person(4).idNumber);
  for (const account of ['p-4', 'p-5']) expect((await keep(account, person(4))).outcome).toEqual({ committed: true });
  expect(await people().accountsOf(ZONE, person(4).idNumber)).toEqual(['p-4', 'p-5']);
});

test('of two who keep the same person at once, one begins anew', async () => {
  const [one, other] = await Promise.all([
    people().seal('p-6', ZONE, person(6), NOW),
    people().seal('p-6', ZONE, person(7), NOW),
  ]);
  expect(await transact(table(), one.writes)).toEqual({ committed: true });
  const outcome = await transact(table(), other.writes);
  const refusals = outcome.committed ? [] : outcome.refusals.map(({ refusal }) => refusal);
  expect(new Set(refusals)).toEqual(new Set([STALE]));
  expect(await people().accountsOf(ZONE, person(7).idNumber)).toEqual([]);
});

test('a sealed field opens in its own item and as itself only', async () => {
  await keep('p-8', person(8));
  await keep('p-9', person(9));
  const key = { pk: 'case_1', sk: 'DOCUMENT#degree' };
  const sealed = await people().sealInto('p-8', key, { school: '示例大学', major: '示例专业' });
  const item = { ...key, sealed: sealed! };
  expect(await people().openFrom('p-8', item, 'school')).toBe('示例大学');
  const refused = expect.objectContaining({ code: 'PERSONAL_DATA_UNAVAILABLE' });
  await expect(people().openFrom('p-9', item, 'school')).rejects.toEqual(refused);
  await expect(people().openFrom('p-8', { ...item, pk: 'case_2' }, 'school')).rejects.toEqual(refused);
  const swapped = { ...item, sealed: { school: item.sealed.major, major: item.sealed.school } };
  await expect(people().openFrom('p-8', swapped, 'school')).rejects.toEqual(refused);
  expect(await people().sealInto('nobody', key, { school: 'x' })).toBeNull();
  // Stored under another person, it opens for neither.
  const { sealed: of9 } = (await system.connection.dynamo.send(await getPerson('p-9'))).Item as { sealed: unknown };
  await transact(table(), [update({ pk: 'PERSON#p-8', sk: 'PERSON' }, { set: { sealed: of9 } })]);
  await expect(people().open('p-8', 'name')).rejects.toEqual(refused);
});

async function getPerson(personId: string) {
  const { GetCommand } = await import('../../src/storage/dynamodb/client/dynamo.ts');
  return new GetCommand({ TableName: table().name, Key: { pk: `PERSON#${personId}`, sk: 'PERSON' } });
}

test('a child has a record and a key of its own beside its guardian, and no masked form', async () => {
  const names = { guardianId: 'p-1', childId: 'child-1', zoneId: ZONE };
  const child = { name: '张某某', birthDate: '2018-06-01' };
  const consent = { givenAt: NOW.toISOString(), textVersion: 'consent-1' };
  const writes = () => people().sealChild(names, child, consent, NOW);
  const twin = await writes();
  expect(await transact(table(), await writes())).toEqual({ committed: true });
  expect(await transact(table(), twin)).toMatchObject({ committed: false });
  expect(await people().openChild('p-1', 'child-1')).toEqual(child);
  expect(await people().openChild('p-2', 'child-1')).toBeNull();
  expect(await people().byId.load('child-1')).toBeNull();
});

test('fifty people cost the master key one call, and five minutes later another', async () => {
  const made = await Promise.all(
    Array.from({ length: 50 }, (_, i) => people().seal(`many-${i}`, 'zone_eco-city', person(100 + i), NOW)),
  );
  for (const { writes } of made) await transact(table(), writes);
  const started = freshProcess();
  const opened = started.people();
  const read = async () => Promise.all(made.map((_, i) => opened.open(`many-${i}`, 'phone')));
  const calls = await system.dynamo.during(async () => {
    expect(await read()).toEqual(made.map((_, i) => person(100 + i).phone));
  });
  expect(masters.calls).toEqual([{ call: 'unwrap', zoneId: 'zone_eco-city', use: 'PERSON_KEYS', version: 1 }]);
  // The records, the persons' keys, the zone's.
  expect(calls.map(({ command }) => command).sort()).toEqual(['BatchGet', 'BatchGet', 'Get']);
  clock += 5 * 60_000 - 1;
  await started.people().open('many-7', 'name');
  expect(masters.calls).toHaveLength(1);
  clock += 1;
  await started.people().open('many-7', 'name');
  expect(masters.calls).toHaveLength(2);
});

test('whose an identity number is, is one Query', async () => {
  const started = freshProcess();
  await started.people().accountsOf(ZONE, 'nobody’s');
  const calls = await system.dynamo.during(async () => {
    expect(await started.people().accountsOf(ZONE, ` ${person(1).idNumber} `)).toEqual(['p-1']);
  });
  expect(calls.map(({ command }) => command)).toEqual(['Query']);
});

test('a list of cases and of people asks no key for anything', async () => {
  const made = makeCase(1, 'UNDER_REVIEW', '2020-03-09T00:00:00.000Z');
  await system.write('talent', made.items);
  const started = freshProcess();
  const store = openTalentStore({
    table: started.table(),
    accessor: { viewer: ANONYMOUS, now: NOW, requestId: 'r', purpose: null },
  });
  const { nodes } = await store.cases.listOfPark({ zone: 'zone_teda', park: PARK }, null, { first: 10, after: null });
  expect(nodes.map(({ applicantId }) => applicantId)).toEqual([APPLICANT]);
  const calls = await system.dynamo.during(async () => {
    const masked = await store.people.byId.loadMany(Array.from({ length: 50 }, (_, i) => `many-${i}`));
    expect(masked.map((each) => each?.masked)).toEqual(masked.map((_, i) => maskPerson(person(100 + i))));
  });
  expect(masters.calls).toEqual([]);
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet']);
  expect(JSON.stringify(calls)).not.toContain(table().keys.name);
});

test('where the master key can’t be had, nothing is shown and nothing said', async () => {
  const keyring = createKeyring(localMasterKeys('of another machine'));
  const elsewhere = openPeople({ ...system.talentTable(), keyring });
  await expect(elsewhere.open('p-1', 'name')).rejects.toMatchObject({ code: 'PERSONAL_DATA_UNAVAILABLE', details: {} });
  expect(await elsewhere.byId.load('p-1')).not.toBeNull();
});
