import type { StoreName } from '../../src/config.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { linkageNewsOf } from '../../src/storage/linkages/linkage-news.ts';
import { relocatedEnterprises } from '../../src/storage/read-models/copies.ts';
import { linkageKeys, type PrimaryKey } from '../../src/storage/tables.ts';
import { type Firm, movingFirms, officerOf } from '../fixtures/moving-firms.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** Firms move from zone A to zone B: both zones state what they know of it, and zone C sees none of it. */

const [A, B, C] = [officerOf('a'), officerOf('b'), officerOf('c')];
const NOW = new Date('2026-06-01T02:00:00.000Z');
const LED = { ledBy: 'GOVERNMENT', listNumber: '2026-7', relieves: 'INDUSTRY', agreement: 'agr_a-b' };

let system: TestSystem;
let world: Awaited<ReturnType<typeof movingFirms>>;
let firm: Firm;

beforeAll(async () => {
  system = await startTestSystem();
  world = await movingFirms(system);
});
afterAll(() => system.stop());
beforeEach(async () => {
  firm = await world.firm();
});

const open = (facts: object = LED, viewer = A, more: object = {}) =>
  world.relocate('openRelocation', { enterprise: firm.id, toPark: 'park_b', facts, ...more }, viewer, NOW);

test('a relocation that governments confirm waits for the firm, whose request moves it at once', async () => {
  const { relocation } = await open();
  expect(relocation).toMatchObject({ version: 1, state: 'OPEN', ledBy: null, listed: false });
  const { id } = relocation;
  const other = { ...LED, listNumber: '2026-8', relieves: null };
  const stated = await world.relocate('stateRelocation', { relocation: id, version: 1, facts: other }, B, NOW);
  expect(stated.relocation).toMatchObject({
    ...{ version: 2, state: 'OPEN', differences: ['LIST_NUMBER', 'RELIEVES'], ledBy: 'GOVERNMENT', listed: false },
    agreement: { id: 'agr_a-b' },
  });
  const confirmed = await world.relocate('confirmRelocation', { relocation: id, version: 2 }, B, NOW);
  expect(confirmed.relocation).toMatchObject({
    ...{ state: 'CONFIRMED', differences: [], listed: true, relieves: 'INDUSTRY', confirmedOn: '2026-06-01' },
  });

  await world.arrange(id, 3, 2);
  const arranged = await world.stored(firm.id);
  expect(arranged?.move).toMatchObject({ state: 'ARRANGED', toParkId: 'park_b' });
  expect(arranged?.homeZoneId).toBe('zone_a');
  const move = { park: 'park_b', keepsSites: false };
  const before = await world.register('requestMove', 'RequestMoveInput', firm, firm.clerk, NOW, move);
  expect(await world.stored(firm.id)).toMatchObject({ homeZoneId: 'zone_b', move: { state: 'COMPLETED' } });
  await world.follow(before, 2);
  const moved = [{ id, state: 'REGISTERED', toPark: 'park_b', registeredOn: '2026-06-01', ledBy: 'GOVERNMENT' }];
  for (const viewer of [A, B, firm.clerk]) expect(await world.seen(firm, viewer, NOW)).toMatchObject(moved);
  expect(await world.seen(firm, C, NOW)).toEqual([]);
  expect(
    (await world.relocate('stateRelocation', { relocation: id, version: 4, facts: LED }, C, NOW)).userErrors,
  ).toEqual(NOT_ALLOWED);
});

test('both zones list their relocations, the last opened first, and a third zone lists none', async () => {
  const first = (await open()).relocation.id;
  firm = await world.firm();
  const park = { park: 'park_b', keepsSites: false };
  await world.register('requestMove', 'RequestMoveInput', firm, firm.clerk, NOW, park);
  await world.register('acceptMove', 'EnterpriseVersionInput', firm, officerOf('b', ['REGISTER']), NOW);
  const by = officerOf('a', ['REGISTER']);
  await world.follow(await world.register('handOverEnterprise', 'EnterpriseVersionInput', firm, by, NOW), 2);
  const [{ id: second }] = await world.seen(firm, A, NOW);
  const list = (zone: 'a' | 'b', direction: 'IN' | 'OUT', viewer = A, page: { first: number; after?: string } = LAST) =>
    world.listed(zone, direction, viewer, page, NOW);
  for (const shown of [await list('a', 'OUT'), await list('b', 'IN', B)]) expect(shown.ids).toEqual([second, first]);
  const { endCursor } = await list('b', 'IN', B, { first: 1 });
  expect((await list('b', 'IN', B, { first: 1, after: endCursor })).ids).toEqual([first]);
  for (const [zone, direction, viewer] of [
    ['a', 'IN', A],
    ['b', 'OUT', B],
    ['b', 'IN', A],
    ['a', 'OUT', C],
    ['b', 'IN', C],
    ['b', 'IN', firm.clerk],
  ] as const) {
    expect((await list(zone, direction, viewer)).ids).toEqual([]);
  }
  const read = await system.dynamo.during(() => list('b', 'IN', B));
  expect(read.map(({ command }) => command)).toEqual(['Query', 'BatchGet']);
});

