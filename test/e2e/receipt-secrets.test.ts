import { caseTokens } from '../../src/auth/case-token.ts';
import { openCase } from '../../src/auth/open-case.ts';
import { SignInMemory } from '../../src/auth/sign-in-memory.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { erasePerson } from '../../src/storage/talent/people/erase-person.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { CURSOR_SECRET, type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** What an applicant gets with a receipt number, and the list of what is theirs. */

let system: TestSystem;
let talent: Execute;
const tokens = caseTokens('a secret that only signs tokens of this test');

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', caseTypeItems(TALENT_APARTMENT));
});
afterAll(() => system.stop());

const applicant = (person: string): Viewer => ({ kind: 'applicant', person });
let keys = 0;
const newKey = () => `secret-step-${keys++}`;

async function open(person: string, number: number, idempotencyKey = newKey(), now = NOW) {
  const stated = { name: '张某某', idNumber: syntheticResidentId('1988-02-03', number), phone: '10012345678' };
  const input = {
    idempotencyKey,
    caseType: TALENT_APARTMENT.id,
    zone: 'zone_teda',
    applicant: stated,
    relation: 'SELF',
  };
  const { data, errors } = await talent(
    `mutation ($input: OpenCaseInput!) { openCase(input: $input) { case { id receiptNumber } receiptSecret userErrors { code } } }`,
    { input },
    { viewer: applicant(person), now },
  );
  expect(errors).toBeUndefined();
  expect(data.openCase.userErrors).toEqual([]);
  return data.openCase as { case: { id: string; receiptNumber: string }; receiptSecret: string | null };
}

async function renew(viewer: Viewer, id: string, idempotencyKey = newKey()) {
  const { data, errors } = await talent(
    `mutation ($input: RenewReceiptSecretInput!) { renewReceiptSecret(input: $input) { receiptSecret userErrors { code field } } }`,
    { input: { idempotencyKey, case: id } },
    { viewer },
  );
  return { ...data.renewReceiptSecret, errors };
}

const tried = async (receiptNumber: string, secret: string | null) =>
  (
    await openCase(
      { receiptNumber, secret: secret ?? '', network: 'n-1' },
      { table: system.table('credentials'), tokens, memory: new SignInMemory(), tagKey: CURSOR_SECRET, now: NOW },
    )
  ).kind;

const SECRET = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/;

test('the receipt and its secret open the case; the secret is told once and kept nowhere', async () => {
  const key = newKey();
  const opened = await open('s-1', 1, key);
  expect(opened.receiptSecret).toMatch(SECRET);
  const { receiptNumber } = opened.case;
  expect(await tried(receiptNumber, opened.receiptSecret)).toBe('OPENED');
  expect(await tried(receiptNumber, '0000-0000-0000-0000')).toBe('REFUSED');
  expect(await open('s-1', 1, key)).toEqual({ ...opened, receiptSecret: null });
  expect(await tried(receiptNumber, opened.receiptSecret)).toBe('OPENED');
  const digits = opened.receiptSecret?.replaceAll('-', '') ?? '';
  for (const name of Object.values(system.connection.tables)) {
    const { Items } = await system.connection.dynamo.send(new ScanCommand({ TableName: name }));
    expect(JSON.stringify(Items).replaceAll('-', '')).not.toContain(digits);
  }
});

test('a case whose secret could not be kept is opened all the same, and gets another', async () => {
  system.dynamo.throttle('Put', 1);
  const opened = await open('s-2', 2);
  expect(opened).toEqual({ case: expect.anything(), receiptSecret: null, userErrors: [] });
  const { receiptSecret } = await renew(applicant('s-2'), opened.case.id);
  expect(await tried(opened.case.receiptNumber, receiptSecret)).toBe('OPENED');
});

test('another secret takes the place of the one before, and is told once too', async () => {
  const opened = await open('s-3', 3);
  const key = newKey();
  const { receiptSecret, userErrors } = await renew(applicant('s-3'), opened.case.id, key);
  expect([receiptSecret, userErrors]).toEqual([expect.stringMatching(SECRET), []]);
  expect(await renew(applicant('s-3'), opened.case.id, key)).toMatchObject({ receiptSecret: null, userErrors: [] });
  const { receiptNumber } = opened.case;
  expect([await tried(receiptNumber, opened.receiptSecret), await tried(receiptNumber, receiptSecret)]).toEqual([
    'REFUSED',
    'OPENED',
  ]);
});

test('nobody but the applicant gets another, and of who is erased nobody', async () => {
  const opened = await open('s-4', 4);
  const { id, receiptNumber } = opened.case;
  const refused = (code: string) => ({ receiptSecret: null, userErrors: [expect.objectContaining({ code })] });
  expect(await renew(applicant('s-1'), id)).toMatchObject(refused('NOT_FOUND'));
  expect((await renew({ kind: 'caseHolder', caseId: id }, id)).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ]);
  expect(await tried(receiptNumber, opened.receiptSecret)).toBe('OPENED');
  await erasePerson(system.talentTable(), 's-4', NOW);
  expect(await tried(receiptNumber, opened.receiptSecret)).toBe('REFUSED');
  expect(await renew(applicant('s-4'), id)).toMatchObject(refused('NOT_ALLOWED'));
});

const MY_CASES = `query ($first: Int!, $after: String) {
  myCases(first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
}`;

test('one’s own cases are a list, last opened first, in two calls a page; who holds one has that one', async () => {
  const opened: string[] = [];
  for (let i = 0; i < 3; i++) {
    opened.unshift((await open('s-5', 5, newKey(), new Date(NOW.getTime() + i * 1_000))).case.id);
  }
  const viewer = applicant('s-5');
  let first: Awaited<ReturnType<Execute>> = {};
  const calls = await system.dynamo.during(async () => {
    first = await talent(MY_CASES, { first: 2 }, { viewer });
  });
  expect(calls.map(({ command }) => command)).toEqual(['Query', 'BatchGet']);
  const { nodes, pageInfo } = first.data.myCases;
  const rest = await talent(MY_CASES, { first: 2, after: pageInfo.endCursor }, { viewer });
  expect([...nodes, ...rest.data.myCases.nodes].map(({ id }: { id: string }) => id)).toEqual(opened);
  expect([pageInfo.hasNextPage, rest.data.myCases.pageInfo.hasNextPage]).toEqual([true, false]);
  expect((await talent(MY_CASES, { first: 5 }, { viewer: applicant('nobody') })).data.myCases.nodes).toEqual([]);
  expect(
    (await talent(MY_CASES, { first: 2, after: pageInfo.endCursor }, { viewer: applicant('s-1') })).errors,
  ).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code: 'INVALID_CURSOR' }) })]);

  const holder: Viewer = { kind: 'caseHolder', caseId: opened[1]! };
  const held = await talent(MY_CASES, { first: 5 }, { viewer: holder });
  expect(held.data.myCases).toMatchObject({ nodes: [{ id: opened[1] }], pageInfo: { hasNextPage: false } });
  const after = await talent(MY_CASES, { first: 5, after: held.data.myCases.pageInfo.endCursor }, { viewer: holder });
  expect(after.data.myCases.nodes).toEqual([]);
});
