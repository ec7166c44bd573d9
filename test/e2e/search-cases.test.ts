import { DEFAULT_REVEAL_QUOTA } from '../../src/domain/access/reveal-quota.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { update } from '../../src/storage/dynamodb/write.ts';
import { personKeyKeys } from '../../src/storage/tables.ts';
import { applicantCaseItem, type caseItem } from '../../src/storage/talent/items.ts';
import { erasePerson } from '../../src/storage/talent/people/erase-person.ts';
import { indexPersons } from '../../src/storage/talent/people/index-persons.ts';
import { openPeople } from '../../src/storage/talent/people/people.ts';
import { writeRevealQuota } from '../../src/storage/talent/reveals/reveals.ts';
import { makeCase, ZONE } from '../fixtures/talent-cases.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** Officers find cases of their zone by an exact value of the applicant, which no stored item shows. */

let system: TestSystem;
let talent: Execute;

const LI = { name: '李小 明', idNumber: syntheticResidentId('1988-02-03', 1), phone: '10000000017' };
const NAMESAKE = { ...LI, idNumber: syntheticResidentId('1990-04-05', 2) };
const cases = ['li', 'namesake'].map((applicantId, i) =>
  makeCase(i + 1, 'UNDER_REVIEW', `2020-03-0${i + 2}T00:00:00.000Z`, { applicantId }),
);
const [ofLi, ofNamesake] = cases.map(({ id }) => id);
const PARK: Viewer = { kind: 'officer', person: 'officer-wu', agency: 'PARK', zone: ZONE, roles: ['REVEAL'] };

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  for (const { items } of cases) {
    await system.write('talent', [...items, applicantCaseItem(items[0] as ReturnType<typeof caseItem>)]);
  }
  const table = system.talentTable();
  for (const [person, values] of [
    ['li', LI],
    ['namesake', NAMESAKE],
  ] as const) {
    await transact(table, (await openPeople(table).seal(person, ZONE, values, NOW)).writes);
  }
});
afterAll(() => system.stop());

const SEARCH = `query ($by: CaseSearchInput!) {
  searchCases(by: $by) { cases { id } isComplete userErrors { code field message } }
}`;

async function search(by: object, viewer: Viewer = PARK) {
  const { data, errors } = await talent(SEARCH, { by: { purpose: 'CASE_HANDLING', ...by } }, { viewer, now: NOW });
  return errors ? { errors } : data.searchCases;
}
const found = async (by: object, viewer?: Viewer) =>
  (await search(by, viewer)).cases.map(({ id }: { readonly id: string }) => id);

test('an officer finds cases by name, by number and by receipt, whatever the width, case and blanks', async () => {
  expect(await found({ name: '李小明' })).toEqual([ofNamesake, ofLi]);
  expect(await found({ name: ' 李小　明 ' })).toEqual([ofNamesake, ofLi]);
  expect(await found({ idNumber: LI.idNumber.toLowerCase() })).toEqual([ofLi]);
  expect(await found({ receiptNumber: cases[0]?.receiptNumber })).toEqual([ofLi]);
  for (const name of ['李小', '李', '小明', LI.idNumber]) expect(await found({ name })).toEqual([]);
  expect(await found({ idNumber: LI.name })).toEqual([]);
});

