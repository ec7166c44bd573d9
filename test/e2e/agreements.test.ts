import type { Viewer } from '../../src/domain/viewer.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { readItem } from '../../src/storage/dynamodb/read.ts';
import {
  coverageItem,
  linkageGroupItem,
  policyCoveragesItem,
  zoneFactsItem,
  zoneLinksItem,
} from '../../src/storage/linkages/items.ts';
import { linkageKeys } from '../../src/storage/tables.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Zhongguancun and Binhai conclude an agreement on what they build together. Baodi is no party. */

const officerOf = (zone: string): Viewer => ({
  kind: 'officer',
  person: `o-${zone}`,
  agency: 'PARK',
  zone: `zone_${zone}`,
  roles: ['PUBLISH'],
});
const ORIGIN = officerOf('zgc');
const DESTINATION = officerOf('binhai');
const THIRD = officerOf('baodi');
const NOW = new Date('2026-03-02T01:00:00.000Z');
const TERMS = {
  title: { zh: '合作共建协议', en: 'Agreement on joint development' },
  kind: 'JOINT_DEVELOPMENT',
  parties: [
    { zone: 'zone_zgc', role: 'ORIGIN' },
    { zone: 'zone_binhai', role: 'DESTINATION' },
  ],
  validFrom: '2026-03-01',
  validTo: '2030-12-31',
  purposes: ['BENEFIT_SHARING'],
  shareTerms: [
    {
      base: 'TAX',
      shares: [
        { role: 'ORIGIN', basisPoints: 5_000 },
        { role: 'DESTINATION', basisPoints: 5_000 },
      ],
      cap: '7200000000',
      years: 3,
      extensionYears: 2,
    },
  ],
};
const NOT_ALLOWED = [{ code: 'NOT_ALLOWED', field: null }];
const KEPT = [{ code: 'NOT_ALLOWED', field: ['agreement'] }];

let system: TestSystem;
let serve: Execute;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('linkages', createLinkagesSubgraph);
  // Binhai is in a group already; Zhongguancun has no links yet.
  await system.write('linkages', [
    zoneLinksItem('zone_binhai', ['lgrp_jjj'], []),
    ...['zgc', 'binhai', 'baodi', 'later', 'north', 'south'].map((zone) =>
      zoneFactsItem({ zoneId: `zone_${zone}`, sourceVersion: 1 }),
    ),
    linkageGroupItem({ code: 'jjj', name: { zh: '京津冀', ja: '京津冀', en: 'JJJ' }, zoneIds: ['zone_binhai'] }),
  ]);
});
afterAll(() => system.stop());

type Mutation = 'proposeAgreement' | 'signAgreement' | 'declineAgreement' | 'withdrawAgreement';
const STEPS = ['signAgreement', 'declineAgreement', 'withdrawAgreement'] as const;

const send = (mutation: Mutation, input: object, viewer: Viewer, now = NOW) =>
  serve(
    `mutation ($input: ${mutation === 'proposeAgreement' ? 'ProposeAgreementInput' : 'AgreementVersionInput'}!) {
      ${mutation}(input: $input) {
        agreement { id version status signedOn parties { role signedOn zone { id } } shareTerms { cap years } }
        userErrors { code field }
      }
    }`,
    { input: { idempotencyKey: `agreement-${keys++}`, ...input } },
    { viewer, now },
  );

async function change(mutation: Mutation, input: object, viewer: Viewer, now = NOW) {
  const { data, errors } = await send(mutation, input, viewer, now);
  expect(errors).toBeUndefined();
  return data[mutation];
}

async function proposed(terms: object = {}): Promise<string> {
  const { agreement, userErrors } = await change('proposeAgreement', { ...TERMS, ...terms }, ORIGIN);
  expect(userErrors).toEqual([]);
  return agreement.id;
}