const LAST = { first: 2 };

test('a completed move that the stream has lost is named and recorded by the rebuild, once', async () => {
  const tables = (store: StoreName) => system.table(store);
  const confirmed = await openConfirmed();
  await world.arrange(confirmed, 2);
  await world.register('requestMove', 'RequestMoveInput', firm, firm.clerk, NOW, { park: 'park_b', keepsSites: false });
  const lost = [{ pk: firm.id, sk: expect.stringContaining('MOVE#2026-06-01'), fault: 'MISSING' }];
  expect((await relocatedEnterprises.compare(tables)).differences).toEqual(expect.arrayContaining(lost));
  expect((await relocatedEnterprises.rebuild(tables)).differences).toEqual(expect.arrayContaining(lost));
  expect(await world.seen(firm, A, NOW)).toMatchObject([{ id: confirmed, state: 'REGISTERED' }]);
  expect(await relocatedEnterprises.compare(tables)).toMatchObject({ differences: [] });
  expect((await relocatedEnterprises.rebuild(tables)).differences).toEqual([]);
});

async function openConfirmed(): Promise<string> {
  const { relocation } = await open();
  await world.relocate('confirmRelocation', { relocation: relocation.id, version: 1 }, B, NOW);
  return relocation.id;
}

const NOT_ALLOWED = [{ code: 'NOT_ALLOWED', field: null }];

test('a move that the firm requests makes the relocation, which no zone can hold back, once', async () => {
  const move = { park: 'park_b', keepsSites: true };
  await world.register('requestMove', 'RequestMoveInput', firm, firm.clerk, NOW, move);
  await world.register('acceptMove', 'EnterpriseVersionInput', firm, officerOf('b', ['REGISTER']), NOW);
  const by = officerOf('a', ['REGISTER']);
  const before = await world.register('handOverEnterprise', 'EnterpriseVersionInput', firm, by, NOW);
  await world.follow(before, 3);
  const [relocation, ...more] = await world.seen(firm, A, NOW);
  expect(more).toEqual([]);
  expect(relocation).toMatchObject({
    ...{ state: 'REGISTERED', fromZone: { id: 'zone_a' }, toZone: { id: 'zone_b' }, registeredOn: '2026-06-01' },
    ...{ ledBy: null, statements: [] },
  });
  const { sites } = (await world.stored(firm.id)) ?? {};
  const facts = { ledBy: 'ENTERPRISE', remainingSites: sites?.map(({ id }) => id) };
  const stated = await world.relocate('stateRelocation', { relocation: relocation.id, version: 1, facts }, A, NOW);
  const seen = { relocation: relocation.id, version: stated.relocation.version };
  expect((await world.relocate('confirmRelocation', seen, B, NOW)).relocation).toMatchObject({
    ...{ state: 'REGISTERED', ledBy: 'ENTERPRISE', listed: false },
  });
});

test('a confirmation completes a move that the firm has requested already, and none to another zone', async () => {
  const requested = { park: 'park_b', keepsSites: false };
  await world.register('requestMove', 'RequestMoveInput', firm, firm.clerk, NOW, requested);
  const { relocation } = await open({ ledBy: 'MARKET' }, B);
  await world.relocate('confirmRelocation', { relocation: relocation.id, version: 1 }, A, NOW);
  await world.arrange(relocation.id, 2, 2);
  expect(await world.stored(firm.id)).toMatchObject({ homeZoneId: 'zone_b', move: { state: 'COMPLETED' } });

  firm = await world.firm();
  await world.register('requestMove', 'RequestMoveInput', firm, firm.clerk, NOW, { ...requested, park: 'park_c' });
  const other = (await open()).relocation;
  await world.relocate('confirmRelocation', { relocation: other.id, version: 1 }, B, NOW);
  await world.arrange(other.id, 2);
  expect(await world.stored(firm.id)).toMatchObject({ homeZoneId: 'zone_a', move: { toZoneId: 'zone_c' } });
});

