import type { FigureRecord, ObservationFacts } from '../../src/domain/observations/observation.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import {
  indicatorItem,
  observationItem,
  parkControlItem,
  parkFacilitiesItem,
  parkItem,
  policyClausesItem,
  policyItem,
  zoneItem,
} from '../../src/storage/parks/items.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

const officerOf = (zone: string): Viewer => ({ kind: 'officer', person: 'o-1', agency: 'PARK', zone, roles: [] });

let system: TestSystem;
let parks: Execute;

const text = (word: string) => ({ zh: `${word}（中）`, ja: `${word}（日）`, en: word });
const PARK = 'park_binhai-zhongguancun';
/** Parks by code, in four zones. */
const MANY = Array.from({ length: 120 }, (_, i) => `p${String(i).padStart(3, '0')}`);
const zoneOf = (i: number) => `z${i % 4}`;

const park = (code: string, zone: string) =>
  parkItem({
    version: 1,
    code,
    name: text(code),
    zoneId: `zone_${zone}`,
    regionCode: '120116',
    openedOn: '2016-11-22',
    area: '10.3',
    address: null,
  });

const zone = (code: string, parentId: string | null) =>
  zoneItem({ version: 1, code, name: text(code), kind: 'DEVELOPMENT', regionCode: '120116', parentId });

function figure(revision: number, value: string): FigureRecord {
  return {
    revision,
    value,
    approximate: revision === 1,
    yearOnYear: null,
    status: revision === 1 ? 'PRELIMINARY' : 'REVISED',
    numerator: '206',
    denominator: '236',
    scope: null,
    rounding: 'TRUNCATE',
    source: { title: text('News'), publishedOn: '2020-03-18' },
  };
}

const observation = (indicator: string, unit: 'DAY' | 'MONTH', from: string, to: string): ObservationFacts => ({
  geographyId: PARK,
  indicatorId: `ind_${indicator}`,
  period: { unit, from, to },
  basis: 'POINT',
  unit: '%',
  figure: figure(3, '87.2'),
  earlier: [figure(2, '87.1'), figure(1, '87')],
});

const indicator = (code: string) =>
  indicatorItem({
    version: 1,
    code,
    name: text(code),
    unit: '%',
    formula: text('a/b'),
    rounding: 'TRUNCATE',
    decimals: 1,
  });

const unit = (id: string, kind: 'PARK_OFFICE' | 'PROPERTY_OWNER' | 'POLICE_STATION', reportsToId: string | null) => ({
  id,
  kind,
  name: text(id),
  reportsToId,
  contactPhone: '13812345678',
});

beforeAll(async () => {
  system = await startTestSystem();
  parks = system.serve('parks', createParksSubgraph);
  const policy = policyItem({
    version: 1,
    code: 'sample',
    title: text('Sample'),
    issuer: { code: 'z0', name: text('Issuer'), level: 'ZONE', zoneId: 'zone_z0' },
    homeZoneIds: ['zone_z0', 'zone_z1'],
    subject: 'ENTERPRISE',
    packages: [{ kind: 'POLICY_PACKAGE', title: text('Package') }],
    versions: [{ number: 1, status: 'PUBLISHED', documentNumber: null, validFrom: '2020-02-10', validTo: null }],
  });
  await system.write('parks', [
    ...[0, 1, 2, 3].map((i) => zone(`z${i}`, i === 0 ? null : 'zone_z0')),
    park('binhai-zhongguancun', 'z3'),
    ...MANY.map((code, i) => park(code, zoneOf(i))),
    parkFacilitiesItem({
      parkId: PARK,
      zoneId: 'zone_z3',
      version: 1,
      facilities: [
        { id: 'canteen', kind: 'CANTEEN', name: text('Canteen'), capacity: 300, free: null, countedOn: null },
      ],
    }),
    parkControlItem({
      parkId: PARK,
      version: 1,
      units: [
        unit('office', 'PARK_OFFICE', null),
        unit('owner', 'PROPERTY_OWNER', 'office'),
        unit('police', 'POLICE_STATION', null),
      ],
    }),
    policy,
    policyClausesItem(policy.id, 1, [{ number: 1, text: text('Clause') }]),
    ...['production-resumption', 'return-to-work'].map(indicator),
    ...[
      observation('production-resumption', 'DAY', '2020-03-15', '2020-03-15'),
      observation('production-resumption', 'DAY', '2020-03-16', '2020-03-16'),
      observation('return-to-work', 'DAY', '2020-03-16', '2020-03-16'),
      observation('return-to-work', 'MONTH', '2020-02-01', '2020-02-29'),
      observation('return-to-work', 'MONTH', '2020-03-01', '2020-03-31'),
    ].map(observationItem),
  ]);
});
afterAll(() => system.stop());

