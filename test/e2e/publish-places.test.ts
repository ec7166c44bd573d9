import type { Viewer } from '../../src/domain/viewer.ts';
import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { parkKeys } from '../../src/storage/tables.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Zones and parks from nothing, through the subgraph that owns them. */

let system: TestSystem;
let ask: Execute;
const ADMIN: Viewer = { kind: 'admin', person: 'admin-1' };
const OFFICER: Viewer = { kind: 'officer', person: 'o-1', agency: 'PARK', zone: 'zone_north', roles: ['PUBLISH'] };

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('parks', createParksSubgraph);
});
afterAll(() => system.stop());

let keys = 0;
const newKey = () => `publishing-${keys++}`;
const ZONE = { code: 'north', name: { zh: '北区', en: 'North Zone' }, kind: 'BONDED', regionCode: '120116' };
const PARK = { code: 'north-park', name: { zh: '北园' }, zone: 'zone_north', regionCode: '120116' };

async function publish(what: 'Zone' | 'Park', input: object, viewer: Viewer = ADMIN) {
  const field = what.toLowerCase();
  const { data, errors } = await ask(
    `mutation ($input: Publish${what}Input!) { publish${what}(input: $input) {
      ${field} { id version name } userErrors { code field }
    } }`,
    { input: { idempotencyKey: newKey(), ...input } },
    { viewer },
  );
  expect(errors).toBeUndefined();
  return { record: data[`publish${what}`][field], refusals: data[`publish${what}`].userErrors };
}

test('an administrator publishes a zone and its officer a park in it', async () => {
  expect(await publish('Zone', ZONE)).toEqual({
    record: { id: 'zone_north', version: 1, name: 'North Zone' },
    refusals: [],
  });
  expect(await publish('Park', PARK, OFFICER)).toEqual({
    record: { id: 'park_north-park', version: 1, name: '北园' },
    refusals: [],
  });
  const { data } = await ask('{ zone(code: "north") { parks(first: 5) { nodes { code version } } } }');
  expect(data.zone.parks.nodes).toEqual([{ code: 'north-park', version: 1 }]);
});

test('the next version replaces the record and the earlier one stays on record', async () => {
  const input = { ...PARK, version: 1, name: { zh: '北园二期' }, area: '3.5', openedOn: '2019-05-01' };
  expect((await publish('Park', input, OFFICER)).record).toMatchObject({ version: 2, name: '北园二期' });
  const table = system.table('parks');
  const key = parkKeys.park('park_north-park');
  expect(await readItem(table, parkKeys.recordVersion(key, 1))).toMatchObject({
    of: 'Park',
    version: 1,
    facts: { name: { zh: '北园' } },
    publication: { by: 'o-1' },
  });
});

test('a command that is repeated is answered alike and writes nothing', async () => {
  const input = { idempotencyKey: newKey(), ...ZONE, code: 'south' };
  const first = await publish('Zone', input);
  expect(await publish('Zone', input)).toEqual(first);
  expect((await publish('Zone', { ...input, regionCode: '120101' })).refusals).toEqual([
    { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
  ]);
});

test.each([
  ['a zone that exists, without its version', 'Zone', ZONE, 'ALREADY_EXISTS', ['version']],
  ['an older version than the current', 'Park', { ...PARK, version: 1 }, 'VERSION_CONFLICT', ['version']],
  ['a version of a zone that does not exist', 'Zone', { ...ZONE, code: 'new', version: 1 }, 'NOT_FOUND', ['version']],
  ['a code with capitals', 'Zone', { ...ZONE, code: 'North' }, 'INVALID', ['code']],
  ['an empty name', 'Zone', { ...ZONE, code: 'new', name: { zh: ' ' } }, 'INVALID', ['name', 'zh']],
  ['a region code of five digits', 'Zone', { ...ZONE, code: 'new', regionCode: '12011' }, 'INVALID', ['regionCode']],
  ['a parent that does not exist', 'Zone', { ...ZONE, code: 'new', parent: 'zone_none' }, 'NOT_FOUND', ['parent']],
  ['a zone as its own parent', 'Zone', { ...ZONE, version: 1, parent: 'zone_north' }, 'INVALID', ['parent']],
  ['a park in no zone', 'Park', { ...PARK, code: 'new', zone: 'zone_none' }, 'NOT_FOUND', ['zone']],
  ['a park that leaves its zone', 'Park', { ...PARK, version: 2, zone: 'zone_south' }, 'NOT_ALLOWED', ['zone']],
  ['an area of nothing', 'Park', { ...PARK, code: 'new', area: '0' }, 'INVALID', ['area']],
] as const)('refuses %s', async (_, what, input, code, field) => {
  const { record, refusals } = await publish(what, input);
  expect({ record, refusals }).toMatchObject({ record: null });
  expect(refusals).toContainEqual({ code, field });
});

test('an officer of another zone publishes no park in this one', async () => {
  const other: Viewer = { ...OFFICER, zone: 'zone_south' };
  expect((await publish('Park', { ...PARK, version: 2 }, other)).refusals).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
  expect((await publish('Park', { ...PARK, code: 'new' }, other)).refusals).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
});

test('of two publications of one version at once, one is told of the other', async () => {
  const { version } = (await publish('Zone', { ...ZONE, code: 'twice' })).record;
  const both = await Promise.all(
    ['甲', '乙'].map((zh) => publish('Zone', { ...ZONE, code: 'twice', version, name: { zh } })),
  );
  expect(both.flatMap(({ refusals }) => refusals)).toEqual([{ code: 'VERSION_CONFLICT', field: ['version'] }]);
});