test('the firm declines an arranged move, or asks for another zone instead', async () => {
  const { relocation } = await open();
  await world.relocate('confirmRelocation', { relocation: relocation.id, version: 1 }, B, NOW);
  await world.arrange(relocation.id, 2);
  await world.register('withdrawMove', 'EnterpriseVersionInput', firm, firm.clerk, NOW);
  await world.arrange(relocation.id, 2);
  expect((await world.stored(firm.id))?.move?.state).toBe('WITHDRAWN');
  const elsewhere = { park: 'park_c', keepsSites: false };
  await world.register('requestMove', 'RequestMoveInput', firm, firm.clerk, NOW, elsewhere);
  expect((await world.stored(firm.id))?.move).toMatchObject({ state: 'REQUESTED', toZoneId: 'zone_c' });
});

test('a zone withdraws a relocation until both have stated the same, and may open another one then', async () => {
  const { relocation } = await open();
  expect((await open()).userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['enterprise'] }]);
  const seen = { relocation: relocation.id, version: 1 };
  expect((await world.relocate('withdrawRelocation', seen, B, NOW)).relocation.state).toBe('WITHDRAWN');
  const again = { relocation: relocation.id, version: 2 };
  expect((await world.relocate('confirmRelocation', again, B, NOW)).userErrors).toMatchObject([
    { code: 'NOT_ALLOWED' },
  ]);
  const second = (await open()).relocation;
  await world.relocate('confirmRelocation', { relocation: second.id, version: 1 }, B, NOW);
  const late = { relocation: second.id, version: 2 };
  expect((await world.relocate('withdrawRelocation', late, A, NOW)).userErrors).toMatchObject([
    { code: 'NOT_ALLOWED' },
  ]);
});

test.each([
  ['a list number that no government stands for', { ledBy: 'MARKET', listNumber: '1' }, 'INVALID', 'listNumber'],
  ['a government without a list', { ledBy: 'GOVERNMENT' }, 'INVALID', 'listNumber'],
  ['sites of another firm', { ledBy: 'MARKET', remainingSites: ['site_other'] }, 'INVALID', 'remainingSites'],
  ['an agreement that does not exist', { ledBy: 'MARKET', agreement: 'agr_none' }, 'NOT_FOUND', 'agreement'],
  ['an agreement of other zones', { ledBy: 'MARKET', agreement: 'agr_b-c' }, 'NOT_ALLOWED', 'agreement'],
  ['an agreement that has expired', { ledBy: 'MARKET', agreement: 'agr_expired' }, 'NOT_ALLOWED', 'agreement'],
])('a statement is refused with %s', async (_, facts, code, field) => {
  expect((await open(facts)).userErrors).toEqual([{ code, field: ['facts', field] }]);
});

test.each([
  ['an enterprise that does not exist', { enterprise: 'ent_01000000000000000000000000' }, 'enterprise', 'NOT_FOUND'],
  ['a park that does not exist', { toPark: 'park_none' }, 'toPark', 'NOT_FOUND'],
  ['a park of the home zone', { toPark: 'park_a' }, 'toPark', 'INVALID'],
])('a relocation is refused for %s', async (_, more, field, code) => {
  expect((await open({ ledBy: 'MARKET' }, A, more)).userErrors).toEqual([{ code, field: [field] }]);
});

test('only officers of both zones who publish command', async () => {
  expect((await open(LED, C)).userErrors).toEqual(NOT_ALLOWED);
  for (const viewer of [officerOf('a', []), firm.clerk, { kind: 'admin', person: 'admin-1' } as const]) {
    expect((await open(LED, viewer)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  }
});

test('a repeated command answers as the first; two at once make one statement', async () => {
  const key = { idempotencyKey: `once-${firm.id.slice(-8)}` };
  const first = await open(LED, A, key);
  expect(await open(LED, A, key)).toEqual(first);
  const seen = { relocation: first.relocation.id, version: 1 };
  const both = await Promise.all([1, 2].map(() => world.relocate('confirmRelocation', seen, B, NOW)));
  expect(both.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  const [relocation] = await world.seen(firm, A, NOW);
  expect(relocation.statements).toHaveLength(2);
});

test('each version tells both zones, and no other', async () => {
  const { relocation } = await open();
  await world.relocate('confirmRelocation', { relocation: relocation.id, version: 1 }, B, NOW);
  const told = await Promise.all(
    [1, 2].map(async (version) => {
      const key = linkageKeys.recordVersion(linkageKeys.relocation(relocation.id), version);
      return linkageNewsOf((await readItem(system.table('linkages'), key)) as PrimaryKey);
    }),
  );
  expect(told).toMatchObject([
    { kind: 'OPENED', zoneIds: ['zone_a', 'zone_b'], agreementId: null },
    { kind: 'CONFIRMED', zoneIds: ['zone_a', 'zone_b'], agreementId: 'agr_a-b' },
  ]);
});
