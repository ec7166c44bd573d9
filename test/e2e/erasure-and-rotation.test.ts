import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../../src/domain/people/person.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { commitOnce, type InputHash, onceKey } from '../../src/storage/dynamodb/idempotency.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { update } from '../../src/storage/dynamodb/write.ts';
import type { PersonKeysItem } from '../../src/storage/person-keys/items.ts';
import { createKeyring } from '../../src/storage/person-keys/keyring.ts';
import { rotateZone } from '../../src/storage/person-keys/rotate-zone.ts';
import { type PrimaryKey, personKeyKeys, talentKeys } from '../../src/storage/tables.ts';
import { documentVersionItem } from '../../src/storage/talent/documents/items.ts';
import { applicantCaseItem, caseItem } from '../../src/storage/talent/items.ts';
import { erasePerson, isKnown, reapplyErasures } from '../../src/storage/talent/people/erase-person.ts';
import type { SealedFields } from '../../src/storage/talent/people/items.ts';
import { openPeople, type StatedNumber } from '../../src/storage/talent/people/people.ts';
import { reencryptPerson } from '../../src/storage/talent/people/reencrypt-person.ts';
import { openTalentTable } from '../../src/storage/talent/people/sealing.ts';
import { recordingMasterKeys } from '../fixtures/recording-master-keys.ts';
import { makeCase, ZONE } from '../fixtures/talent-cases.ts';
import { NOW, startTestSystem, type TestSystem } from '../harness.ts';

let system: TestSystem;
const masters = recordingMasterKeys();

beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());

const viewerOf = (person: string) => ({ kind: 'applicant', person }) as const;
const table = (person = 'somebody') =>
  openTalentTable(system.table('talent', { viewer: viewerOf(person) }), {
    tables: system.connection.tables,
    keyring: createKeyring(masters),
    uploads: system.uploads,
  });
const people = () => openPeople(table());

/** Nobody's: texts that stand nowhere else in the tables. */
const person = (number: number): Person => ({
  name: `${String.fromCodePoint(0x4e10 + number)}丁${String.fromCodePoint(0x5e10 + number)}`,
  idNumber: `99999919900115${4_000 + number}`,
  phone: `1007777${String(number).padStart(4, '0')}`,
});
const CHILD = { name: '丙丁戊', birthDate: '2018-07-09' };

const VERIFIED: StatedNumber = {
  identity: { number: 1, verifiedBy: 'OFFICER', verifiedAt: NOW.toISOString() },
  seen: undefined,
};

/** A person with a child, a case whose document was read, and a mutation that was answered. */
async function keepWhole(personId: string, number: number) {
  const { masked, writes, into } = await people().seal(personId, ZONE, person(number), NOW, VERIFIED);
  const made = makeCase(number, 'UNDER_REVIEW', '2020-03-09T00:00:00.000Z', { applicantId: personId });
  const [head, ...rest] = made.items as [ReturnType<typeof caseItem>, ...PrimaryKey[]];
  const outcome = {
    kind: 'HukouPermit',
    permitNumber: `P-${personId}`,
    documentSha256: 'ab'.repeat(32),
    validTo: null,
  } as const;
  const of = caseItem({ ...head, applicant: masked, outcome });
  const names = { guardianId: personId, childId: `child-of-${personId}`, zoneId: ZONE };
  const consent = { givenAt: NOW.toISOString(), textVersion: '1' };
  await transact(table(), [...writes, ...(await people().sealChild(names, CHILD, consent, NOW))]);
  await system.write('talent', [of, ...rest, applicantCaseItem(of)]);
  const document = rest.find(({ sk }) => sk.startsWith('DOCUMENT#'))!;
  await transact(table(), [
    update(document, { set: { sealed: into(document, { read: `读出 ${person(number).name}` }) } }),
  ]);
  const call = { mutation: 'openCase', key: `key-of-${personId}`, input: person(number), now: NOW };
  expect(await commitOnce(table(personId), call, [made.id], [])).toEqual({ committed: true });
  const record = await readItem<PrimaryKey & { input: InputHash }>(table(), onceKey(table(personId), call));
  return { id: made.id, masked, call, input: record!.input, document };
}

async function allItems(): Promise<string> {
  const found: unknown[] = [];
  for (const name of Object.values(system.connection.tables)) {
    const { Items, LastEvaluatedKey } = await system.connection.dynamo.send(new ScanCommand({ TableName: name }));
    expect(LastEvaluatedKey).toBeUndefined();
    found.push(...(Items ?? []));
  }
  return JSON.stringify(found);
}

/** A text in the forms in which somebody would look for it. */
const formsOf = (text: string) => {
  const bytes = Buffer.from(text);
  return [text, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), bytes.toString('hex')];
};
const foundIn = (items: string, texts: readonly string[]) =>
  texts.filter((text) => formsOf(text).some((form) => items.includes(form)));

