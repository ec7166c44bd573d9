import fc from 'fast-check';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { enterpriseKeys } from '../../src/storage/tables.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** A firm of TEDA asks for support, and an officer of the zone who tracks enterprises helps it. */

const TEDA = 'zone_teda';
const OFFICER: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: TEDA, roles: ['TRACK'] };
const ELSEWHERE: Viewer = { ...OFFICER, zone: 'zone_baodi' };
const NOW = new Date('2026-03-02T01:00:00.000Z');
const MASKS = { item: '口罩', quantity: 500, neededOn: '2026-03-05' };

let system: TestSystem;
let serve: Execute;
let number = 9000;
let keys = 0;
let clerk: Extract<Viewer, { kind: 'clerk' }>;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('enterprises', createEnterprisesSubgraph);
});
afterAll(() => system.stop());
beforeEach(async () => {
  clerk = await clerkOfNewFirm();
});

async function clerkOfNewFirm(change: object = {}): Promise<typeof clerk> {
  const firm = enterpriseOf(number++, { homeZoneId: TEDA, ...change });
  await system.write('enterprises', itemsOf(firm));
  return { kind: 'clerk', person: 'c-1', enterprise: firm.id };
}

const INPUTS = {
  requestSupport: 'RequestSupportInput',
  takeSupportRequest: 'SupportRequestVersionInput',
  logVisit: 'LogVisitInput',
  answerSupportRequest: 'AnswerSupportRequestInput',
  closeSupportRequest: 'SupportRequestVersionInput',
  rateSupportRequest: 'RateSupportRequestInput',
  withdrawSupportRequest: 'SupportRequestVersionInput',
} as const;
type Mutation = keyof typeof INPUTS;

async function send(mutation: Mutation, input: object, viewer: Viewer, now = NOW) {
  const { data, errors } = await serve(
    `mutation ($input: ${INPUTS[mutation]}!) { ${mutation}(input: $input) {
      request { id version status rating answer need { item quantity amount neededOn }
        visits { on outcome } events { kind } }
      userErrors { code field }
    } }`,
    { input: { idempotencyKey: `support-${keys++}`, ...input } },
    { viewer, now },
  );
  expect(errors).toBeUndefined();
  return data[mutation];
}

const asked = (change: object = {}) => ({
  enterprise: clerk.enterprise,
  kind: 'SUPPLIES',
  channel: 'ONLINE',
  need: MASKS,
  ...change,
});

const newRequest = async () => (await send('requestSupport', asked(), clerk)).request as { readonly id: string };
const VISIT = { on: '2026-03-02', channel: 'ON_SITE', outcome: { zh: '已送达' } };
const ANSWER = { answer: { zh: '口罩已到货', en: 'Masks are here' } };