test('only officers of the zone find them, with the role REVEAL, for a purpose that opens the value', async () => {
  const by = { name: LI.name };
  expect(await search(by, { ...PARK, roles: ['REVIEW', 'DECIDE'] })).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
  expect(await search(by, { kind: 'applicant', person: 'li' })).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
  expect(await found(by, { ...PARK, zone: 'zone_elsewhere' })).toEqual([]);
  expect(await found({ receiptNumber: cases[0]?.receiptNumber }, { ...PARK, zone: 'zone_elsewhere' })).toEqual([]);
  expect(await found({ ...by, purpose: 'OWN_DATA' })).toEqual([]);
  expect(await search({ ...by, idNumber: LI.idNumber })).toMatchObject({
    errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

test('a search is in the access log of each applicant that it found', async () => {
  const officer = { ...PARK, person: 'officer-logged' };
  await search({ name: LI.name, purpose: 'CASE_HANDLING' }, officer);
  const { data } = await talent(
    '{ myAccessLog { nodes { purpose cases { fullFields case { id } } } } }',
    {},
    { viewer: { kind: 'applicant', person: 'li' }, now: NOW },
  );
  expect(data.myAccessLog.nodes).toContainEqual({
    purpose: 'CASE_HANDLING',
    cases: [{ fullFields: ['Applicant.name'], case: { id: ofLi } }],
  });
});

test('where the access log cannot have the search, nothing is shown', async () => {
  const officer = { ...PARK, person: 'officer-unlogged' };
  for (const by of [{ name: LI.name }, { receiptNumber: cases[0]?.receiptNumber }]) {
    system.dynamo.throttle('Put', 1);
    expect(await search(by, officer)).toEqual({
      errors: [expect.objectContaining({ extensions: { code: 'ACCESS_NOT_RECORDED' } })],
    });
  }
});

test('a search that the store cannot count or read shows nothing', async () => {
  const officer = { ...PARK, person: 'officer-uncounted' };
  for (const command of ['Update', 'Query'] as const) {
    system.dynamo.throttle(command, 1);
    expect(await search({ name: LI.name }, officer)).toMatchObject({
      errors: [{ extensions: { code: 'STORE_UNAVAILABLE' } }],
    });
  }
});

test('each value counts once a day in the quota of reveals, found or not', async () => {
  const officer = { ...PARK, person: 'officer-curious' };
  await writeRevealQuota(system.table('talent'), ZONE, { ...DEFAULT_REVEAL_QUOTA, claimed: 2 });
  expect(await found({ name: '王五' }, officer)).toEqual([]);
  expect(await found({ name: LI.name }, officer)).toHaveLength(2);
  for (const by of [{ name: '赵六' }, { idNumber: LI.idNumber }, { receiptNumber: cases[0]?.receiptNumber }]) {
    expect(await search(by, officer)).toMatchObject({
      cases: [],
      isComplete: false,
      userErrors: [{ code: 'QUOTA_EXCEEDED', field: ['by'] }],
    });
  }
  expect(await found({ name: LI.name }, officer)).toHaveLength(2);
  await writeRevealQuota(system.table('talent'), ZONE, DEFAULT_REVEAL_QUOTA);
});

/** Returns all items of the table of persons' keys. */
async function keyItems() {
  const { Items = [] } = await system.connection.dynamo.send(
    new ScanCommand({ TableName: system.connection.tables.personKeys }),
  );
  return Items as readonly Record<string, unknown>[];
}

test('no item shows a searched value; who changes their name is found by the new one only', async () => {
  const text = JSON.stringify(await keyItems());
  for (const value of [LI.name, '李小明', LI.idNumber]) expect(text).not.toContain(value);
  const table = system.talentTable();
  const renamed = { ...NAMESAKE, name: '欧阳海' };
  await transact(table, (await openPeople(table).seal('namesake', ZONE, renamed, NOW)).writes);
  expect(await found({ name: '李小明' })).toEqual([ofLi]);
  expect(await found({ name: '欧阳海' })).toEqual([ofNamesake]);
});

test('persons whose data are older than the search are listed by the command, once', async () => {
  const table = system.talentTable();
  const key = personKeyKeys.person('li');
  const entries = (await keyItems()).filter(({ type, personId }) => type === 'SearchEntry' && personId === 'li');
  expect(entries).toHaveLength(2);
  await transact(table.keys, [update<never>(key, { remove: ['searched'] })]);
  expect(await indexPersons(table, NOW)).toBe(1);
  expect(await indexPersons(table, NOW)).toBe(0);
  expect(await found({ idNumber: LI.idNumber })).toEqual([ofLi]);
  // A transfer that was interrupted before the person was listed in the new zone.
  const passedOn = makeCase(9, 'UNDER_REVIEW', '2020-03-09T00:00:00.000Z', { applicantId: 'li', zoneId: 'zone_baodi' });
  await system.write('talent', [
    ...passedOn.items,
    applicantCaseItem(passedOn.items[0] as ReturnType<typeof caseItem>),
  ]);
  const inBaodi = { ...PARK, zone: 'zone_baodi' };
  expect(await found({ idNumber: LI.idNumber }, inBaodi)).toEqual([]);
  expect(await indexPersons(table, NOW)).toBe(1);
  expect(await found({ idNumber: LI.idNumber }, inBaodi)).toEqual([passedOn.id]);
});

test('who is erased is found no more, and leaves no entry', async () => {
  await erasePerson(system.talentTable(), 'li', NOW);
  expect(await found({ name: '李小明' })).toEqual([]);
  expect((await keyItems()).filter(({ type, personId }) => type === 'SearchEntry' && personId === 'li')).toEqual([]);
});