const CASE = '{ case(id: "$id") { id state applicant { name } beneficiary { relation } outcome { __typename } } }';

test('after an erasure nothing of the person is anywhere, and a restore brings nothing back that could be read', async () => {
  const kept = await keepWhole('p-erased', 1);
  await keepWhole('p-stays', 2);
  const { hash } = await lookUpOf(person(1).idNumber);
  const whole = [...Object.values(person(1)), ...Object.values(CHILD)];
  const traces = [
    kept.masked.name,
    kept.masked.idNumber,
    kept.masked.phone,
    hash,
    kept.input.hash,
    kept.call.key,
    'P-p-erased',
  ];
  expect(kept.input.key).toEqual({ person: 'p-erased', version: 1 });
  const before = await allItems();
  // What is looked for can be found, but nothing is whole anywhere.
  expect(foundIn(before, traces)).toEqual(traces);
  expect(foundIn(before, whole)).toEqual([]);
  const backup = await talentItems();

  expect(await erasePerson(table(), 'p-erased', NOW)).toEqual({ children: 1, cases: 1, answers: 1, entries: 0 });
  const after = await allItems();
  expect(foundIn(after, [...whole, ...traces])).toEqual([]);
  expect(await people().open('p-erased', 'name')).toBeNull();
  expect(await people().accountsOf(ZONE, person(1).idNumber)).toEqual([]);
  const talent = system.serve('talent', createTalentSubgraph);
  const { data } = await talent(CASE.replace('$id', kept.id), {}, { viewer: viewerOf('p-erased') });
  expect(data.case).toMatchObject({ id: kept.id, applicant: null, outcome: { __typename: 'HukouPermit' } });
  // Others are as they were, and the same again changes nothing.
  expect(await people().open('p-stays', 'idNumber')).toBe(person(2).idNumber);
  expect(await erasePerson(table(), 'p-erased', NOW)).toEqual({ children: 0, cases: 1, answers: 0, entries: 0 });

  // The talent table as it was before, and the keys as they are now: the hash of what was sent is there, its key is not.
  await system.write('talent', backup);
  expect(await table().inputKeys.named(kept.input.key)).toBeNull();
  const restored = await allItems();
  expect(foundIn(restored, whole)).toEqual([]);
  expect(await people().open('p-erased', 'idNumber')).toBeNull();
  expect(await people().openChild('p-erased', 'child-of-p-erased')).toBeNull();
  const document = JSON.parse(restored).find((item: PrimaryKey) => item.pk === kept.id && item.sk === kept.document.sk);
  expect(await people().openFrom('p-erased', document, 'read')).toBeNull();
  expect(await reapplyErasures(table())).toBe(2);
  expect(foundIn(await allItems(), [...whole, ...traces])).toEqual([]);
  expect(await people().open('p-stays', 'phone')).toBe(person(2).phone);
});

async function talentItems(): Promise<PrimaryKey[]> {
  const { Items } = await system.connection.dynamo.send(new ScanCommand({ TableName: table().name }));
  return Items as PrimaryKey[];
}

async function lookUpOf(idNumber: string) {
  const { readZoneKeys } = await import('../../src/storage/person-keys/zone-keys.ts');
  const { keys, keyring } = table();
  return (await readZoneKeys(keys, keyring, ZONE))!.lookUp(idNumber);
}

test('a case of more files than a transaction has writes is cleared too', async () => {
  const kept = await keepWhole('p-many-files', 7);
  const { into } = await people().seal('p-many-files', ZONE, person(7), NOW);
  const versions = Array.from({ length: 120 }, (_, i) => {
    const facts = { code: 'degree', version: i + 1, uploadId: `upload_${i}`, mediaType: 'image/png', size: 1 } as const;
    const key = talentKeys.documentVersion(kept.id, 'degree', i + 1);
    const sealed = into(key, { fileName: person(7).name });
    return documentVersionItem(kept.id, { ...facts, sha256: 'ab'.repeat(32), receivedAt: NOW.toISOString(), sealed });
  });
  await system.write('talent', versions);
  expect(await erasePerson(table(), 'p-many-files', NOW)).toMatchObject({ cases: 1 });
  const left = (await talentItems()).filter(({ pk }) => pk === kept.id) as { sealed?: object | null; sk: string }[];
  expect(left.filter(({ sealed }) => sealed)).toEqual([]);
  expect(left.filter(({ sk }) => sk.startsWith('FILE#'))).toHaveLength(120);
});

test('of whom nothing was ever kept is known beforehand, so that a slip of the name is no erasure', async () => {
  expect(await Promise.all(['p-erased', 'p-stays', 'p-slip'].map((name) => isKnown(table(), name)))).toEqual([
    true,
    true,
    false,
  ]);
});