test('a firm asks for masks, an officer helps, and the firm rates the support', async () => {
  const { id } = await newRequest();
  const step = (mutation: Mutation, version: number, viewer: Viewer, more: object = {}) =>
    send(mutation, { request: id, version, ...more }, viewer);
  await step('takeSupportRequest', 1, OFFICER);
  await step('logVisit', 2, OFFICER, VISIT);
  await step('answerSupportRequest', 3, OFFICER, ANSWER);
  await step('closeSupportRequest', 4, OFFICER);
  expect(await step('rateSupportRequest', 5, clerk, { rating: 5 })).toEqual({
    request: {
      id,
      version: 6,
      status: 'RESOLVED',
      rating: 5,
      answer: 'Masks are here',
      need: { ...MASKS, amount: null },
      visits: [{ on: '2026-03-02', outcome: '已送达' }],
      events: ['REQUESTED', 'TAKEN', 'VISITED', 'ANSWERED', 'CLOSED', 'RATED'].map((kind) => ({ kind })),
    },
    userErrors: [],
  });
  expect((await step('rateSupportRequest', 6, clerk, { rating: 1 })).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
});

test('each version stays on record with who made it, without keys', async () => {
  const { id } = await newRequest();
  await send('takeSupportRequest', { request: id, version: 1 }, OFFICER);
  const key = enterpriseKeys.recordVersion(enterpriseKeys.supportRequest(id), 2);
  const found = await readItem<{ readonly pk: string; readonly sk: string; readonly facts: object }>(
    system.table('enterprises'),
    key,
  );
  expect(found).toMatchObject({
    of: 'SupportRequest',
    facts: { status: 'IN_PROGRESS' },
    by: { kind: 'officer', person: 'o-1' },
  });
  expect(Object.keys(found?.facts ?? {})).not.toContain('pk');
});

test('a request that is repeated is one request', async () => {
  const input = { idempotencyKey: 'one-request-only', ...asked() };
  const { request } = await send('requestSupport', input, clerk);
  expect((await send('requestSupport', input, clerk)).request).toEqual(request);
  const other = { ...input, need: { ...MASKS, quantity: 501 } };
  expect((await send('requestSupport', other, clerk)).userErrors).toEqual([
    { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
  ]);
});

test('of two officers who take a request at once, one is refused', async () => {
  const { id } = await newRequest();
  const take = (person: string) =>
    send('takeSupportRequest', { request: id, version: 1 }, { ...OFFICER, person } as Viewer);
  const both = await Promise.all([take('o-1'), take('o-2')]);
  expect(both.flatMap(({ userErrors }) => userErrors)).toEqual([{ code: 'VERSION_CONFLICT', field: ['version'] }]);
});

test.each([
  ['SUPPLIES', MASKS],
  ['FINANCING', { amount: '50000000', months: 12 }],
  ['SOCIAL_INSURANCE', { quantity: 30, months: 3 }],
  ['HIRING', { item: '检验员', quantity: 4 }],
  ['MARKET', { item: '传感器' }],
  ['DAILY_LIFE', { forWhom: '实习生', place: '人才公寓' }],
])('asks for %s with the facts that it needs, and not without', async (kind, need) => {
  expect((await send('requestSupport', asked({ kind, need }), clerk)).userErrors).toEqual([]);
  for (const fact of Object.keys(need)) {
    const without = asked({ kind, need: { ...need, [fact]: null } });
    expect((await send('requestSupport', without, clerk)).userErrors).toEqual([
      { code: 'INVALID', field: ['need', fact] },
    ]);
  }
});

test.each([
  ['a fact of another kind', { months: 3 }, 'months'],
  ['no pieces', { quantity: 0 }, 'quantity'],
  ['a day that is over', { neededOn: '2026-03-01' }, 'neededOn'],
  ['a text of blanks', { item: ' ' }, 'item'],
])('refuses %s', async (_, change, fact) => {
  const { userErrors } = await send('requestSupport', asked({ need: { ...MASKS, ...change } }), clerk);
  expect(userErrors).toEqual([{ code: 'INVALID', field: ['need', fact] }]);
});

test('refuses a visit of tomorrow or before the request, an empty answer, and a rating of six', async () => {
  const { id } = await newRequest();
  await send('takeSupportRequest', { request: id, version: 1 }, OFFICER);
  const of = (version: number) => ({ request: id, version });
  for (const on of ['2026-03-03', '2026-03-01']) {
    const { userErrors } = await send('logVisit', { ...of(2), ...VISIT, on }, OFFICER);
    expect(userErrors).toEqual([{ code: 'INVALID', field: ['on'] }]);
  }
  const empty = await send('answerSupportRequest', { ...of(2), answer: { zh: '' } }, OFFICER);
  expect(empty.userErrors).toContainEqual({ code: 'INVALID', field: ['answer', 'zh'] });
  await send('answerSupportRequest', { ...of(2), ...ANSWER }, OFFICER);
  await send('closeSupportRequest', of(3), OFFICER);
  expect((await send('rateSupportRequest', { ...of(4), rating: 6 }, clerk)).userErrors).toEqual([
    { code: 'INVALID', field: ['rating'] },
  ]);
});

test('an officer of another zone and a clerk of another firm find no such request', async () => {
  const { id } = await newRequest();
  const unknown = [{ code: 'NOT_FOUND', field: ['request'] }];
  const of = { request: id, version: 1 };
  expect((await send('takeSupportRequest', of, ELSEWHERE)).userErrors).toEqual(unknown);
  expect((await send('withdrawSupportRequest', of, await clerkOfNewFirm())).userErrors).toEqual(unknown);
  const none = { request: 'sreq_01HB0000000000000000000000', version: 1 };
  expect((await send('takeSupportRequest', none, OFFICER)).userErrors).toEqual(unknown);
});

test('before the registration is confirmed, the officers of the zone neither see nor take a request', async () => {
  clerk = await clerkOfNewFirm({ registration: 'UNCONFIRMED' });
  const { id } = await newRequest();
  expect((await send('takeSupportRequest', { request: id, version: 1 }, OFFICER)).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['request'] },
  ]);
  const query = 'query ($id: ID!) { enterprise(id: $id) { supportRequests(first: 5) { nodes { id } } } }';
  const seenBy = async (viewer: Viewer) =>
    (await serve(query, { id: clerk.enterprise }, { viewer })).data.enterprise.supportRequests;
  expect(await seenBy(OFFICER)).toBeNull();
  expect(await seenBy(clerk)).toEqual({ nodes: [{ id }] });
});

