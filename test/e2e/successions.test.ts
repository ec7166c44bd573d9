import { dayFiguresOf } from '../../src/domain/published-figures/published-day.ts';
import { EMPTY_TALLY } from '../../src/domain/published-figures/resumption.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import type { EnterpriseItem } from '../../src/storage/enterprises/items.ts';
import {
  enterpriseItem,
  knownParkItem,
  parkPublicationItem,
  publishedDayItem,
  trackingItem,
} from '../../src/storage/enterprises/make-items.ts';
import { enterpriseKeys, type PrimaryKey } from '../../src/storage/tables.ts';
import {
  ADMIN,
  at,
  BAODI,
  clerkOf,
  PARKS,
  type RegisterStory,
  registrar,
  startRegisterStory,
  TEDA,
} from '../fixtures/register-story.ts';

/** Firms of TEDA and Baodi merge and are divided: their clerks agree, their home zones confirm. */

let story: RegisterStory;
/** A firm of TEDA. */
let old: string;
/** A firm of Baodi. */
let next: string;
const ON = '2026-05-29';
const LATER = at('2026-06-03');
const OF_TEDA = registrar(TEDA);
const OF_BAODI = registrar(BAODI);

const inBaodi = {
  homeZoneId: BAODI,
  residencies: [{ parkId: PARKS[BAODI], kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 5 }],
} as const;

beforeAll(async () => {
  story = await startRegisterStory(8_300);
});
afterAll(() => story.system.stop());
beforeEach(async () => {
  old = await story.newFirm();
  next = await story.newFirm(inBaodi);
});

const terms = () => ({ into: next, on: ON });
const PENDING = 'succession { kind on into { id } agreed { id } confirmed { id } source }';

async function agreed(): Promise<void> {
  await story.does('mergeEnterprises', clerkOf(old), old, terms());
  await story.does('mergeEnterprises', clerkOf(next), old, terms());
}

async function merged(): Promise<void> {
  await agreed();
  await story.does('confirmSuccession', OF_TEDA, old, {}, LATER);
  await story.does('confirmSuccession', OF_BAODI, old, {}, LATER);
}

async function report(on: string, now = LATER) {
  const query = `mutation ($input: ReportOperationsInput!) {
    reportOperations(input: $input) { userErrors { code } }
  }`;
  const reports = [{ enterprise: old, on, mode: 'ON_SITE', staffTotal: 12, staffReturned: 9 }];
  const input = { idempotencyKey: story.nextKey(), reports };
  const { reportOperations } = await story.ask(query, { input }, clerkOf(old), now);
  return reportOperations.userErrors.map(({ code }: { code: string }) => code);
}

test('a merger takes effect when both clerks have agreed and both home zones have confirmed', async () => {
  await agreed();
  const pending = {
    kind: 'ABSORPTION',
    on: ON,
    into: [{ id: next }],
    agreed: [{ id: old }, { id: next }],
    confirmed: [],
    source: null,
  };
  for (const viewer of [clerkOf(old), OF_TEDA, OF_BAODI, ADMIN]) {
    expect((await story.read(PENDING, old, viewer)).succession).toEqual(pending);
  }
  expect((await story.read(PENDING, old, clerkOf(await story.newFirm()))).succession).toBeNull();

  await story.does('confirmSuccession', OF_BAODI, old, {}, LATER);
  expect((await story.stored(old)).successors).toBeUndefined();
  await story.does('confirmSuccession', OF_TEDA, old, {}, LATER);

  const relatives =
    'successors { enterprise { id } kind on } predecessors { enterprise { id } kind on } residencies { to }';
  expect(await story.read(relatives, old, { kind: 'anonymous' })).toEqual({
    successors: [{ enterprise: { id: next }, kind: 'ABSORPTION', on: ON }],
    predecessors: [],
    residencies: [{ to: '2026-05-28' }],
  });
  expect(await story.read(relatives, next, { kind: 'anonymous' })).toEqual({
    successors: [],
    predecessors: [{ enterprise: { id: old }, kind: 'ABSORPTION', on: ON }],
    residencies: [{ to: null }],
  });
  const events = 'registerEvents(first: 9) { nodes { kind zones { id } } }';
  const kinds = async (id: string, viewer = OF_BAODI) =>
    (await story.read(events, id, viewer)).registerEvents.nodes.map(({ kind }: { kind: string }) => kind);
  expect(await kinds(next)).toEqual(['BECAME_SUCCESSOR']);
  expect(await kinds(old, OF_TEDA)).toEqual([
    'SUCCEEDED',
    'SUCCESSION_CONFIRMED',
    'SUCCESSION_AGREED',
    'SUCCESSION_STATED',
  ]);
});