test('a park by id or code, with its zone, facilities and three-level control', async () => {
  const query = `query ($id: ID, $code: String) { park(id: $id, code: $code) {
    id name(locale: JA) zone { code parent { code } }
    facilities { kind capacity free }
    controlUnits { kind level joint reportsTo { id reportsTo { id } } contactPhone }
  } }`;
  const clerk = { viewer: { kind: 'clerk', person: 'k-1', enterprise: 'ent_1' } } as const;
  const { data, extensions } = await parks(query, { code: 'binhai-zhongguancun' }, clerk);
  expect(extensions).toEqual({ masked: ['ControlUnit.contactPhone'] });
  expect(data.park).toEqual({
    id: PARK,
    name: 'binhai-zhongguancun（日）',
    zone: { code: 'z3', parent: { code: 'z0' } },
    facilities: [{ kind: 'CANTEEN', capacity: 300, free: null }],
    controlUnits: [
      { kind: 'PARK_OFFICE', level: 1, joint: false, reportsTo: null, contactPhone: '138****5678' },
      {
        kind: 'PROPERTY_OWNER',
        level: 2,
        joint: false,
        reportsTo: { id: 'unit_binhai-zhongguancun--office', reportsTo: null },
        contactPhone: '138****5678',
      },
      { kind: 'POLICE_STATION', level: null, joint: true, reportsTo: null, contactPhone: '138****5678' },
    ],
  });
  expect((await parks(query, { id: PARK }, clerk)).data).toEqual(data);
  for (const unknown of [{ id: 'zone_z0' }, { id: '' }, { code: 'No such code' }]) {
    expect(await parks(query, unknown)).toEqual({ data: { park: null } });
  }
  expect((await parks(query, {})).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test.each<[string, Viewer, string | null]>([
  ['an officer of its zone', officerOf('zone_z3'), '13812345678'],
  ['an officer of another zone', officerOf('zone_z0'), null],
  ['an admin', { kind: 'admin', person: 'a-1' }, '138****5678'],
  ['nobody in particular', { kind: 'anonymous' }, null],
])("a duty desk's phone, as %s sees it", async (_, viewer, phone) => {
  const { data } = await parks(`{ park(id: "${PARK}") { controlUnits { contactPhone } } }`, {}, { viewer });
  expect(data.park.controlUnits[0]).toEqual({ contactPhone: phone });
});

test('a hundred parks with all of theirs are one Query, and one BatchGet for each hundred items', async () => {
  const calls = await system.dynamo.during(async () => {
    const { data, errors } = await parks(`{ parks(first: 100) { nodes {
      code zone { code parent { code } } facilities { id } controlUnits { id }
    } pageInfo { hasNextPage } } }`);
    expect(errors).toBeUndefined();
    expect(data.parks.nodes).toHaveLength(100);
    expect(data.parks.nodes[1]).toMatchObject({ code: 'p000', zone: { code: 'z0' } });
  });
  // 100 parks' facilities and control units and 4 zones: 204 items.
  expect(calls.map(({ command }) => command)).toEqual(['Query', 'BatchGet', 'BatchGet', 'BatchGet']);
});

test('the parks of a zone come by code, in full pages, and a cursor of one list is none of another', async () => {
  const query = `query ($zone: ID, $first: Int!, $after: String) {
    parks(zone: $zone, first: $first, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } }
  }`;
  const first = await parks(query, { zone: 'zone_z1', first: 20 });
  const { endCursor, hasNextPage } = first.data.parks.pageInfo;
  expect(hasNextPage).toBe(true);
  const second = await parks(query, { zone: 'zone_z1', first: 20, after: endCursor });
  const found = [...first.data.parks.nodes, ...second.data.parks.nodes].map(({ code }) => code);
  expect(found).toEqual(MANY.filter((_, i) => zoneOf(i) === 'z1'));
  expect(second.data.parks.pageInfo.hasNextPage).toBe(false);
  const other = await parks(query, { zone: 'zone_z2', first: 20, after: endCursor });
  expect(other.errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  for (const size of [0, 101, -1]) {
    const { errors } = await parks(query, { first: size });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  }
});

const OBSERVATIONS = `query ($indicator: ID, $from: Date!, $to: Date!, $period: PeriodUnit) { park(id: "${PARK}") {
  observations(indicator: $indicator, from: $from, to: $to, period: $period) {
    id indicator { code } period { unit to } value approximate revision
    earlierRevisions { id value approximate revision earlierRevisions { value } }
  }
} }`;

test.each([
  [{}, ['return-to-work MONTH', 'production-resumption DAY', 'return-to-work DAY', 'return-to-work MONTH'], 4],
  [{ period: 'DAY' }, ['production-resumption DAY', 'return-to-work DAY'], 1],
  [{ indicator: 'ind_return-to-work' }, ['return-to-work MONTH', 'return-to-work DAY', 'return-to-work MONTH'], 4],
  [{ indicator: 'ind_return-to-work', period: 'MONTH' }, ['return-to-work MONTH', 'return-to-work MONTH'], 1],
  [{ indicator: 'ind_unknown' }, [], 4],
])('what was published, chosen by %j', async (choice, expected, queries) => {
  const calls = await system.dynamo.during(async () => {
    const { data } = await parks(OBSERVATIONS, { from: '2020-02-29', to: '2020-03-31', ...choice });
    const found = data.park.observations.filter((o: { period: { to: string } }) => o.period.to !== '2020-03-15');
    expect(
      found.map(
        (o: { indicator: { code: string }; period: { unit: string } }) => `${o.indicator.code} ${o.period.unit}`,
      ),
    ).toEqual(expected);
  });
  expect(calls.filter(({ command }) => command === 'Query')).toHaveLength(queries);
});

test('a revised figure keeps the earlier ones, each of which knows those before it', async () => {
  const { data } = await parks(OBSERVATIONS, { from: '2020-03-16', to: '2020-03-16', period: 'DAY' });
  const [observed] = data.park.observations;
  expect(observed).toMatchObject({
    value: '87.2',
    approximate: false,
    revision: 3,
    earlierRevisions: [
      { value: '87.1', revision: 2, earlierRevisions: [{ value: '87' }] },
      { value: '87', approximate: true, revision: 1, earlierRevisions: [] },
    ],
  });
  const ids = [observed.id, ...observed.earlierRevisions.map(({ id }: { id: string }) => id)];
  expect(new Set(ids).size).toBe(3);
});

test('more than 400 days, or days backwards, are refused', async () => {
  for (const range of [
    { from: '2020-01-01', to: '2021-02-04' },
    { from: '2020-01-02', to: '2020-01-01' },
  ]) {
    const { errors } = await parks(OBSERVATIONS, range);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  }
});

test('a policy has its issuer, home zones, packages, versions and clauses', async () => {
  const { data } = await parks(`{ policy(id: "policy_sample") {
    issuer { level zone { code } } homeZones { code } packages { kind title }
    inForceOn(date: "2020-02-09") { number }
    versions { number validTo clauses { number text(locale: EN) } }
  } }`);
  expect(data.policy).toEqual({
    issuer: { level: 'ZONE', zone: { code: 'z0' } },
    homeZones: [{ code: 'z0' }, { code: 'z1' }],
    packages: [{ kind: 'POLICY_PACKAGE', title: 'Package' }],
    inForceOn: null,
    versions: [{ number: 1, validTo: null, clauses: [{ number: 1, text: 'Clause' }] }],
  });
});

test('a policy is in force today where no day is asked about', async () => {
  const { data } = await parks('{ policy(id: "policy_sample") { inForceOn { number } } }');
  expect(data.policy.inForceOn).toEqual({ number: 1 });
});

test('references of all types are one BatchGet', async () => {
  const of = [
    { __typename: 'Zone', id: 'zone_z0' },
    { __typename: 'Park', id: PARK },
    { __typename: 'Policy', id: 'policy_sample' },
    { __typename: 'Indicator', id: 'ind_return-to-work' },
    { __typename: 'Park', id: 'park_unknown' },
  ];
  const calls = await system.dynamo.during(async () => {
    const { data } = await parks(
      `query ($of: [_Any!]!) { _entities(representations: $of) {
        ... on Zone { code } ... on Park { code } ... on Policy { code } ... on Indicator { code }
      } }`,
      { of },
    );
    expect(data._entities).toEqual([
      { code: 'z0' },
      { code: 'binhai-zhongguancun' },
      { code: 'sample' },
      { code: 'return-to-work' },
      null,
    ]);
  });
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet']);
});