test('no clerk asks for another firm', async () => {
  const other = await clerkOfNewFirm();
  expect((await send('requestSupport', asked(), other)).userErrors).toEqual([{ code: 'NOT_ALLOWED', field: null }]);
});

const STEPS = [
  'takeSupportRequest',
  'logVisit',
  'answerSupportRequest',
  'closeSupportRequest',
  'rateSupportRequest',
  'withdrawSupportRequest',
] as const;
type Step = (typeof STEPS)[number];

/** The states as a reader of the guide would draw them: what is done in each, and what comes of it. */
const MODEL: Readonly<Record<string, Partial<Record<Step, string>>>> = {
  OPEN: { takeSupportRequest: 'IN_PROGRESS', withdrawSupportRequest: 'WITHDRAWN' },
  IN_PROGRESS: {
    logVisit: 'IN_PROGRESS',
    answerSupportRequest: 'ANSWERED',
    withdrawSupportRequest: 'WITHDRAWN',
  },
  ANSWERED: {
    logVisit: 'ANSWERED',
    answerSupportRequest: 'ANSWERED',
    closeSupportRequest: 'RESOLVED',
    withdrawSupportRequest: 'WITHDRAWN',
  },
  RESOLVED: { rateSupportRequest: 'RATED' },
  RATED: {},
  WITHDRAWN: {},
};
const DETAILS: Partial<Record<Step, object>> = {
  logVisit: VISIT,
  answerSupportRequest: ANSWER,
  rateSupportRequest: { rating: 3 },
};

test('every course of steps goes as the model says', async () => {
  const step = fc.record({ step: fc.constantFrom(...STEPS), isOutdated: fc.nat(9).map((n) => n === 0) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const { id } = await newRequest();
      let [state, version] = ['OPEN', 1];
      for (const { step, isOutdated } of steps) {
        const viewer = step === 'rateSupportRequest' || step === 'withdrawSupportRequest' ? clerk : OFFICER;
        const seen = isOutdated ? version - 1 : version;
        const { request, userErrors } = await send(step, { request: id, version: seen, ...DETAILS[step] }, viewer);
        const next = MODEL[state]?.[step];
        if (isOutdated || next === undefined) {
          const code = isOutdated ? 'VERSION_CONFLICT' : 'NOT_ALLOWED';
          expect([request, userErrors.map((error: { code: string }) => error.code)]).toEqual([null, [code]]);
          continue;
        }
        [state, version] = [next, version + 1];
        const status = state === 'RATED' ? 'RESOLVED' : state;
        expect(request).toMatchObject({ status, version });
        expect(request.events).toHaveLength(version);
      }
    }),
    { numRuns: 20 },
  );
});
