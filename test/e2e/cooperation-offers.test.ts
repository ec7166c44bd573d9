import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** A firm and a zone publish what they offer; another firm shows interest, and the publisher accepts: a match. */

const TEDA = 'zone_teda';
const OFFICER: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: TEDA, roles: ['PUBLISH'] };
const ELSEWHERE: Viewer = { ...OFFICER, zone: 'zone_baodi' };
const WITHOUT_ROLE: Viewer = { ...OFFICER, roles: ['TRACK'] };
const NOW = new Date('2020-03-02T01:00:00.000Z');
const LATER = new Date('2020-04-02T01:00:00.000Z');
const [PUBLISHER, PARTNER, THIRD] = [4_000, 4_001, 4_002].map((number) => enterpriseOf(number)) as [Firm, Firm, Firm];
type Firm = ReturnType<typeof enterpriseOf>;
const UNCONFIRMED = enterpriseOf(4_003, { registration: 'UNCONFIRMED' });
const OFFER = {
  kind: 'OFFER',
  sector: 'NEW_MATERIALS',
  title: { zh: '物流协作' },
  text: { zh: '共享冷链运力' },
  validTo: '2020-03-31',
};
const MESSAGE = { message: { zh: '希望合作' } };

const INPUTS = {
  publishOffer: 'PublishOfferInput',
  withdrawOffer: 'WithdrawOfferInput',
  showInterest: 'ShowInterestInput',
  withdrawInterest: 'WithdrawInterestInput',
  acceptInterest: 'AcceptInterestInput',
} as const;
type Mutation = keyof typeof INPUTS;

let system: TestSystem;
let serve: Execute;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('enterprises', createEnterprisesSubgraph);
  await system.write('enterprises', [PUBLISHER, PARTNER, THIRD, UNCONFIRMED].flatMap(itemsOf));
});
afterAll(() => system.stop());

const clerkOf = ({ id }: { readonly id: string }): Viewer => ({ kind: 'clerk', person: `c-${id}`, enterprise: id });

async function sent(mutation: Mutation, input: object, viewer: Viewer, now = NOW) {
  const asked = mutation.endsWith('Offer')
    ? 'offer { id version state title zone { id } enterprise { id } }'
    : 'interest { state version message offer { id } enterprise { id } }';
  return serve(
    `mutation ($input: ${INPUTS[mutation]}!) { ${mutation}(input: $input) { ${asked} userErrors { code field } } }`,
    { input: { idempotencyKey: `offers-${keys++}`, ...input } },
    { viewer, now: new Date(now.getTime() + keys) },
  );
}

async function send(...given: Parameters<typeof sent>) {
  const { data, errors } = await sent(...given);
  expect(errors).toBeUndefined();
  return data[given[0]];
}

const published = async (change: object = {}): Promise<string> =>
  (await send('publishOffer', { ...OFFER, enterprise: PUBLISHER.id, ...change }, clerkOf(PUBLISHER))).offer.id;
const ofZone = async (): Promise<string> => (await send('publishOffer', { ...OFFER, zone: TEDA }, OFFICER)).offer.id;
const interest = (offer: string, firm: Firm, viewer = clerkOf(firm), now = NOW) =>
  send('showInterest', { offer, enterprise: firm.id, ...MESSAGE }, viewer, now);
const accept = (offer: string, viewer: Viewer, version = 1, firm: Firm = PARTNER) =>
  send('acceptInterest', { offer, enterprise: firm.id, version }, viewer);

async function listed(given: string, now = NOW): Promise<string[]> {
  const { data, errors } = await serve(`{ cooperationOffers(${given}, first: 50) { nodes { id } } }`, {}, { now });
  expect(errors).toBeUndefined();
  return data.cooperationOffers.nodes.map(({ id }: { readonly id: string }) => id);
}

