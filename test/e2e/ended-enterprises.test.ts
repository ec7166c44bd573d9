import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import type { EnterpriseItem } from '../../src/storage/enterprises/items.ts';
import { knownParkItem } from '../../src/storage/enterprises/make-items.ts';
import { enterpriseOf, itemsOf, PARK } from '../fixtures/enterprise.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Nothing begins with an enterprise that is gone: merged, void, or out of all parks. What is open can be ended. */

const NOW = new Date('2026-03-02T01:00:00.000Z');
const OFFICER: Viewer = {
  kind: 'officer',
  person: 'o-1',
  agency: 'PARK',
  zone: 'zone_teda',
  roles: ['TRACK', 'PUBLISH'],
};

let system: TestSystem;
let serve: Execute;
let number = 9700;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('enterprises', createEnterprisesSubgraph);
  await system.write('enterprises', [knownParkItem(PARK, 'zone_teda')]);
});
afterAll(() => system.stop());

async function newFirm(change: Partial<EnterpriseItem> = {}): Promise<string> {
  const firm = enterpriseOf(number++, { homeZoneId: 'zone_teda', ...change });
  await system.write('enterprises', itemsOf(firm));
  return firm.id;
}

const stay = (to: string | null) =>
  ({ parkId: PARK, kind: 'OPERATING', from: '2020-01-01', to, registeredStaff: 10 }) as const;
const TEXT = { zh: '文字' };