async function linkedWith(zone: string, now = NOW): Promise<string[]> {
  const { data } = await serve(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Zone { linkedZones(within: 1) { zone { id } } } } }`,
    { of: [{ __typename: 'Zone', id: `zone_${zone}` }] },
    { now },
  );
  return data._entities[0].linkedZones.map((linked: { zone: { id: string } }) => linked.zone.id);
}

const listed = async (status: string, zone = 'zone_binhai') => {
  const query = `query ($zone: ID!, $status: AgreementStatus) { agreements(zone: $zone, status: $status, first: 100) { nodes { id } } }`;
  const { data } = await serve(query, { zone, status }, { now: NOW });
  return data.agreements.nodes.map(({ id }: { id: string }) => id);
};

test('two zones sign an agreement, which then links them', async () => {
  const { agreement } = await change('proposeAgreement', TERMS, ORIGIN);
  const { id } = agreement;
  expect(agreement).toEqual({
    id,
    version: 1,
    status: 'PROPOSED',
    signedOn: null,
    parties: [
      { role: 'ORIGIN', signedOn: '2026-03-02', zone: { id: 'zone_zgc' } },
      { role: 'DESTINATION', signedOn: null, zone: { id: 'zone_binhai' } },
    ],
    shareTerms: [{ cap: '7200000000', years: 3 }],
  });
  expect(await listed('PROPOSED')).toContain(id);
  expect(await linkedWith('zgc')).toEqual([]);
  const signing = new Date('2026-03-10T01:00:00.000Z');
  const signed = await change('signAgreement', { agreement: id, version: 1 }, DESTINATION, signing);
  expect(signed).toMatchObject({
    agreement: { version: 2, status: 'SIGNED', signedOn: '2026-03-10', parties: [{}, { signedOn: '2026-03-10' }] },
    userErrors: [],
  });
  expect([await listed('PROPOSED'), await listed('SIGNED')]).toEqual([[], [id]]);
  expect([await linkedWith('zgc', signing), await linkedWith('binhai', signing)]).toEqual([
    ['zone_binhai'],
    ['zone_zgc'],
  ]);
  // In force from the last signature, not before.
  expect(await linkedWith('zgc', new Date('2026-03-09T01:00:00.000Z'))).toEqual([]);
  expect(await linkedWith('zgc', new Date('2031-01-01T01:00:00.000Z'))).toEqual([]);
  const { data } = await serve('{ linkageGraph(group: "lgrp_jjj") { edges { agreement { id } } } }');
  expect(data.linkageGraph.edges).toEqual([{ agreement: { id } }]);
});

test('a signed agreement is in force from its first day only', async () => {
  const zones = ['zone_zgc', 'zone_later'];
  const agreement = await proposed({
    validFrom: '2026-05-01',
    shareTerms: [],
    parties: zones.map((zone) => ({ zone, role: 'OPERATOR' })),
  });
  await change('signAgreement', { agreement, version: 1 }, officerOf('later'));
  expect(await linkedWith('later', new Date('2026-04-30T01:00:00.000Z'))).toEqual([]);
  expect(await linkedWith('later', new Date('2026-05-01T01:00:00.000Z'))).toEqual(['zone_zgc']);
});

test('a coverage holds from the last signature of its agreement', async () => {
  const agreement = await proposed();
  const days = { validFrom: '2026-01-01', validTo: null };
  await system.write('linkages', [
    policyCoveragesItem('policy_late', ['cov_late']),
    coverageItem({
      id: 'cov_late',
      version: 1,
      policyId: 'policy_late',
      policyVersion: { number: 1, ...days },
      fromZoneId: 'zone_zgc',
      toZoneId: 'zone_binhai',
      subject: 'ENTERPRISE',
      rule: null,
      ...days,
      agreementId: agreement,
    }),
  ]);
  await change('signAgreement', { agreement, version: 1 }, DESTINATION, new Date('2026-03-10T01:00:00.000Z'));
  const { data } = await serve(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Policy {
      before: coverage(on: "2026-03-09") { id } after: coverage(on: "2026-03-10") { id }
    } } }`,
    { of: [{ __typename: 'Policy', id: 'policy_late' }] },
  );
  expect(data._entities).toEqual([{ before: [], after: [{ id: 'cov_late' }] }]);
});

test('each version stays on record with the officer who made it', async () => {
  const agreement = await proposed();
  await change('signAgreement', { agreement, version: 1 }, DESTINATION);
  const versions = await Promise.all(
    [1, 2].map((version) =>
      readItem(system.table('linkages'), linkageKeys.recordVersion(linkageKeys.agreement(agreement), version)),
    ),
  );
  expect(versions).toMatchObject([
    { facts: { status: 'PROPOSED', parties: [{}, { signedOn: null }] }, publication: { by: 'o-zgc' } },
    { facts: { status: 'SIGNED' }, publication: { by: 'o-binhai' } },
  ]);
});

test('three zones sign one after the other, in any order', async () => {
  const parties = [...TERMS.parties, { zone: 'zone_baodi', role: 'OPERATOR' }];
  const agreement = await proposed({ parties });
  expect((await change('signAgreement', { agreement, version: 1 }, THIRD)).agreement.status).toBe('PROPOSED');
  expect((await change('signAgreement', { agreement, version: 2 }, THIRD)).userErrors).toEqual(KEPT);
  expect((await change('signAgreement', { agreement, version: 2 }, DESTINATION)).agreement.status).toBe('SIGNED');
});

