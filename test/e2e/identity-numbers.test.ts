import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { openPeople } from '../../src/storage/talent/people/people.ts';
import { mutationText } from '../fixtures/case-mutation.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** A typed identity number is what somebody says: it blocks nobody, and tells nobody whether others have it. */

/** Asks for no documents: what is verified here doesn't rest on them. */
const CASE_TYPE = { ...TALENT_APARTMENT, requiredDocuments: [] };

let system: TestSystem;
let ask: Execute;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  await system.write('talent', caseTypeItems(CASE_TYPE));
  ask = system.serve('talent', createTalentSubgraph);
});
afterAll(() => system.stop());

const applicant = (person: string, idNumber?: string): Viewer => ({
  kind: 'applicant',
  person,
  ...(idNumber === undefined ? {} : { idNumber }),
});
const officer: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: 'zone_teda', roles: ['RECEIVE'] };
const number = (sequence: number) => syntheticResidentId('1988-02-03', sequence);
const CASE = 'case { id version identity { state stateLabel(locale: ZH) verifiedBy verifiedAt } }';
const NOT_VERIFIED = { state: 'NOT_VERIFIED', stateLabel: '身份未核实', verifiedBy: null, verifiedAt: null };
const verifiedBy = (by: string) => ({
  state: 'VERIFIED',
  stateLabel: '身份已核实',
  verifiedBy: by,
  verifiedAt: NOW.toISOString(),
});

async function mutate(viewer: Viewer, name: string, input: object, fields = CASE) {
  const variables = { input: { idempotencyKey: `identity-${keys++}`, ...input } };
  const { data, errors } = await ask(mutationText(name, fields), variables, { viewer, now: NOW });
  expect(errors).toBeUndefined();
  return data[name];
}

function open(viewer: Viewer, idNumber: string | null) {
  return mutate(viewer, 'openCase', {
    caseType: CASE_TYPE.id,
    zone: 'zone_teda',
    applicant: { name: '张某某', phone: '10012345678', ...(idNumber === null ? {} : { idNumber }) },
    relation: 'SELF',
    ownsDwelling: false,
  });
}

async function verify(of: { readonly id: string; readonly version: number }, as: Viewer = officer) {
  return mutate(as, 'verifyIdentity', { case: of.id, version: of.version }, `${CASE} sameIdentity { id }`);
}

test('whoever states a number, the answer is the same whether others have it or not', async () => {
  const victim = number(1);
  const first = await open(applicant('stranger'), victim);
  expect(first).toMatchObject({ case: { identity: NOT_VERIFIED }, userErrors: [] });
  const answers = [await open(applicant('victim'), victim), await open(applicant('other'), number(2))];
  const [known, unknown] = answers.map(({ case: of, userErrors }) => [Object.keys(of), of.identity, userErrors]);
  expect(known).toEqual(unknown);
  expect(known).toEqual([['id', 'version', 'identity'], NOT_VERIFIED, []]);
});

test('opening a case reads and writes nothing under a number that nobody has verified', async () => {
  const calls = await system.dynamo.during(() => open(applicant('reader'), number(3)));
  expect(JSON.stringify(calls)).not.toContain('#ID_NUMBER#');
});

test('the number that the issuer vouches for is the verified one, and no other beside it', async () => {
  const me = applicant('vouched-for', number(10));
  expect((await open(me, null)).case.identity).toEqual(verifiedBy('ISSUER'));
  expect((await open(me, number(10))).case.identity).toEqual(verifiedBy('ISSUER'));
  expect(await open(me, number(11))).toMatchObject({ case: null, userErrors: [{ code: 'INVALID' }] });
  expect(await open(applicant('nothing-said'), null)).toMatchObject({ case: null, userErrors: [{ code: 'INVALID' }] });
  // Signed in without the claim later, they can't say another one.
  const { userErrors } = await open(applicant('vouched-for'), number(11));
  expect(userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: ['applicant', 'idNumber'], message: 'You have another, verified identity number.' },
  ]);
  expect((await open(applicant('vouched-for'), number(10))).case.identity).toEqual(verifiedBy('ISSUER'));
});

async function handedIn(person: string, idNumber: string) {
  const { case: opened } = await open(applicant(person), idNumber);
  const { case: of } = await mutate(applicant(person), 'submitCase', { case: opened.id });
  return of as { id: string; version: number };
}