async function read(type: string, id: string, selection: string, viewer: Viewer) {
  const { data, errors } = await serve(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`,
    { of: [{ __typename: type, id }] },
    { viewer, now: NOW },
  );
  expect(errors).toBeUndefined();
  return data._entities[0];
}
const interests = async (id: string, viewer: Viewer) =>
  (await read('CooperationOffer', id, 'interests(first: 5) { nodes { message enterprise { id } } }', viewer)).interests;

test('a firm publishes an offer, another one shows interest, and they are matched', async () => {
  const { offer } = await send('publishOffer', { ...OFFER, enterprise: PUBLISHER.id }, clerkOf(PUBLISHER));
  expect(offer).toMatchObject({ version: 1, state: 'OPEN', zone: { id: TEDA }, enterprise: { id: PUBLISHER.id } });
  expect(await interest(offer.id, PARTNER)).toEqual({
    interest: {
      state: 'INTERESTED',
      version: 1,
      message: '希望合作',
      offer: { id: offer.id },
      enterprise: { id: PARTNER.id },
    },
    userErrors: [],
  });
  expect((await accept(offer.id, clerkOf(PUBLISHER))).interest).toMatchObject({ state: 'MATCHED', version: 2 });
  expect((await accept(offer.id, clerkOf(PUBLISHER), 2)).userErrors).toEqual([{ code: 'NOT_ALLOWED', field: null }]);
});

test('only both sides see an interest', async () => {
  const [byFirm, byZone] = [await published(), await ofZone()];
  for (const id of [byFirm, byZone]) await interest(id, PARTNER);
  const shown = { nodes: [{ message: '希望合作', enterprise: { id: PARTNER.id } }] };
  expect(await interests(byFirm, clerkOf(PUBLISHER))).toEqual(shown);
  expect(await interests(byZone, OFFICER)).toEqual(shown);
  for (const viewer of [OFFICER, ELSEWHERE, clerkOf(THIRD), { kind: 'anonymous' } as const]) {
    expect(await interests(byFirm, viewer)).toBeNull();
  }
  for (const viewer of [ELSEWHERE, clerkOf(PUBLISHER)]) expect(await interests(byZone, viewer)).toBeNull();
  const own = 'offerInterests(first: 2) { nodes { offer { id } } }';
  const nodes = [{ offer: { id: byZone } }, { offer: { id: byFirm } }];
  expect((await read('Enterprise', PARTNER.id, own, clerkOf(PARTNER))).offerInterests).toEqual({ nodes });
  expect((await read('Enterprise', PARTNER.id, own, clerkOf(THIRD))).offerInterests).toBeNull();
});

test("an officer's question about a firm's interests has no page that tells of some", async () => {
  await interest(await ofZone(), PARTNER);
  const own = 'offerInterests(first: 1) { nodes { offer { id } } pageInfo { hasNextPage } }';
  for (const viewer of [OFFICER, ELSEWHERE]) {
    expect((await read('Enterprise', PARTNER.id, own, viewer)).offerInterests).toBeNull();
  }
});

test('a firm withdraws its interest until it is accepted, and may show it anew', async () => {
  const id = await published();
  await interest(id, PARTNER);
  const withdraw = (version: number, viewer = clerkOf(PARTNER), firm: Firm = PARTNER) =>
    send('withdrawInterest', { offer: id, enterprise: firm.id, version }, viewer);
  for (const viewer of [clerkOf(PUBLISHER), clerkOf(THIRD)]) {
    expect((await withdraw(1, viewer)).userErrors).toEqual([{ code: 'NOT_ALLOWED', field: null }]);
  }
  expect((await withdraw(1, clerkOf(THIRD), THIRD)).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['offer'] }]);
  expect((await withdraw(7)).userErrors).toEqual([{ code: 'VERSION_CONFLICT', field: ['version'] }]);
  const both = await Promise.all([withdraw(1), withdraw(1)]);
  expect(both.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);

  expect(await interests(id, clerkOf(PUBLISHER))).toEqual({ nodes: [] });
  const refused = [{ code: 'NOT_ALLOWED', field: null }];
  expect((await accept(id, clerkOf(PUBLISHER), 2)).userErrors).toEqual(refused);
  expect((await withdraw(2)).userErrors).toEqual(refused);

  expect((await interest(id, PARTNER)).interest).toMatchObject({ state: 'INTERESTED', version: 3 });
  expect((await accept(id, clerkOf(PUBLISHER), 3)).interest).toMatchObject({ state: 'MATCHED' });
  expect((await withdraw(4)).userErrors).toEqual(refused);
});

test('a firm withdraws its interest in an offer that is withdrawn', async () => {
  const id = await published();
  await interest(id, PARTNER);
  await send('withdrawOffer', { offer: id, version: 1 }, clerkOf(PUBLISHER));
  const { interest: after } = await send(
    'withdrawInterest',
    { offer: id, enterprise: PARTNER.id, version: 1 },
    clerkOf(PARTNER),
  );
  expect(after).toMatchObject({ state: 'WITHDRAWN', version: 2 });
});

test('open offers are listed by sector and zone, until they end or are withdrawn', async () => {
  const sector = { sector: 'SMART_TRANSPORT' };
  const late = await published(sector);
  const soon = await published({ ...sector, validTo: '2020-03-09' });
  const away = await published({ ...sector, sector: 'OTHER' });
  expect(await listed('sector: SMART_TRANSPORT')).toEqual([soon, late]);
  expect(await listed('sector: SMART_TRANSPORT, zone: "zone_teda"')).toEqual([soon, late]);
  expect(await listed('sector: SMART_TRANSPORT, zone: "zone_baodi"')).toEqual([]);
  expect(await listed('sector: OTHER')).toEqual([away]);
  expect(await listed('sector: SMART_TRANSPORT', new Date('2020-03-10T01:00:00.000Z'))).toEqual([late]);
  const { offer } = await send('withdrawOffer', { offer: soon, version: 1 }, clerkOf(PUBLISHER));
  expect(offer).toMatchObject({ state: 'WITHDRAWN', version: 2 });
  expect(await listed('sector: SMART_TRANSPORT')).toEqual([late]);
  expect(await listed('sector: SMART_TRANSPORT, zone: "zone_teda"')).toEqual([late]);
});

test('nobody shows interest in an offer that is withdrawn or over, in the own one, or twice', async () => {
  const id = await published();
  expect((await interest(id, PUBLISHER)).userErrors).toEqual([{ code: 'INVALID', field: ['enterprise'] }]);
  expect((await interest(id, PARTNER, clerkOf(PARTNER), LATER)).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: ['offer'] },
  ]);
  await interest(id, PARTNER);
  expect((await interest(id, PARTNER)).userErrors).toEqual([{ code: 'ALREADY_EXISTS', field: ['offer'] }]);
  await send('withdrawOffer', { offer: id, version: 1 }, clerkOf(PUBLISHER));
  expect((await interest(id, THIRD)).userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['offer'] }]);
  expect((await accept(id, clerkOf(PUBLISHER))).userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['offer'] }]);
  expect((await send('withdrawOffer', { offer: id, version: 2 }, clerkOf(PUBLISHER))).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
  expect((await interest('offer_01HB0000000000000000000000', PARTNER)).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['offer'] },
  ]);
});

test('nobody speaks for another publisher or another firm', async () => {
  const [byFirm, byZone] = [await published(), await ofZone()];
  await interest(byFirm, PARTNER);
  await interest(byZone, PARTNER);
  const refused = [{ code: 'NOT_ALLOWED', field: null }];
  for (const [id, viewer] of [
    [byFirm, clerkOf(PARTNER)],
    [byFirm, OFFICER],
    [byZone, ELSEWHERE],
    [byZone, clerkOf(PUBLISHER)],
  ] as const) {
    expect((await accept(id, viewer)).userErrors).toEqual(refused);
    expect((await send('withdrawOffer', { offer: id, version: 1 }, viewer)).userErrors).toEqual(refused);
  }
  expect((await interest(byFirm, THIRD, clerkOf(PARTNER))).userErrors).toEqual(refused);
  expect((await send('publishOffer', { ...OFFER, zone: TEDA }, ELSEWHERE)).userErrors).toEqual(refused);
  const { errors } = await sent('publishOffer', { ...OFFER, zone: TEDA }, WITHOUT_ROLE);
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test.each([
  ['no publisher', { enterprise: null }, { code: 'NOT_FOUND', field: ['enterprise'] }],
  ['two publishers', { zone: TEDA }, { code: 'NOT_FOUND', field: ['enterprise'] }],
  ['an empty title', { title: { zh: '', ja: 'a', en: 'a' } }, { code: 'INVALID', field: ['title', 'zh'] }],
  ['an empty text', { text: { zh: '', ja: 'a', en: 'a' } }, { code: 'INVALID', field: ['text', 'zh'] }],
  ['an end in the past', { validTo: '2020-03-01' }, { code: 'INVALID', field: ['validTo'] }],
  ['an end after years', { validTo: '2022-03-01' }, { code: 'INVALID', field: ['validTo'] }],
])('refuses an offer with %s', async (_, change, userError) => {
  const input = { ...OFFER, enterprise: PUBLISHER.id, ...change };
  expect((await send('publishOffer', input, clerkOf(PUBLISHER))).userErrors).toEqual([userError]);
});

test('a firm whose registration is not confirmed publishes nothing', async () => {
  const input = { ...OFFER, enterprise: UNCONFIRMED.id };
  expect((await send('publishOffer', input, clerkOf(UNCONFIRMED))).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['enterprise'] },
  ]);
});

test('repeated commands publish once and show interest once, and two acceptances at once make one match', async () => {
  const input = { idempotencyKey: 'one-offer-only', ...OFFER, enterprise: PUBLISHER.id };
  const { offer } = await send('publishOffer', input, clerkOf(PUBLISHER));
  expect((await send('publishOffer', input, clerkOf(PUBLISHER))).offer).toEqual(offer);
  const given = { idempotencyKey: 'one-interest-only', offer: offer.id, enterprise: PARTNER.id, ...MESSAGE };
  const first = await send('showInterest', given, clerkOf(PARTNER));
  expect(await send('showInterest', given, clerkOf(PARTNER))).toEqual(first);
  const both = await Promise.all([accept(offer.id, clerkOf(PUBLISHER)), accept(offer.id, clerkOf(PUBLISHER))]);
  expect(both.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  expect((await accept(offer.id, clerkOf(PUBLISHER), 7)).userErrors).toEqual([
    { code: 'VERSION_CONFLICT', field: ['version'] },
  ]);
  expect((await accept(offer.id, clerkOf(PUBLISHER), 1, THIRD)).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['enterprise'] },
  ]);
});