test('an absorbed enterprise is in no list, takes no command, and stays readable with what refers to it', async () => {
  await story.system.write('enterprises', [
    trackingItem({ version: 1, enterpriseId: old, officer: '李*', since: '2026-01-01' }),
  ]);
  expect(await report('2026-05-28', at('2026-05-28'))).toEqual([]);
  await merged();
  const lists = `query ($park: ID) {
    resident: enterprises(park: $park, first: 100) { nodes { id } }
    ofSector: enterprises(sector: DIGITAL_ECONOMY, first: 100) { nodes { id } }
  }`;
  const { resident, ofSector } = await story.ask(lists, { park: PARKS[TEDA] }, { kind: 'anonymous' });
  expect(JSON.stringify([resident, ofSector])).not.toContain(old);

  const fields = 'name tracking { officer } operationReports(from: "2026-05-01", to: "2026-06-30") { on }';
  expect(await story.read(fields, old, OF_TEDA)).toMatchObject({
    tracking: { officer: '李*' },
    operationReports: [{ on: '2026-05-28' }],
  });
  expect(await report('2026-05-29')).toEqual(['NOT_ALLOWED']);
  const change = { staffCount: 11 };
  expect(await story.refused('changeEnterprise', OF_TEDA, old, change)).toBe('NOT_ALLOWED enterprise');
  expect(await story.refused('requestMove', clerkOf(old), old, { park: PARKS[BAODI], keepsSites: true })).toBe(
    'NOT_ALLOWED enterprise',
  );
  const { uscc } = await story.stored(old);
  const row = {
    line: 1,
    uscc,
    nameZh: '新',
    industryCode: 'I6513',
    sector: 'OTHER',
    sizeClass: 'SMALL',
    staffCount: '1',
  };
  const input = { idempotencyKey: story.nextKey(), park: PARKS[TEDA], residentFrom: '2026-07-01', rows: [row] };
  const { importEnterprises } = await story.ask(
    'mutation ($input: ImportEnterprisesInput!) { importEnterprises(input: $input) { rows { status userErrors { code } } } }',
    { input },
    OF_TEDA,
  );
  expect(importEnterprises.rows).toEqual([{ status: 'REFUSED', userErrors: [{ code: 'NOT_ALLOWED' }] }]);
});

test('reported days of an absorbed enterprise stay as they are', async () => {
  expect(await report('2026-05-31', at('2026-05-31'))).toEqual([]);
  await merged();
  expect((await story.stored(old)).residencies).toMatchObject([{ to: '2026-05-31' }]);
});

test('a merger whose day is closed takes effect, and leaves closed days as they are', async () => {
  const parkId = 'park_closed-merger';
  const [closedOn, on] = ['2026-05-21', '2026-05-11'];
  const revision = {
    revision: 1,
    kind: 'PUBLICATION',
    at: `${closedOn}T10:00:00.000Z`,
    sequence: 1,
    figures: dayFiguresOf(EMPTY_TALLY, { residents: 1, registeredStaff: 10 }),
  } as const;
  const days = { on: closedOn, publishedAt: revision.at, closesAt: '2026-05-28T10:00:00.000Z' };
  await story.system.write('enterprises', [
    knownParkItem(parkId, TEDA),
    publishedDayItem(parkId, { ...days, current: revision, next: null, history: [revision] }),
    parkPublicationItem({ parkId, version: 1, applied: 1, lastPublishedOn: closedOn }),
  ]);
  old = await story.newFirm({
    residencies: [{ parkId, kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10 }],
  });
  await story.does('mergeEnterprises', clerkOf(old), old, { ...terms(), on }, at('2026-05-10'));
  await story.does('mergeEnterprises', clerkOf(next), old, { ...terms(), on }, at('2026-05-10'));
  await story.does('confirmSuccession', OF_TEDA, old, {}, LATER);
  await story.does('confirmSuccession', OF_BAODI, old, {}, LATER);
  expect(await story.stored(old)).toMatchObject({
    successors: [{ enterpriseId: next, on }],
    residencies: [{ parkId, to: closedOn }],
  });
});

