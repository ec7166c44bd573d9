import { dayInShanghai } from '../../src/domain/calendar/day.ts';
import type { Agency } from '../../src/domain/cases/agency.ts';
import type { OfficerRole, Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { MAX_TRIES } from '../../src/storage/dynamodb/client/dynamo.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import { talentKeys } from '../../src/storage/tables.ts';
import { type CaseItem, type WorkItem, workItem } from '../../src/storage/talent/items.ts';
import { caseAgreementsOf } from '../fixtures/case-agreements.ts';
import { CASE_TYPES, type MadeCase, makeCase, workOfCase, ZONE } from '../fixtures/talent-cases.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** Officers take cases in hand and give them back, so that no two of an agency work on the same. */

let system: TestSystem;
let talent: Execute;
let cases = 0;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', [...CASE_TYPES, ...caseAgreementsOf('zone_teda', 'zone_baodi', 'zone_xiqing')]);
});
afterAll(() => system.stop());

const officer = (person: string, agency: Agency = 'PSB', roles: OfficerRole[] = ['REVIEW'], zone = ZONE): Viewer => ({
  kind: 'officer',
  person,
  agency,
  zone,
  roles,
});
const LI = officer('officer-li');
const WANG = officer('officer-wang');
const CHIEF = officer('officer-chief', 'PSB', ['DECIDE']);

/** In review: PSB has it in hand, and HRSS is asked for its opinion. */
async function newCase(): Promise<MadeCase> {
  const made = makeCase(cases++, 'REVIEW_STARTED', '2020-03-09T02:00:00.000Z', { handler: 'PSB' });
  await system.write('talent', [...made.items, ...workOfCase(made, dayInShanghai(NOW))]);
  return made;
}

