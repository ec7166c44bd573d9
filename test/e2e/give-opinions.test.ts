import { dayInShanghai } from '../../src/domain/calendar/day.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import { talentKeys } from '../../src/storage/tables.ts';
import type { CaseEventItem } from '../../src/storage/talent/items.ts';
import { CASE_TYPES, makeCase, workOfCase, ZONE } from '../fixtures/talent-cases.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** An agency's opinions on many cases in one call: each by itself, and each once, however often the call is sent. */

let system: TestSystem;
let talent: Execute;
let cases = 0;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', CASE_TYPES);
});
afterAll(() => system.stop());

const HRSS: Viewer = { kind: 'officer', person: 'officer-sun', agency: 'HRSS', zone: ZONE, roles: ['REVIEW'] };
const PSB: Viewer = { kind: 'officer', person: 'officer-li', agency: 'PSB', zone: ZONE, roles: ['REVIEW'] };

/** Cases in review, for which no agency has given its opinion yet. */
async function newCases(count: number): Promise<string[]> {
  const made = Array.from({ length: count }, () =>
    makeCase(cases++, 'REVIEW_STARTED', '2020-03-09T02:00:00.000Z', { handler: 'PSB', applicantId: `person-${cases}` }),
  );
  await system.write(
    'talent',
    made.flatMap((one) => [...one.items, ...workOfCase(one, dayInShanghai(NOW))]),
  );
  return made.map(({ id }) => id);
}

const GIVE = `mutation ($input: GiveOpinionsInput!) { giveOpinions(input: $input) {
  results { caseId case { id version } userErrors { code field } }
  userErrors { code field message }
} }`;

const inputOf = (ids: readonly string[], idempotencyKey = `opinions-${keys++}`) => ({
  input: { idempotencyKey, opinions: ids.map((id) => ({ case: id, verdict: 'AGREE' })) },
});

async function give(viewer: Viewer, ids: readonly string[], idempotencyKey?: string) {
  const { data, errors } = await talent(GIVE, inputOf(ids, idempotencyKey), { viewer });
  expect(errors).toBeUndefined();
  return data.giveOpinions;
}

const given = (id: string, version = 5) => ({ caseId: id, case: { id, version }, userErrors: [] });
const refused = (id: string, code: string, field: string[] | null = null) => ({
  caseId: id,
  case: null,
  userErrors: [{ code, field }],
});

async function opinionsIn(id: string) {
  const range = { partition: id, sort: { beginsWith: 'EVENT#' } };
  const events = await readRange<CaseEventItem>(system.table('talent'), range);
  return events.filter(({ kind }) => kind === 'OPINION_GIVEN').map(({ by, verdict }) => `${by} ${verdict}`);
}

const countOf = (calls: readonly { command: string }[]) =>
  Object.fromEntries(
    Map.groupBy(calls, ({ command }) => command)
      .entries()
      .map(([name, all]) => [name, all.length]),
  );

test('each is given or refused by itself, and told of in the order of the input', async () => {
  const [first = '', second = '', done = ''] = await newCases(3);
  await give(HRSS, [done]);
  const notInReview = makeCase(cases++, 'REJECTED', '2020-03-09T02:00:00.000Z');
  await system.write('talent', notInReview.items);
  const unknown = 'case_01HB0000000000000000000000';
  const answer = await give(HRSS, [first, unknown, done, notInReview.id, 'no id', second]);
  expect(answer).toEqual({
    userErrors: [],
    results: [
      given(first),
      refused(unknown, 'NOT_FOUND', ['case']),
      refused(done, 'ALREADY_EXISTS'),
      refused(notInReview.id, 'NOT_ALLOWED'),
      refused('no id', 'NOT_FOUND', ['case']),
      given(second),
    ],
  });
  expect(await opinionsIn(first)).toEqual(['officer-sun AGREE']);
  expect(await readItem(system.table('talent'), talentKeys.work(first, 'HRSS'))).toBeNull();
});

test('fifty at once: what can be read together is, and the same call again changes nothing', async () => {
  const ids = await newCases(50);
  const first = await system.dynamo.during(async () => {
    expect((await give(HRSS, ids, 'fifty-at-once')).results).toEqual(ids.map((id) => given(id)));
  });
  // The call's key and fifty changes; records, types and policies; each case's file; who looked.
  expect(countOf(first)).toEqual({ TransactWrite: 51, BatchGet: 3, Query: 50, Put: 1 });
  const again = await system.dynamo.during(async () => {
    expect((await give(HRSS, ids, 'fifty-at-once')).results).toEqual(ids.map((id) => given(id)));
  });
  // The call's key is there already; records and cases; who looked.
  expect(countOf(again)).toEqual({ TransactWrite: 1, Get: 1, BatchGet: 2, Put: 1 });
  for (const id of ids.slice(0, 5)) expect(await opinionsIn(id)).toEqual(['officer-sun AGREE']);
});

test('a call that breaks off in the middle is completed where it is sent again, and repeats nothing', async () => {
  const ids = await newCases(20);
  const breakOffAfter = (transactions: number): void =>
    system.dynamo.beforeNextTransaction(async () => {
      if (transactions === 0) throw new Error('the machine is gone');
      breakOffAfter(transactions - 1);
    });
  breakOffAfter(10);
  const { data, errors } = await talent(GIVE, inputOf(ids, 'broken-off'), { viewer: HRSS });
  expect(data.giveOpinions).toBeNull();
  expect(errors).toHaveLength(1);
  const before = (await Promise.all(ids.map(opinionsIn))).filter((opinions) => opinions.length === 1).length;
  expect(before).toBeGreaterThanOrEqual(9);
  expect(before).toBeLessThan(20);
  const calls = await system.dynamo.during(async () => {
    expect((await give(HRSS, ids, 'broken-off')).results).toEqual(ids.map((id) => given(id)));
  });
  expect(countOf(calls).Query).toBe(20 - before);
  for (const id of ids) expect(await opinionsIn(id)).toEqual(['officer-sun AGREE']);
});

test('a colleague of another agency comes in between: both opinions are given', async () => {
  const [id = ''] = await newCases(1);
  system.dynamo.beforeNextTransaction(async () => system.dynamo.beforeNextTransaction(() => give(PSB, [id])));
  expect((await give(HRSS, [id])).results).toEqual([given(id, 6)]);
  expect(await opinionsIn(id)).toEqual(['officer-li AGREE', 'officer-sun AGREE']);
});

test('a call that is wrong as a whole is refused as a whole', async () => {
  const [id = '', other = ''] = await newCases(2);
  const many = Array.from({ length: 51 }, (_, i) => `case_${i}`);
  const refusedWhole = (code: string, field: string[], message: string) => ({
    results: null,
    userErrors: [{ code, field, message }],
  });
  expect(await give(HRSS, many)).toEqual(refusedWhole('INVALID', ['opinions'], 'From 1 to 50 at once.'));
  expect(await give(HRSS, [])).toEqual(refusedWhole('INVALID', ['opinions'], 'From 1 to 50 at once.'));
  expect(await give(HRSS, [id, other, id])).toEqual(
    refusedWhole('INVALID', ['opinions', '2', 'case'], 'There is another opinion on the same case before it.'),
  );
  expect(await give(HRSS, [id], 'short')).toMatchObject({
    userErrors: [{ code: 'INVALID', field: ['idempotencyKey'] }],
  });
  await give(HRSS, [other], 'a key for one input');
  expect((await give(HRSS, [id], 'a key for one input')).userErrors[0].code).toBe('IDEMPOTENCY_KEY_REUSED');
  expect(await opinionsIn(id)).toEqual([]);
});