test('an officer verifies the number of a case, and is told of the same person under another account then', async () => {
  const [mine, others] = [await handedIn('account-1', number(20)), await handedIn('account-2', number(20))];
  const first = await verify(mine);
  expect(first).toEqual({
    case: { id: mine.id, version: mine.version + 1, identity: verifiedBy('OFFICER') },
    // The other has only typed the number.
    sameIdentity: [],
    userErrors: [],
  });
  const timeline = `{ case(id: "${mine.id}") { timeline { kind label(locale: JA) agency } } }`;
  const { data } = await ask(timeline, {}, { viewer: applicant('account-1'), now: NOW });
  expect(data.case.timeline.at(-1)).toEqual({ kind: 'IDENTITY_VERIFIED', label: '本人確認', agency: 'PARK' });

  expect((await verify(others)).sameIdentity).toEqual([{ id: mine.id }]);
  // Both go on; and what the same account applies for next is verified already.
  expect((await open(applicant('account-2'), number(20))).case.identity).toEqual(verifiedBy('OFFICER'));
  const later = await handedIn('account-1', number(20));
  expect((await verify(later)).sameIdentity).toEqual([{ id: others.id }]);
});

test('accounts that are verified at once find each other', async () => {
  const [mine, others] = [await handedIn('account-7', number(70)), await handedIn('account-8', number(70))];
  system.dynamo.beforeNextTransaction(() => verify(others));
  expect((await verify(mine)).sameIdentity).toEqual([{ id: others.id }]);
});

test('a verification keeps the zone that lists the person meanwhile', async () => {
  const mine = await handedIn('account-9', number(90));
  const people = openPeople(system.talentTable());
  system.dynamo.beforeNextTransaction(async () => {
    const of = { personId: 'account-9', read: await people.withKeys('account-9') };
    await people.listIn(of, 'zone_baodi', NOW);
  });
  expect((await verify(mine)).userErrors).toEqual([]);
  const { keys: stored } = await people.withKeys('account-9');
  expect(stored?.lookUps.map(({ zoneId }) => zoneId)).toEqual(['zone_teda']);
  expect(new Set(stored?.searched?.map(({ zoneId }) => zoneId))).toEqual(new Set(['zone_teda', 'zone_baodi']));
});

test('a number that the issuer vouches for finds the same person too', async () => {
  const typed = await handedIn('account-3', number(30));
  const { case: opened } = await open(applicant('account-4', number(30)), null);
  await mutate(applicant('account-4'), 'submitCase', { case: opened.id });
  expect((await verify(typed)).sameIdentity).toEqual([{ id: opened.id }]);
});

test('a verification that is sent again is answered as before, and happens once', async () => {
  const mine = await handedIn('account-5', number(40));
  const input = { idempotencyKey: 'verify-once-and-again', case: mine.id, version: mine.version };
  const first = await mutate(officer, 'verifyIdentity', input);
  expect(first.case).toMatchObject({ version: mine.version + 1, identity: verifiedBy('OFFICER') });
  expect(await mutate(officer, 'verifyIdentity', input)).toEqual(first);
});

test('verifies nothing for an officer without a part in the case, nor a number that was changed since', async () => {
  const mine = await handedIn('account-6', number(50));
  const elsewhere: Viewer = { ...officer, zone: 'zone_baodi' };
  const notInCharge: Viewer = { ...officer, agency: 'HOUSING' };
  expect((await verify(mine, elsewhere)).userErrors[0].code).toBe('NOT_FOUND');
  expect((await verify(mine, notInCharge)).userErrors[0].code).toBe('NOT_ALLOWED');
  await open(applicant('account-6'), number(51));
  const { userErrors } = await verify(mine);
  expect(userErrors).toMatchObject([
    { code: 'NOT_ALLOWED', message: expect.stringContaining('another identity number') },
  ]);
  const { case: draft } = await open(applicant('account-6'), number(51));
  expect((await verify(draft)).userErrors[0].code).toBe('NOT_FOUND');
  const { data, errors } = await ask(
    mutationText('verifyIdentity', CASE),
    { input: { idempotencyKey: 'verify-myself', case: mine.id, version: mine.version } },
    { viewer: applicant('account-6'), now: NOW },
  );
  expect(data?.verifyIdentity ?? null).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});