test('a party declines, or the proposer withdraws, and nobody signs any more', async () => {
  const [declined, withdrawn] = [await proposed(), await proposed()];
  expect(await change('declineAgreement', { agreement: declined, version: 1 }, DESTINATION)).toMatchObject({
    agreement: { status: 'DECLINED', version: 2 },
  });
  expect(await change('withdrawAgreement', { agreement: withdrawn, version: 1 }, ORIGIN)).toMatchObject({
    agreement: { status: 'WITHDRAWN', version: 2 },
  });
  for (const agreement of [declined, withdrawn]) {
    expect((await change('signAgreement', { agreement, version: 2 }, DESTINATION)).userErrors).toEqual(KEPT);
  }
  expect([await listed('DECLINED'), await listed('WITHDRAWN')]).toEqual([[declined], [withdrawn]]);
});

test('what is signed is neither declined, nor withdrawn, nor signed again', async () => {
  const agreement = await proposed();
  expect((await change('declineAgreement', { agreement, version: 1 }, ORIGIN)).userErrors).toEqual(KEPT);
  expect((await change('signAgreement', { agreement, version: 1 }, ORIGIN)).userErrors).toEqual(KEPT);
  expect((await change('withdrawAgreement', { agreement, version: 1 }, DESTINATION)).userErrors).toEqual(NOT_ALLOWED);
  await change('signAgreement', { agreement, version: 1 }, DESTINATION);
  expect((await change('withdrawAgreement', { agreement, version: 2 }, ORIGIN)).userErrors).toEqual(KEPT);
  expect((await change('declineAgreement', { agreement, version: 2 }, DESTINATION)).userErrors).toContainEqual(KEPT[0]);
});

test('a proposal is not signed after its last day', async () => {
  const agreement = await proposed({ validTo: '2026-03-31' });
  const late = new Date('2026-04-01T01:00:00.000Z');
  expect((await change('signAgreement', { agreement, version: 1 }, DESTINATION, late)).userErrors).toEqual(KEPT);
});

test('a command that is repeated is carried out once', async () => {
  const input = { idempotencyKey: 'one-agreement-only', ...TERMS };
  const { agreement } = await change('proposeAgreement', input, ORIGIN);
  expect((await change('proposeAgreement', input, ORIGIN)).agreement).toEqual(agreement);
  const sign = { idempotencyKey: 'one-signature-only', agreement: agreement.id, version: 1 };
  const first = await change('signAgreement', sign, DESTINATION);
  expect(await change('signAgreement', sign, DESTINATION)).toEqual(first);
  const twice = { idempotencyKey: 'one-agreement-at-once', ...TERMS };
  const both = await Promise.all([
    change('proposeAgreement', twice, ORIGIN),
    change('proposeAgreement', twice, ORIGIN),
  ]);
  expect(both[0].agreement).toEqual(both[1].agreement);
});

test('of two steps at once, one is refused', async () => {
  const agreement = await proposed();
  const both = await Promise.all([
    change('signAgreement', { agreement, version: 1 }, DESTINATION),
    change('withdrawAgreement', { agreement, version: 1 }, ORIGIN),
  ]);
  expect(both.filter((answer) => answer.agreement !== null)).toHaveLength(1);
  expect(both.flatMap(({ userErrors }) => userErrors)).toContainEqual({
    code: 'VERSION_CONFLICT',
    field: ['version'],
  });
});

test('two agreements of one zone, signed at once, both link it', async () => {
  const agreements = await Promise.all(
    ['north', 'south'].map((zone) =>
      proposed({ shareTerms: [], parties: ['zone_zgc', `zone_${zone}`].map((of) => ({ zone: of, role: 'OPERATOR' })) }),
    ),
  );
  await Promise.all(
    agreements.map((agreement, i) =>
      change('signAgreement', { agreement, version: 1 }, officerOf(i === 0 ? 'north' : 'south')),
    ),
  );
  expect(await linkedWith('zgc')).toEqual(expect.arrayContaining(['zone_north', 'zone_south']));
});

const term = (more: object) => ({ shareTerms: [{ ...TERMS.shareTerms[0], ...more }] });
const HALF = [{ role: 'ORIGIN', basisPoints: 5_000 }];
const PARTY = { zone: 'zone_zgc', role: 'ORIGIN' };