test('an administrator states a merger from the registry’s extract, and the home zones confirm', async () => {
  const source = 'Binhai market supervision bureau, extract 2026-118';
  expect(await story.refused('mergeEnterprises', ADMIN, old, terms())).toBe('INVALID source');
  expect(await story.refused('mergeEnterprises', clerkOf(old), old, { ...terms(), source })).toBe('INVALID source');
  await story.does('mergeEnterprises', ADMIN, old, { ...terms(), source });
  expect((await story.read(PENDING, old, OF_TEDA)).succession).toMatchObject({
    source,
    agreed: [{ id: old }, { id: next }],
  });
  await story.does('confirmSuccession', OF_TEDA, old, {}, LATER);
  await story.does('confirmSuccession', OF_BAODI, old, {}, LATER);
  expect((await story.stored(old)).successors).toMatchObject([{ enterpriseId: next }]);
});

test.each([
  [true, 'SPLIT_UP', '2026-05-28'],
  [false, 'SPLIT_OFF', null],
])('a division that ends the predecessor (%s) is a %s', async (endsPredecessor, kind, to) => {
  const part = await story.newFirm();
  const input = { into: [next, part], on: ON, endsPredecessor };
  await story.does('splitEnterprise', clerkOf(old), old, input);
  await story.does('splitEnterprise', clerkOf(part), old, { ...input, into: [part, next] });
  expect(await story.refused('confirmSuccession', OF_TEDA, old, {}, LATER)).toBe('NOT_ALLOWED enterprise');
  await story.does('splitEnterprise', clerkOf(next), old, input);
  await story.does('confirmSuccession', OF_TEDA, old, {}, LATER);
  await story.does('confirmSuccession', OF_BAODI, old, {}, LATER);
  expect(await story.stored(old)).toMatchObject({
    successors: [
      { enterpriseId: next, kind, on: ON },
      { enterpriseId: part, kind, on: ON },
    ],
    residencies: [{ to }],
  });
  expect(await story.stored(part)).toMatchObject({ predecessors: [{ enterpriseId: old, kind, on: ON }] });
  const change = await story.send('changeEnterprise', OF_TEDA, old, { staffCount: 11 });
  expect(change.userErrors.length).toBe(endsPredecessor ? 1 : 0);
});

test('refuses other callers, another order, and terms that cannot be', async () => {
  const merge = (viewer: Parameters<typeof story.refused>[1], given: object = {}) =>
    story.refused('mergeEnterprises', viewer, old, { ...terms(), ...given });
  expect(await merge(clerkOf(next))).toBe('NOT_FOUND enterprise');
  expect(await merge(clerkOf(await story.newFirm()))).toBe('NOT_ALLOWED enterprise');
  expect(await merge(OF_TEDA)).toBe('FORBIDDEN');
  expect(await merge(clerkOf(old), { into: old })).toBe('INVALID into');
  expect(await merge(clerkOf(old), { into: 'ent_01HB0000000000000000000000' })).toBe('NOT_FOUND into');
  expect(await merge(clerkOf(old), { version: 9 })).toBe('VERSION_CONFLICT version');
  const unconfirmed = await story.newFirm({ registration: 'UNCONFIRMED' });
  expect(await merge(clerkOf(old), { into: unconfirmed })).toBe('NOT_ALLOWED enterprise');

  await story.does('mergeEnterprises', clerkOf(old), old, terms());
  expect(await merge(clerkOf(old))).toBe('NOT_ALLOWED enterprise');
  expect(await merge(clerkOf(next), { on: '2026-06-01' })).toBe('NOT_FOUND enterprise');
  expect(await story.refused('confirmSuccession', OF_TEDA, old, {}, LATER)).toBe('NOT_ALLOWED enterprise');
  await story.does('mergeEnterprises', clerkOf(next), old, terms());
  expect(await story.refused('confirmSuccession', OF_TEDA, old, {}, at('2026-05-28'))).toBe('INVALID enterprise');
  expect(await story.refused('confirmSuccession', registrar('zone_other'), old, {}, LATER)).toBe(
    'NOT_ALLOWED enterprise',
  );
  await story.does('confirmSuccession', OF_TEDA, old, {}, LATER);
  expect(await story.refused('confirmSuccession', OF_TEDA, old, {}, LATER)).toBe('NOT_ALLOWED enterprise');
});

