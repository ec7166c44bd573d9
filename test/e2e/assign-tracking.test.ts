import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { enterpriseKeys } from '../../src/storage/tables.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** An officer of TEDA assigns a desk to a firm of the zone, and hands it over. */

const TEDA = 'zone_teda';
const OFFICER: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: TEDA, roles: ['TRACK'] };
const MORNING = new Date('2026-03-02T01:00:00.000Z');
const NEXT_WEEK = new Date('2026-03-09T01:00:00.000Z');

let system: TestSystem;
let ask: Execute;
let number = 8000;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('enterprises', createEnterprisesSubgraph);
});
afterAll(() => system.stop());

async function newFirm(change: object = {}): Promise<string> {
  const firm = enterpriseOf(number++, { homeZoneId: TEDA, ...change });
  await system.write('enterprises', itemsOf(firm));
  return firm.id;
}

async function assign(input: object, viewer: Viewer = OFFICER, now = MORNING) {
  const { data, errors } = await ask(
    `mutation ($input: AssignTrackingInput!) { assignTracking(input: $input) {
      tracking { version officer since earlier { officer since until } } userErrors { code field }
    } }`,
    { input: { idempotencyKey: `tracking-${keys++}`, ...input } },
    { viewer, now },
  );
  expect(errors).toBeUndefined();
  return data.assignTracking;
}

const trackingSeenBy = async (firm: string, viewer: Viewer) =>
  (await ask('query ($id: ID!) { enterprise(id: $id) { tracking { officer } } }', { id: firm }, { viewer })).data
    .enterprise.tracking;

test('an officer of the home zone assigns a desk, and hands it over', async () => {
  const enterprise = await newFirm();
  expect(await assign({ enterprise, desk: '园区办公室', familyName: '张' })).toEqual({
    tracking: { version: 1, officer: '园区办公室 张*', since: '2026-03-02', earlier: [] },
    userErrors: [],
  });
  const handOver = { enterprise, version: 1, desk: '企业服务中心' };
  const other: Viewer = { ...OFFICER, person: 'o-2' };
  expect((await assign(handOver, other, NEXT_WEEK)).tracking).toEqual({
    version: 2,
    officer: '企业服务中心',
    since: '2026-03-09',
    earlier: [{ officer: '园区办公室 张*', since: '2026-03-02', until: '2026-03-09' }],
  });
  const clerk: Viewer = { kind: 'clerk', person: 'c-1', enterprise };
  expect(await trackingSeenBy(enterprise, clerk)).toEqual({ officer: '企业服务中心' });
  expect(await trackingSeenBy(enterprise, { ...OFFICER, zone: 'zone_baodi' })).toBeNull();
});

test('each version stays on record with who made it', async () => {
  const enterprise = await newFirm();
  await assign({ enterprise, desk: '一号窗口' });
  await assign({ enterprise, version: 1, desk: '二号窗口' });
  const key = enterpriseKeys.recordVersion(enterpriseKeys.tracking(enterprise), 1);
  expect(await readItem(system.table('enterprises'), key)).toMatchObject({
    of: 'Tracking',
    facts: { officer: '一号窗口' },
    at: MORNING.toISOString(),
    by: { kind: 'officer', person: 'o-1' },
  });
});

test('twenty earlier assignments are shown', async () => {
  const enterprise = await newFirm();
  await assign({ enterprise, desk: '甲' });
  for (let version = 1; version <= 22; version++) {
    await assign({ enterprise, version, desk: version % 2 === 1 ? '乙' : '甲' });
  }
  const { tracking } = await assign({ enterprise, version: 23, desk: '乙' });
  expect(tracking.version).toBe(24);
  expect(tracking.earlier).toHaveLength(20);
});

test('a command that is repeated is answered alike and writes nothing', async () => {
  const enterprise = await newFirm();
  const input = { idempotencyKey: 'the-same-key', enterprise, desk: '园区办公室' };
  const first = await assign(input);
  expect(await assign(input)).toEqual(first);
  expect((await assign({ ...input, desk: '企业服务中心' })).userErrors).toEqual([
    { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
  ]);
});

test('of two assignments at once, one is refused', async () => {
  const enterprise = await newFirm();
  const both = await Promise.all(['甲', '乙'].map((desk) => assign({ enterprise, desk })));
  expect(both.flatMap(({ userErrors }) => userErrors)).toEqual([{ code: 'ALREADY_EXISTS', field: ['version'] }]);
});

test.each([
  ['a first assignment with a version', { version: 1 }, 'NOT_FOUND', ['version']],
  ['an empty desk', { desk: ' ' }, 'INVALID', ['desk']],
  ['a desk with a phone number', { desk: '办公室 022-1234567' }, 'INVALID', ['desk']],
  ['a whole name', { familyName: '张某某' }, 'INVALID', ['familyName']],
])('refuses %s', async (_, change, code, field) => {
  const enterprise = await newFirm();
  expect((await assign({ enterprise, desk: '园区办公室', ...change })).userErrors).toEqual([{ code, field }]);
});

test('refuses the desk that tracks the enterprise, and a version that is not the current one', async () => {
  const enterprise = await newFirm();
  await assign({ enterprise, desk: '园区办公室' });
  const refused = async (input: object) => (await assign({ enterprise, desk: '园区办公室', ...input })).userErrors;
  expect(await refused({ version: 1 })).toEqual([{ code: 'INVALID', field: ['desk'] }]);
  expect(await refused({ version: 2, desk: '甲' })).toEqual([{ code: 'VERSION_CONFLICT', field: ['version'] }]);
});

test('refuses officers of other zones, and anybody before the registration is confirmed', async () => {
  const notAllowed = [{ code: 'NOT_ALLOWED', field: null }];
  const confirmed = { enterprise: await newFirm(), desk: '甲' };
  expect((await assign(confirmed, { ...OFFICER, zone: 'zone_baodi' })).userErrors).toEqual(notAllowed);
  const unconfirmed = { enterprise: await newFirm({ registration: 'UNCONFIRMED' }), desk: '甲' };
  expect((await assign(unconfirmed)).userErrors).toEqual(notAllowed);
  expect((await assign({ enterprise: 'ent_01HB0000000000000000000000', desk: '甲' })).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['enterprise'] },
  ]);
});

test('lets in nobody without the role', async () => {
  const input = { idempotencyKey: 'not-let-in', enterprise: await newFirm(), desk: '甲' };
  const query = 'mutation ($input: AssignTrackingInput!) { assignTracking(input: $input) { userErrors { code } } }';
  const clerk: Viewer = { kind: 'clerk', person: 'c-1', enterprise: input.enterprise };
  for (const viewer of [clerk, { ...OFFICER, roles: ['REGISTER', 'REPORT'] } as Viewer]) {
    const { data, errors } = await ask(query, { input }, { viewer });
    expect(data?.assignTracking ?? null).toBeNull();
    expect(errors).toHaveLength(1);
  }
});
