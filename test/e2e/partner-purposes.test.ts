import type { Viewer } from '../../src/domain/viewer.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { knownParkItem, supportRequestItem } from '../../src/storage/enterprises/make-items.ts';
import { enterpriseRelocationsItem, relocationItem } from '../../src/storage/linkages/relocations/relocation-items.ts';
import { enterpriseOf, itemsOf, PARK } from '../fixtures/enterprise.ts';
import { enterpriseIn, linkedZones } from '../fixtures/linked-zones.ts';
import { relocationOf } from '../fixtures/relocations.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** What partner zones, officers and clerks see of what isn't for everybody: terms, relocations, an enterprise's own. */

let system: TestSystem;
let linkages: Execute;
let enterprises: Execute;

const MOVED = enterpriseIn('b', 1).enterpriseId;
/** From A to B by an agreement in force, and by one that has expired. */
const RELOCATIONS = ['agr_a-b', 'agr_expired'].map((agreementId, i) =>
  relocationItem(
    relocationOf({
      id: `reloc_${i}`,
      enterpriseId: MOVED,
      fromZoneId: 'zone_a',
      toZoneId: 'zone_b',
      registeredOn: `2019-0${i + 1}-01`,
      agreementId,
    }),
  ),
);
const ENTERPRISE = enterpriseOf(1, { staffCount: 12 });
const REQUEST = supportRequestItem({
  version: 1,
  id: 'sreq_01E3CX0000000000000000000A',
  enterpriseId: ENTERPRISE.id,
  kind: 'HIRING',
  channel: 'ONLINE',
  status: 'OPEN',
  openedOn: '2020-03-01',
  visits: [],
});

beforeAll(async () => {
  system = await startTestSystem();
  linkages = system.serve('linkages', createLinkagesSubgraph);
  enterprises = system.serve('enterprises', createEnterprisesSubgraph);
  const ids = RELOCATIONS.map(({ id }) => id);
  await system.write('linkages', [
    ...linkedZones([enterpriseIn('b', 1)]),
    ...RELOCATIONS,
    enterpriseRelocationsItem(MOVED, ids),
  ]);
  await system.write('enterprises', [knownParkItem(PARK, 'zone_teda'), ...itemsOf(ENTERPRISE), REQUEST]);
});
afterAll(() => system.stop());

const partner = (zone: string): Viewer => ({ kind: 'partner', zone: `zone_${zone}`, key: 'key-1' });
const officer = (zone: string): Viewer => ({
  kind: 'officer',
  person: 'o-1',
  agency: 'PARK',
  zone: `zone_${zone}`,
  roles: [],
});
const clerk = (enterprise: string): Viewer => ({ kind: 'clerk', person: 'k-1', enterprise });
const DENIED = [{ extensions: { code: 'PURPOSE_NOT_GRANTED' } }];

const TERMS = '{ agreement(id: "agr_a-b") { id purposes shareTerms { years } } }';

test.each<[string, Viewer, string | undefined, boolean]>([
  ['a party for a purpose that it grants', partner('a'), 'BENEFIT_SHARING', true],
  ['a party for another purpose', partner('a'), 'RECOGNITION', false],
  ['a party for what is no purpose', partner('a'), 'CURIOSITY', false],
  ['a party that declares none', partner('a'), undefined, false],
  ['a third zone', partner('c'), 'BENEFIT_SHARING', false],
])('the terms of an agreement are shown or denied, with a reason, to %s', async (_, viewer, purpose, isShown) => {
  const { data, errors } = await linkages(TERMS, {}, { viewer, ...(purpose ? { purpose } : {}) });
  expect(data.agreement).toEqual({
    id: 'agr_a-b',
    purposes: ['BENEFIT_SHARING'],
    shareTerms: isShown ? [] : null,
  });
  if (isShown) expect(errors).toBeUndefined();
  else expect(errors).toMatchObject([{ path: ['agreement', 'shareTerms'], ...DENIED[0] }]);
});

test.each([
  [undefined, 'The header `bridgehead-purpose` is missing.'],
  ['RECOGNITION', 'No agreement of your zone in force opens this for RECOGNITION.'],
])('a denial for the purpose %s says why, and which purposes may open the field', async (purpose, why) => {
  const { errors } = await linkages(TERMS, {}, { viewer: partner('a'), ...(purpose ? { purpose } : {}) });
  expect(errors?.[0]?.message).toMatch(new RegExp(`^${why} (?:[A-Z_]+ or )*BENEFIT_SHARING[^:]* may open it:`));
});