test('other terms of the predecessor begin anew, and any party ends a stated succession', async () => {
  await agreed();
  await story.does('mergeEnterprises', clerkOf(old), old, { ...terms(), on: '2026-06-01' });
  expect((await story.read(PENDING, old, OF_TEDA)).succession).toMatchObject({
    on: '2026-06-01',
    agreed: [{ id: old }],
  });
  for (const viewer of [clerkOf(next), OF_BAODI, ADMIN, clerkOf(old)]) {
    await story.does('endSuccession', viewer, old);
    expect((await story.stored(old)).succession).toBeNull();
    expect(await story.refused('confirmSuccession', OF_TEDA, old, {}, LATER)).toBe('NOT_FOUND enterprise');
    await story.does('mergeEnterprises', clerkOf(old), old, { ...terms(), on: '2026-06-01' });
  }
});

test('a move under way is completed or withdrawn first; open admissions end with the enterprise', async () => {
  await story.does('agreeToAdmission', clerkOf(old), old, { park: PARKS[BAODI], from: '2026-06-01' });
  await agreed();
  await story.does('requestMove', clerkOf(old), old, { park: PARKS[BAODI], keepsSites: false });
  expect(await story.refused('confirmSuccession', OF_TEDA, old, {}, LATER)).toBe('NOT_ALLOWED enterprise');
  await story.does('withdrawMove', clerkOf(old), old);
  await story.does('confirmSuccession', OF_TEDA, old, {}, LATER);
  await story.does('confirmSuccession', OF_BAODI, old, {}, LATER);
  expect((await story.stored(old)).admissions).toEqual([]);
});

test('of two confirmations at once the succession takes effect once', async () => {
  await agreed();
  await story.does('confirmSuccession', OF_TEDA, old, {}, LATER);
  const { version } = await story.stored(old);
  const both = await Promise.all([1, 2].map(() => story.send('confirmSuccession', OF_BAODI, old, { version }, LATER)));
  expect(both.filter(({ userErrors }) => userErrors.length === 0).length).toBe(1);
  expect((await story.stored(next)).predecessors?.length).toBe(1);
});

test('a successor that changes meanwhile loses nothing', async () => {
  await agreed();
  await story.does('confirmSuccession', OF_TEDA, old, {}, LATER);
  story.system.dynamo.beforeNextTransaction(() => story.does('changeEnterprise', OF_BAODI, next, { sector: 'OTHER' }));
  await story.does('confirmSuccession', OF_BAODI, old, {}, LATER);
  expect(await story.stored(next)).toMatchObject({
    sector: 'OTHER',
    predecessors: [{ enterpriseId: old }],
    version: 3,
  });
});

test('an enterprise has at most 20 predecessors', async () => {
  const relative = { enterpriseId: old, kind: 'ABSORPTION', on: '2025-01-01' } as const;
  const full = { ...(await story.stored(next)), predecessors: Array.from({ length: 20 }, () => relative) };
  await story.system.write('enterprises', [enterpriseItem(full)]);
  expect(await story.refused('mergeEnterprises', clerkOf(old), old, terms())).toBe('NOT_ALLOWED into');
});

test('no item of a predecessor is moved', async () => {
  expect(await report('2026-05-28', at('2026-05-28'))).toEqual([]);
  const partition = enterpriseKeys.enterprise(old).pk;
  const keysOf = async () =>
    (await readRange<PrimaryKey & Partial<EnterpriseItem>>(story.system.table('enterprises'), { partition })).map(
      ({ sk }) => sk,
    );
  const before = await keysOf();
  await merged();
  const after = await keysOf();
  expect(before.filter((key) => !after.includes(key))).toEqual([]);
});
