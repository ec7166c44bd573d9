import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import { parkItem } from '../../src/storage/parks/items.ts';
import { parkKeys } from '../../src/storage/tables.ts';
import { publisherOf, publishing } from '../fixtures/publish-records.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** A park's facilities and control units from nothing: each list is one record. */

let system: TestSystem;
let ask: Execute;
let facilities: ReturnType<typeof publishing>;
let units: ReturnType<typeof publishing>;

const text = (zh: string) => ({ zh });
const OFFICER = publisherOf('zone_north', 'o-1');
const OTHER = publisherOf('zone_south', 'o-2');

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('parks', createParksSubgraph);
  facilities = publishing(
    ask,
    'publishFacilities',
    'park { id facilitiesVersion facilities { id code kind name capacity free countedOn } }',
  );
  units = publishing(
    ask,
    'publishControlUnits',
    'park { id controlVersion controlUnits { id code level joint reportsTo { id code } contactPhone } }',
  );
  const name = { zh: '北园', ja: '北園', en: 'North Park' };
  const place = { name, zoneId: 'zone_north', regionCode: '120116', openedOn: null, area: null, address: null };
  await system.write(
    'parks',
    ['north', 'empty', 'twice'].map((code) => parkItem({ ...place, code, version: 1 })),
  );
});
afterAll(() => system.stop());

const FLATS = { code: 'flats', kind: 'TALENT_APARTMENT', name: text('人才公寓'), capacity: 600 };
const SCHOOL = { code: 'school', kind: 'SCHOOL', name: text('小学'), capacity: 720, free: 90, countedOn: '2020-03-16' };
const NORTH = { park: 'park_north', facilities: [FLATS, SCHOOL] };

const OFFICE = { code: 'office', kind: 'PARK_OFFICE', name: text('园区办公室'), contactPhone: '022-12345678' };
const OWNER = { code: 'owner', kind: 'PROPERTY_OWNER', name: text('产权管理机构'), reportsTo: 'office' };
const MANAGER = { code: 'manager', kind: 'PROPERTY_MANAGER', name: text('物业公司'), reportsTo: 'owner' };
const POLICE = { code: 'police', kind: 'POLICE_STATION', name: text('派出所'), contactPhone: '110' };
const CONTROL = { park: 'park_north', units: [OFFICE, OWNER, MANAGER, POLICE] };

test('a park without lists has no version of them', async () => {
  const { data } = await ask('{ park(code: "empty") { facilitiesVersion facilities { id } controlVersion } }');
  expect(data.park).toEqual({ facilitiesVersion: null, facilities: [], controlVersion: null });
});

test('an officer of the zone publishes the facilities of a park, and their next version', async () => {
  const school = {
    id: 'fac_north--school',
    code: 'school',
    kind: 'SCHOOL',
    name: '小学',
    capacity: 720,
    free: 90,
    countedOn: '2020-03-16',
  };
  expect(await facilities(NORTH, OFFICER)).toEqual({
    record: {
      id: 'park_north',
      facilitiesVersion: 1,
      facilities: [
        {
          id: 'fac_north--flats',
          code: 'flats',
          kind: 'TALENT_APARTMENT',
          name: '人才公寓',
          capacity: 600,
          free: null,
          countedOn: null,
        },
        school,
      ],
    },
    refusals: [],
  });
  const next = await facilities({ ...NORTH, version: 1, facilities: [{ ...SCHOOL, free: 0 }] }, OFFICER);
  expect(next.record).toMatchObject({ facilitiesVersion: 2, facilities: [{ ...school, free: 0 }] });
  const history = parkKeys.recordVersion(parkKeys.facilities('park_north'), 1);
  expect(await readItem(system.table('parks'), history)).toMatchObject({
    of: 'ParkFacilities',
    facts: { facilities: [{ id: 'flats' }, { id: 'school', free: 90 }] },
    publication: { by: 'o-1' },
  });
});

const idOf = (code: string) => ({ id: `unit_north--${code}`, code });

test('an officer of the zone publishes three-level control and the joint units', async () => {
  const { record, refusals } = await units(CONTROL, OFFICER);
  expect(refusals).toEqual([]);
  expect(record.controlVersion).toBe(1);
  expect(record.controlUnits).toEqual([
    { ...idOf('office'), level: 1, joint: false, reportsTo: null, contactPhone: '022-12345678' },
    { ...idOf('owner'), level: 2, joint: false, reportsTo: idOf('office'), contactPhone: null },
    { ...idOf('manager'), level: 3, joint: false, reportsTo: idOf('owner'), contactPhone: null },
    { ...idOf('police'), level: null, joint: true, reportsTo: null, contactPhone: '110' },
  ]);
});

test('a facility and a control unit are known by their ids, which no other park shares', async () => {
  const { data } = await ask(
    `query ($of: [_Any!]!) { _entities(representations: $of) {
      ... on Facility { code capacity } ... on ControlUnit { code kind reportsTo { code } }
    } }`,
    {
      of: [
        { __typename: 'Facility', id: 'fac_north--school' },
        { __typename: 'Facility', id: 'fac_empty--school' },
        { __typename: 'Facility', id: 'school' },
        { __typename: 'ControlUnit', id: 'unit_north--owner' },
        { __typename: 'ControlUnit', id: 'unit_none--owner' },
        { __typename: 'ControlUnit', id: 'owner' },
      ],
    },
  );
  expect(data._entities).toEqual([
    { code: 'school', capacity: 720 },
    null,
    null,
    { code: 'owner', kind: 'PROPERTY_OWNER', reportsTo: { code: 'office' } },
    null,
    null,
  ]);
});