async function change(
  name: 'claimWork' | 'releaseWork',
  viewer: Viewer,
  id: string,
  idempotencyKey = `claim-key-${keys++}`,
) {
  const type = name === 'claimWork' ? 'ClaimWorkInput' : 'ReleaseWorkInput';
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
    work { case { id version } agency claimedBy claimedAt } userErrors { code field message }
  } }`;
  const { data, errors } = await talent(query, { input: { idempotencyKey, case: id } }, { viewer });
  expect(errors).toBeUndefined();
  return data[name];
}
const claim = (viewer: Viewer, id: string, key?: string) => change('claimWork', viewer, id, key);
const release = (viewer: Viewer, id: string, key?: string) => change('releaseWork', viewer, id, key);

const workOf = (id: string, agency: Agency) =>
  readItem<WorkItem>(system.table('talent'), talentKeys.work(id, agency), { consistent: true });
const partitionOf = (id: string) => readRange<CaseItem | WorkItem>(system.table('talent'), { partition: id });

const REFUSED = (message: string) => ({
  work: null,
  userErrors: [{ code: 'ALREADY_CLAIMED', field: ['case'], message }],
});

test('who claims first has it; a colleague is told who that is', async () => {
  const { id } = await newCase();
  expect(await claim(LI, id)).toEqual({
    work: { case: { id, version: 4 }, agency: 'PSB', claimedBy: 'officer-li', claimedAt: NOW.toISOString() },
    userErrors: [],
  });
  expect(await claim(WANG, id)).toEqual(REFUSED(`officer-li claimed the case at ${NOW.toISOString()}.`));
  const { work } = await claim(LI, id);
  expect(work.claimedBy).toBe('officer-li');
});

test('a claim changes who has it in hand, and nothing else of the case or of its place in the list', async () => {
  const { id } = await newCase();
  const before = await partitionOf(id);
  await claim(LI, id);
  const after = await partitionOf(id);
  const claimed = { by: 'officer-li', at: NOW.toISOString() };
  expect(after).toEqual(
    before.map((item) => (item.sk === talentKeys.work(id, 'PSB').sk ? { ...item, claim: claimed } : item)),
  );
});

test('each agency in charge has a claim of its own', async () => {
  const { id } = await newCase();
  await claim(LI, id);
  const { work } = await claim(officer('officer-zhao', 'HRSS'), id);
  expect(work.claimedBy).toBe('officer-zhao');
  expect((await workOf(id, 'PSB'))?.claim?.by).toBe('officer-li');
});

test('two who claim at once: one has it, and the other is told', async () => {
  const { id } = await newCase();
  const answers = await Promise.all([claim(LI, id), claim(WANG, id)]);
  const won = answers.findIndex(({ work }) => work !== null);
  const winner = ['officer-li', 'officer-wang'][won];
  expect(answers[won].work.claimedBy).toBe(winner);
  expect(answers[1 - won]).toEqual(REFUSED(`${winner} claimed the case at ${NOW.toISOString()}.`));
});

test('a colleague comes between reading and writing: who is later is refused', async () => {
  const { id } = await newCase();
  system.dynamo.beforeNextTransaction(() => claim(WANG, id));
  expect(await claim(LI, id)).toEqual(REFUSED(`officer-wang claimed the case at ${NOW.toISOString()}.`));
});

test('the same claim sent again is the same claim, also when its answer was lost', async () => {
  const { id } = await newCase();
  system.dynamo.loseAnswers(MAX_TRIES);
  const first = await claim(LI, id, 'claim-again');
  expect(await claim(LI, id, 'claim-again')).toEqual(first);
  await release(LI, id);
  await claim(WANG, id);
  const calls = await system.dynamo.during(() => claim(LI, id, 'claim-again'));
  expect(calls.map(({ command }) => command)).not.toContain('TransactWrite');
  expect((await workOf(id, 'PSB'))?.claim?.by).toBe('officer-wang');
  const { userErrors } = await claim(LI, (await newCase()).id, 'claim-again');
  expect(userErrors[0].code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('who has it gives it back, and who decides gives back what a colleague has', async () => {
  const { id } = await newCase();
  await claim(LI, id);
  expect(await release(WANG, id)).toEqual(REFUSED(`officer-li claimed the case at ${NOW.toISOString()}.`));
  expect((await release(LI, id)).work).toMatchObject({ claimedBy: null, claimedAt: null });
  await claim(WANG, id);
  expect((await release(CHIEF, id)).work.claimedBy).toBeNull();
  expect((await release(LI, id)).userErrors).toEqual([]);
  expect((await claim(LI, id)).work.claimedBy).toBe('officer-li');
});

const GIVE = `mutation ($input: GiveOpinionInput!) { giveOpinion(input: $input) { userErrors { code message } } }`;
const give = async (viewer: Viewer, id: string) => {
  const input = { idempotencyKey: `opinion-${keys++}`, case: id, verdict: 'AGREE' };
  const { data } = await talent(GIVE, { input }, { viewer });
  expect(data.giveOpinion.userErrors).toEqual([]);
};

test('it stays claimed while its agency is in charge, and is not when the list has it no more', async () => {
  const { id } = await newCase();
  await claim(LI, id);
  await claim(officer('officer-zhao', 'HRSS'), id);
  await give(officer('officer-sun', 'HRSS'), id);
  expect(await workOf(id, 'HRSS')).toBeNull();
  expect((await workOf(id, 'PSB'))?.claim?.by).toBe('officer-li');
});

test('a claim and an event at once: both are there afterwards', async () => {
  const { id } = await newCase();
  system.dynamo.beforeNextTransaction(() => claim(LI, id));
  await give(officer('officer-sun', 'HRSS'), id);
  expect((await workOf(id, 'PSB'))?.claim?.by).toBe('officer-li');
});

test('another zone that takes a case over takes no claim over', async () => {
  const { id } = await newCase();
  const TRANSFER = `mutation ($input: TransferCaseInput!) { transferCase(input: $input) { userErrors { code message } } }`;
  const lead = officer('officer-li', 'PSB', ['RECEIVE']);
  await claim(lead, id);
  const pass = async (viewer: Viewer, version: number, toZone: string) => {
    const input = { idempotencyKey: `transfer-${keys++}`, case: id, version, toZone, reasons: [{ zh: '迁址' }] };
    const { data } = await talent(TRANSFER, { input }, { viewer });
    expect(data.transferCase.userErrors).toEqual([]);
  };
  await pass(lead, 4, 'zone_baodi');
  expect(await workOf(id, 'PSB')).toBeNull();
  const park = officer('officer-sun', 'PARK', ['RECEIVE'], 'zone_baodi');
  await claim(park, id);
  await pass(park, 5, 'zone_xiqing');
  expect(await workOf(id, 'PARK')).toMatchObject({ zoneId: 'zone_xiqing', claim: null });
});

test.each<[string, Viewer, string]>([
  ['an officer of another zone', officer('officer-x', 'PSB', ['REVIEW'], 'zone_baodi'), 'NOT_FOUND'],
  ['an officer whose agency has nothing to do', officer('officer-x', 'EDU'), 'NOT_ALLOWED'],
])('%s claims nothing', async (_, viewer, code) => {
  const { id } = await newCase();
  const { work, userErrors } = await claim(viewer, id);
  expect([work, userErrors.map((error: { code: string }) => error.code)]).toEqual([null, [code]]);
});

test('what is no case, and a key that is none, are refused', async () => {
  expect((await claim(LI, 'case_01HB0000000000000000000000')).userErrors[0].code).toBe('NOT_FOUND');
  const { id } = await newCase();
  expect((await claim(LI, id, 'short')).userErrors[0]).toMatchObject({ code: 'INVALID', field: ['idempotencyKey'] });
});

test('the same key again tells nothing of a list of another zone that has the case by now', async () => {
  const { id } = await newCase();
  expect((await claim(LI, id, 'a-key-before-the-transfer')).work).toMatchObject({ claimedBy: 'officer-li' });
  const { pk, sk, ...before } = (await workOf(id, 'PSB'))!;
  await system.write('talent', [
    workItem({ ...before, zoneId: 'zone_baodi' }, { by: 'officer-bao', at: before.claim!.at }),
  ]);
  expect(await claim(LI, id, 'a-key-before-the-transfer')).toEqual({ work: null, userErrors: [] });
});