test('who was erased may come again, and stays when erasures are applied again', async () => {
  const later = new Date(NOW.getTime() + 1_000);
  const { writes } = await people().seal('p-erased', ZONE, person(3), later);
  expect(await transact(table(), writes)).toEqual({ committed: true });
  await reapplyErasures(table());
  expect(await people().open('p-erased', 'phone')).toBe(person(3).phone);
});

test('a person gets another key, and all that is kept of them is read by it only', async () => {
  const { document } = await keepWhole('p-leaked', 5);
  const before = await keysItem('p-leaked');
  // The record, the document that was read, and the child's.
  expect(await reencryptPerson(table(), 'p-leaked', 0)).toBe(3);
  const after = await keysItem('p-leaked');
  expect([Object.keys(before.keys), Object.keys(after.keys)]).toEqual([['1'], ['2']]);
  expect(await people().open('p-leaked', 'name')).toBe(person(5).name);
  expect(await people().openChild('p-leaked', 'child-of-p-leaked')).toEqual(CHILD);
  const stored = (await talentItems()).find(({ pk, sk }) => pk === document.pk && sk === document.sk);
  const holder = stored as PrimaryKey & { sealed: SealedFields<'read'> };
  expect(holder.sealed.read.key).toBe(2);
  expect(await people().openFrom('p-leaked', holder, 'read')).toContain(person(5).name);
  await expect(reencryptPerson(table(), 'nobody', 0)).rejects.toMatchObject({ code: 'CONFIGURATION' });
});

test('cut short in the middle, it goes on, and everything stays readable', async () => {
  const { keys } = table();
  const cut = new AbortController();
  const short = { ...table(), signal: cut.signal, keys: { ...keys, signal: cut.signal } };
  // It ends while it waits, with both keys there.
  const first = reencryptPerson(short, 'p-leaked', 60_000);
  while (Object.keys((await keysItem('child-of-p-leaked')).keys).length < 2) await sleep(20);
  cut.abort();
  await expect(first).rejects.toThrow();
  expect(await people().open('p-leaked', 'phone')).toBe(person(5).phone);
  expect(await reencryptPerson(table(), 'p-leaked', 0)).toBe(3);
  expect(Object.keys((await keysItem('p-leaked')).keys)).toEqual(['3']);
  expect(await people().open('p-leaked', 'phone')).toBe(person(5).phone);
});

async function keysItem(personId: string) {
  return (await readItem<PersonKeysItem>(table().keys, personKeyKeys.person(personId), { consistent: true }))!;
}

const ROTATED = 'zone_baodi';
const MANY = 12;

test('a rotation that is cut short goes on where it was, and everybody stays readable at each moment', async () => {
  for (let i = 0; i < MANY; i++) {
    const { writes } = await people().seal(`turn-${i}`, ROTATED, person(100 + i), NOW, VERIFIED);
    await transact(table(), writes);
  }
  const readAll = async () => {
    const at = people();
    return Promise.all(Array.from({ length: MANY }, (_, i) => at.open(`turn-${i}`, 'phone')));
  };
  const phones = Array.from({ length: MANY }, (_, i) => person(100 + i).phone);
  const { keys, keyring } = table();
  const rotate = (onRewrapped?: (count: number) => void) =>
    rotateZone(keys, keyring, ROTATED, { settledMs: 0, ...(onRewrapped ? { onRewrapped } : {}) });
  const cut = (count: number) => {
    if (count === 5) throw new Error('cut short');
  };
  await expect(rotate(cut)).rejects.toThrow('cut short');
  expect(await readAll()).toEqual(phones);
  expect(await rotate()).toEqual({ version: 2, rewrapped: MANY - 5 });
  expect(await readAll()).toEqual(phones);
  // The key before is gone, of the look-up nothing has changed, and another zone's keys are as they were.
  const zone = await zoneItem(ROTATED);
  expect(zone).toMatchObject({ current: 2, keys: { 2: expect.any(String) } });
  expect(Object.keys(zone.keys)).toEqual(['2']);
  expect(await people().accountsOf(ROTATED, person(100).idNumber)).toEqual(['turn-0']);
  expect(await zoneItem(ZONE)).toMatchObject({ current: 1 });
  expect(await rotate()).toEqual({ version: 3, rewrapped: MANY });
  expect(await readAll()).toEqual(phones);
});

test('of two rotations of a zone at once, one is told so, and nobody is lost', async () => {
  const { keys, keyring } = table();
  const both = await Promise.allSettled([1, 2].map(() => rotateZone(keys, keyring, ROTATED, { settledMs: 0 })));
  const refused = both.filter(({ status }) => status === 'rejected');
  for (const each of refused) expect(each).toMatchObject({ reason: { code: 'CONFLICT' } });
  expect(refused.length).toBeLessThan(2);
  expect(await people().open('turn-3', 'idNumber')).toBe(person(103).idNumber);
});

async function zoneItem(zoneId: string) {
  const item = await readItem<PrimaryKey & { keys: Record<string, string> }>(table().keys, { pk: zoneId, sk: 'KEYS' });
  return item!;
}