test('a command that is repeated is answered alike and writes nothing', async () => {
  const input = { ...NORTH, park: 'park_empty', idempotencyKey: 'facilities-twice' };
  const first = await facilities(input);
  expect(first.record).toMatchObject({ facilitiesVersion: 1 });
  expect(await facilities(input)).toEqual(first);
  expect((await facilities({ ...input, facilities: [] })).refusals).toEqual([
    { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
  ]);
});

const listed = (change: object) => ({ ...NORTH, version: 2, facilities: [FLATS, { ...SCHOOL, ...change }] });
const named = (units: readonly object[]) => ({ ...CONTROL, version: 1, units });
const many = (each: object) => Array.from({ length: 51 }, (_, i) => ({ ...each, code: `f-${i}` }));

test.each([
  ['a list that exists, without its version', NORTH, 'ALREADY_EXISTS', ['version']],
  ['an older version', { ...NORTH, version: 1 }, 'VERSION_CONFLICT', ['version']],
  ['a park that does not exist', { ...NORTH, park: 'park_none' }, 'NOT_FOUND', ['park']],
  ['a zone as a park', { ...NORTH, park: 'zone_north' }, 'NOT_FOUND', ['park']],
  ['a code twice', listed({ code: 'flats' }), 'INVALID', ['facilities', '1', 'code']],
  ['a code with capitals', listed({ code: 'School' }), 'INVALID', ['facilities', '1', 'code']],
  ['an empty name', listed({ name: text('') }), 'INVALID', ['facilities', '1', 'name', 'zh']],
  ['fewer places than none', listed({ capacity: -1 }), 'INVALID', ['facilities', '1', 'capacity']],
  ['more reserved places than places', listed({ reserved: 721 }), 'INVALID', ['facilities', '1', 'reserved']],
  ['fewer reserved places than none', listed({ reserved: -1 }), 'INVALID', ['facilities', '1', 'reserved']],
  ['more free places than places', listed({ free: 721 }), 'INVALID', ['facilities', '1', 'free']],
  ['fewer free places than none', listed({ free: -1 }), 'INVALID', ['facilities', '1', 'free']],
  ['free places without a day', listed({ countedOn: null }), 'INVALID', ['facilities', '1', 'countedOn']],
  ['a day without free places', listed({ free: null }), 'INVALID', ['facilities', '1', 'countedOn']],
  ['a count of tomorrow', listed({ countedOn: '2999-01-01' }), 'INVALID', ['facilities', '1', 'countedOn']],
  ['51 facilities', { ...NORTH, version: 2, facilities: many(FLATS) }, 'INVALID', ['facilities']],
] as const)('refuses %s among facilities', async (_, input, code, field) => {
  const { record, refusals } = await facilities(input);
  expect(record).toBeNull();
  expect(refusals).toContainEqual({ code, field });
});

test.each([
  ['a list that exists, without its version', CONTROL, 'ALREADY_EXISTS', ['version']],
  ['a park that does not exist', { ...CONTROL, park: 'park_none' }, 'NOT_FOUND', ['park']],
  ['a code twice', named([OFFICE, OFFICE]), 'INVALID', ['units', '1', 'code']],
  ['a unit that reports to none of the list', named([OWNER]), 'NOT_FOUND', ['units', '0', 'reportsTo']],
  ['a unit that reports to itself', named([{ ...OWNER, reportsTo: 'owner' }]), 'INVALID', ['units', '0', 'reportsTo']],
  [
    'a unit that reports two levels up',
    named([OFFICE, { ...MANAGER, reportsTo: 'office' }]),
    'INVALID',
    ['units', '1', 'reportsTo'],
  ],
  [
    'a joint unit that reports to a level',
    named([OFFICE, { ...POLICE, reportsTo: 'office' }]),
    'INVALID',
    ['units', '1', 'reportsTo'],
  ],
  [
    'a telephone number with letters',
    named([{ ...OFFICE, contactPhone: '022-DESK' }]),
    'INVALID',
    ['units', '0', 'contactPhone'],
  ],
  ['51 units', { ...CONTROL, version: 1, units: many(POLICE) }, 'INVALID', ['units']],
] as const)('refuses %s among control units', async (_, input, code, field) => {
  const { record, refusals } = await units(input);
  expect(record).toBeNull();
  expect(refusals).toContainEqual({ code, field });
});

test('an officer of another zone publishes neither list', async () => {
  const refused = { record: null, refusals: [{ code: 'NOT_ALLOWED', field: null }] };
  expect(await facilities({ ...NORTH, version: 2 }, OTHER)).toEqual(refused);
  expect(await units({ ...CONTROL, version: 1 }, OTHER)).toEqual(refused);
});

test('of two publications of one list at once, one is told of the other', async () => {
  const both = await Promise.all(
    [FLATS, SCHOOL].map((facility) => facilities({ park: 'park_twice', facilities: [facility] }, OFFICER)),
  );
  expect(both.flatMap(({ refusals }) => refusals)).toEqual([{ code: 'ALREADY_EXISTS', field: ['version'] }]);
});