test.each([
  ['an empty title', { title: { zh: ' ' } }, ['title', 'zh']],
  ['one party', { parties: [PARTY], shareTerms: [] }, ['parties']],
  ['a zone twice', { parties: [PARTY, { ...PARTY, role: 'DESTINATION' }] }, ['parties']],
  ['a party that is no zone', { parties: [PARTY, { zone: 'park_x', role: 'DESTINATION' }] }, ['parties', '1', 'zone']],
  ['a last day before the first', { validFrom: '2027-01-01', validTo: '2026-12-31' }, ['validTo']],
  ['a last day that has passed', { validTo: '2026-03-01' }, ['validTo']],
  ['a purpose twice', { purposes: ['BENEFIT_SHARING', 'BENEFIT_SHARING'] }, ['purposes']],
  ['a figure shared twice', { shareTerms: [TERMS.shareTerms[0], TERMS.shareTerms[0]] }, ['shareTerms']],
  ['shares below the whole', term({ shares: HALF }), ['shareTerms', '0', 'shares']],
  [
    'a share below nothing',
    term({ shares: [...HALF, { role: 'DESTINATION', basisPoints: -1 }] }),
    ['shareTerms', '0', 'shares'],
  ],
  ['a part that shares twice', term({ shares: [...HALF, ...HALF] }), ['shareTerms', '0', 'shares']],
  [
    'a part that no party has',
    term({ shares: [...HALF, { role: 'OPERATOR', basisPoints: 5_000 }] }),
    ['shareTerms', '0', 'shares'],
  ],
  ['a cap of nothing', term({ cap: '0' }), ['shareTerms', '0', 'cap']],
  ['no years', term({ years: 0 }), ['shareTerms', '0', 'years']],
  ['too many further years', term({ extensionYears: 31 }), ['shareTerms', '0', 'extensionYears']],
  [
    'too many terms',
    { shareTerms: ['TAX', 'GDP', 'OUTPUT', 'FUND', 'TAX'].map((base) => ({ ...TERMS.shareTerms[0], base })) },
    ['shareTerms'],
  ],
])('refuses %s', async (_, terms, field) => {
  const { agreement, userErrors } = await change('proposeAgreement', { ...TERMS, ...terms }, ORIGIN);
  expect(agreement).toBeNull();
  expect(userErrors).toContainEqual({ code: 'INVALID', field });
});

test('refuses a zone that does not exist', async () => {
  const parties = [PARTY, { zone: 'zone_nowhere', role: 'DESTINATION' }];
  expect(await change('proposeAgreement', { ...TERMS, parties }, ORIGIN)).toEqual({
    agreement: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['parties', '1', 'zone'] }],
  });
});

test('refuses an unknown agreement and another version', async () => {
  const agreement = await proposed();
  for (const step of STEPS) {
    const viewer = step === 'withdrawAgreement' ? ORIGIN : DESTINATION;
    expect((await change(step, { agreement: 'agr_nowhere', version: 1 }, viewer)).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['agreement'] },
    ]);
    expect((await change(step, { agreement, version: 2 }, viewer)).userErrors).toEqual([
      { code: 'VERSION_CONFLICT', field: ['version'] },
    ]);
  }
});

test('a third zone neither proposes for others, nor takes a step, nor reads the terms', async () => {
  const agreement = await proposed();
  expect((await change('proposeAgreement', TERMS, THIRD)).userErrors).toEqual(NOT_ALLOWED);
  for (const step of STEPS) {
    expect((await change(step, { agreement, version: 1 }, THIRD)).userErrors).toEqual(NOT_ALLOWED);
  }
  const terms = 'query ($id: ID!) { agreement(id: $id) { status title(locale: EN) shareTerms { years } } }';
  expect((await serve(terms, { id: agreement }, { viewer: THIRD })).data.agreement).toEqual({
    status: 'PROPOSED',
    title: TERMS.title.en,
    shareTerms: null,
  });
  expect((await serve(terms, { id: agreement }, { viewer: DESTINATION })).data.agreement.shareTerms).toHaveLength(1);
});

test.each<Viewer>([
  { kind: 'anonymous' },
  { kind: 'clerk', person: 'c-1', enterprise: 'ent_01HB0000000000000000000000' },
  { kind: 'analyst', person: 'a-1' },
  { kind: 'admin', person: 'admin-1' },
  { kind: 'officer', person: 'o-1', agency: 'PARK', zone: 'zone_binhai', roles: ['DECIDE', 'REGISTER'] },
])('nobody else signs for a zone: $kind', async (viewer) => {
  const agreement = await proposed();
  const answers = [await send('proposeAgreement', TERMS, viewer)];
  for (const step of STEPS) answers.push(await send(step, { agreement, version: 1 }, viewer));
  for (const { errors } of answers) expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});