test('to officers of its parties its terms are shown, to everybody else they are as if there were none', async () => {
  const termsFor = async (viewer: Viewer) => (await linkages(TERMS, {}, { viewer })).data.agreement.shareTerms;
  expect(await termsFor(officer('b'))).toEqual([]);
  for (const viewer of [officer('c'), clerk(MOVED), { kind: 'analyst', person: 'a' }, { kind: 'anonymous' }] as const) {
    expect(await termsFor(viewer)).toBeNull();
  }
});

const MOVES = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on Enterprise { relocations { id } } ... on Relocation { id }
} }`;

test.each<[string, Viewer, string | undefined, readonly string[]]>([
  ['the zone it left, by the agreement that is in force', partner('a'), 'BENEFIT_SHARING', ['reloc_0']],
  ['a zone that it does not concern', partner('c'), 'BENEFIT_SHARING', []],
  ['an officer of the zone it came to', officer('b'), undefined, ['reloc_1', 'reloc_0']],
  ['an officer of another zone', officer('c'), undefined, []],
  ['its own clerk', clerk(MOVED), undefined, ['reloc_1', 'reloc_0']],
  ['another clerk', clerk('ent_01HB0000000000000000000009'), undefined, []],
  ['nobody in particular', { kind: 'anonymous' }, undefined, []],
])('an enterprise’s relocations, listed and by id, for %s', async (_, viewer, purpose, expected) => {
  const of = [
    { __typename: 'Enterprise', id: MOVED },
    ...RELOCATIONS.map(({ id }) => ({ __typename: 'Relocation', id })),
  ];
  const { data, errors } = await linkages(MOVES, { of }, { viewer, ...(purpose ? { purpose } : {}) });
  expect(errors).toBeUndefined();
  const [enterprise, ...byId] = data._entities;
  expect(new Set(enterprise.relocations.map(({ id }: { id: string }) => id))).toEqual(new Set(expected));
  expect(byId).toEqual(RELOCATIONS.map(({ id }) => (expected.includes(id) ? { id } : null)));
});

test('a partner that declares no purpose that could open relocations is told so', async () => {
  const of = [{ __typename: 'Enterprise', id: MOVED }];
  const { data, errors } = await linkages(MOVES, { of }, { viewer: partner('a'), purpose: 'RECOGNITION' });
  expect(data._entities).toEqual([{ relocations: null }]);
  expect(errors).toMatchObject(DENIED);
});

const OWN = `query ($id: ID!, $of: [_Any!]!) {
  enterprise(id: $id) { id staffCount operationReports(from: "2020-03-01", to: "2020-03-31") { on }
    tracking { since } supportRequests(first: 5) { nodes { id } } supplyLinks { goods } }
  _entities(representations: $of) { ... on SupportRequest { id } }
}`;

test.each<[string, Viewer, boolean]>([
  ['its clerk', clerk(ENTERPRISE.id), true],
  ['an officer of its zone', officer('teda'), true],
  ['another clerk', clerk(MOVED), false],
  ['an officer of another zone', officer('a'), false],
  ['a partner, whatever it declares', partner('teda'), false],
  ['an applicant', { kind: 'applicant', person: 'p-1' }, false],
  ['an analyst', { kind: 'analyst', person: 'a-1' }, false],
  ['an admin', { kind: 'admin', person: 'a-1' }, false],
  ['nobody in particular', { kind: 'anonymous' }, false],
])('what an enterprise shows of its own to %s, also by a request’s id', async (_, viewer, isShown) => {
  const variables = { id: ENTERPRISE.id, of: [{ __typename: 'SupportRequest', id: REQUEST.id }] };
  const { data, errors } = await enterprises(OWN, variables, { viewer, purpose: 'BENEFIT_SHARING' });
  expect(errors).toBeUndefined();
  const own = {
    staffCount: 12,
    operationReports: [],
    supportRequests: { nodes: [{ id: REQUEST.id }] },
    supplyLinks: [],
  };
  const hidden = { staffCount: null, operationReports: null, supportRequests: null, supplyLinks: null };
  expect(data.enterprise).toEqual({ id: ENTERPRISE.id, tracking: null, ...(isShown ? own : hidden) });
  expect(data._entities).toEqual([isShown ? { id: REQUEST.id } : null]);
});