/** Sends a mutation; returns its refusals as text. */
async function send(name: string, viewer: Viewer, given: object): Promise<string> {
  const input = { idempotencyKey: `ended-${keys++}-key`, ...given };
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code field } } }`;
  const { data, errors } = await serve(document, { input }, { viewer, now: NOW });
  expect(errors).toBeUndefined();
  const { userErrors } = data[name] as { userErrors: { code: string; field: string[] | null }[] };
  return userErrors.map(({ code, field }) => [code, ...(field ?? [])].join(' ')).join();
}

type Beginning = readonly [name: string, given: object, as: 'clerk' | 'officer'];
const BEGINNINGS: readonly Beginning[] = [
  ['requestSupport', { kind: 'MARKET', channel: 'ONLINE', need: { item: '口罩' } }, 'clerk'],
  ['assignTracking', { desk: '园区办公室' }, 'officer'],
  ['publishOffer', { kind: 'OFFER', sector: 'OTHER', title: TEXT, text: TEXT, validTo: '2026-04-01' }, 'clerk'],
  ['recordInspection', { park: PARK, inspectedOn: '2026-03-01', findings: [] }, 'officer'],
];

const GONE: Readonly<Record<string, Partial<EnterpriseItem>>> = {
  'merged into another': { successors: [{ enterpriseId: 'ent_x', kind: 'ABSORPTION', on: '2026-03-02' }] },
  'whose registration is void': { registration: 'VOID' },
  'that left its last park yesterday': { residencies: [stay('2026-03-01')] },
};
const THERE: Readonly<Record<string, Partial<EnterpriseItem>>> = {
  'that leaves its last park today': { residencies: [stay('2026-03-02')] },
  'that goes on after a split': { successors: [{ enterpriseId: 'ent_x', kind: 'SPLIT_OFF', on: '2026-03-02' }] },
};

const begin = async ([name, given, as]: Beginning, change: Partial<EnterpriseItem>): Promise<string> => {
  const enterprise = await newFirm(change);
  return send(name, as === 'officer' ? OFFICER : { kind: 'clerk', person: 'c-1', enterprise }, {
    enterprise,
    ...given,
  });
};

describe.each(BEGINNINGS)('%s', (...beginning) => {
  test.each(Object.keys(GONE))('is refused to an enterprise %s', async (how) => {
    // Neither an offer nor a tracking is of an enterprise whose registration is not confirmed.
    const refusals = /^(ENTERPRISE_ENDED|NOT_FOUND|NOT_ALLOWED)/;
    expect(await begin(beginning, GONE[how] ?? {})).toMatch(
      how.includes('void') ? refusals : /^ENTERPRISE_ENDED enterprise$/,
    );
  });
  test.each(Object.keys(THERE))('is carried out for an enterprise %s', async (how) => {
    expect(await begin(beginning, THERE[how] ?? {})).toBe('');
  });
});

test('interest is refused of an enterprise that is gone', async () => {
  const { data } = await serve(
    `mutation ($input: PublishOfferInput!) { publishOffer(input: $input) { offer { id } } }`,
    {
      input: { idempotencyKey: 'offer-of-the-zone', zone: 'zone_teda', ...BEGINNINGS[2]?.[1] },
    },
    { viewer: OFFICER, now: NOW },
  );
  const interest: Beginning = ['showInterest', { offer: data.publishOffer.offer.id, message: TEXT }, 'clerk'];
  expect(await begin(interest, GONE['merged into another'] ?? {})).toBe('ENTERPRISE_ENDED enterprise');
  expect(await begin(interest, {})).toBe('');
});

test('the offers of an enterprise end with it: they are not listed, and take no interest and no acceptance', async () => {
  const enterprise = await newFirm();
  const publisher: Viewer = { kind: 'clerk', person: 'c-1', enterprise };
  const { data } = await serve(
    'mutation ($input: PublishOfferInput!) { publishOffer(input: $input) { offer { id } } }',
    { input: { idempotencyKey: 'offer-of-a-firm', enterprise, ...BEGINNINGS[2]?.[1] } },
    { viewer: publisher, now: NOW },
  );
  const offer = data.publishOffer.offer.id;
  const interested = await newFirm();
  const asClerk: Viewer = { kind: 'clerk', person: 'c-2', enterprise: interested };
  expect(await send('showInterest', asClerk, { enterprise: interested, offer, message: TEXT })).toBe('');
  const listed = async () => {
    const query = '{ cooperationOffers(sector: OTHER, first: 100) { nodes { id } } }';
    const answer = await serve(query, {}, { viewer: OFFICER, now: NOW });
    return answer.data.cooperationOffers.nodes.map(({ id }: { id: string }) => id);
  };
  expect(await listed()).toContain(offer);

  const ended = enterpriseOf(number - 2, { homeZoneId: 'zone_teda', ...GONE['merged into another'] });
  await system.write('enterprises', itemsOf(ended));
  expect(ended.id).toBe(enterprise);
  expect(await listed()).not.toContain(offer);
  const late = await newFirm();
  const lateClerk: Viewer = { kind: 'clerk', person: 'c-3', enterprise: late };
  expect(await send('showInterest', lateClerk, { enterprise: late, offer, message: TEXT })).toBe(
    'ENTERPRISE_ENDED offer',
  );
  const accept = { offer, enterprise: interested, version: 1 };
  expect(await send('acceptInterest', publisher, accept)).toBe('ENTERPRISE_ENDED offer');
});

test('the interest of an enterprise that is gone is not accepted', async () => {
  const enterprise = await newFirm();
  const publisher: Viewer = { kind: 'clerk', person: 'c-1', enterprise };
  const { data } = await serve(
    'mutation ($input: PublishOfferInput!) { publishOffer(input: $input) { offer { id } } }',
    { input: { idempotencyKey: 'offer-that-goes-on', enterprise, ...BEGINNINGS[2]?.[1] } },
    { viewer: publisher, now: NOW },
  );
  const offer = data.publishOffer.offer.id;
  const interested = await newFirm();
  const asClerk: Viewer = { kind: 'clerk', person: 'c-2', enterprise: interested };
  expect(await send('showInterest', asClerk, { enterprise: interested, offer, message: TEXT })).toBe('');
  const gone = enterpriseOf(number - 1, { homeZoneId: 'zone_teda', ...GONE['merged into another'] });
  await system.write('enterprises', itemsOf(gone));
  const accept = { offer, enterprise: interested, version: 1 };
  expect(await send('acceptInterest', publisher, accept)).toBe('ENTERPRISE_ENDED enterprise');
});

test('what is open when the enterprise ends can be worked on, withdrawn and closed', async () => {
  const enterprise = await newFirm();
  const clerk: Viewer = { kind: 'clerk', person: 'c-1', enterprise };
  const input = { idempotencyKey: 'before-the-end', enterprise, ...BEGINNINGS[0]?.[1] };
  const { data } = await serve(
    'mutation ($input: RequestSupportInput!) { requestSupport(input: $input) { request { id } } }',
    { input },
    { viewer: clerk, now: NOW },
  );
  const ended = enterpriseOf(number - 1, { homeZoneId: 'zone_teda', residencies: [stay('2026-03-01')] });
  await system.write('enterprises', itemsOf(ended));
  const step = { idempotencyKey: 'after-the-end', request: data.requestSupport.request.id, version: 1 };
  const { data: withdrawn } = await serve(
    `mutation ($input: SupportRequestVersionInput!) {
      withdrawSupportRequest(input: $input) { request { status } userErrors { code } }
    }`,
    { input: step },
    { viewer: clerk, now: NOW },
  );
  expect(withdrawn.withdrawSupportRequest).toEqual({ request: { status: 'WITHDRAWN' }, userErrors: [] });
});
