import type { Viewer } from '../../src/domain/viewer.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { policyFactsItem } from '../../src/storage/linkages/items.ts';
import { enterpriseIn, linkedZones } from '../fixtures/linked-zones.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Zone A opens its policies to the enterprises of zone B, under conditions, and ends that again. Zone C is no party. */

const officerOf = (zone: string): Viewer => ({
  kind: 'officer',
  person: `o-${zone}`,
  agency: 'PARK',
  zone: `zone_${zone}`,
  roles: ['PUBLISH'],
});
const [A, B, C] = [officerOf('a'), officerOf('b'), officerOf('c')];
const NOW = new Date('2020-03-16T01:00:00.000Z');
const IN_B = enterpriseIn('b', 1);
const QUALIFIED = {
  ...enterpriseIn('b', 2),
  qualifications: [{ kind: 'HIGH_TECH_ENTERPRISE', from: '2019-11-28', to: null }],
};

const text = { zh: '条件', ja: '条件', en: 'A condition' };
const TERMS = {
  rule: JSON.stringify({
    language: 1,
    when: {
      all: [
        { term: 'qualified', text, is: { l: { fact: 'qualifications' }, op: 'has', r: ['HIGH_TECH_ENTERPRISE'] } },
        { term: 'layout', text, is: { l: { fact: 'fitsLayout' }, op: '=', r: true } },
      ],
    },
  }),
  samples: [
    {
      name: 'met',
      on: '2020-03-16',
      facts: [
        { fact: 'qualifications', codes: ['HIGH_TECH_ENTERPRISE'] },
        { fact: 'fitsLayout', yes: true },
      ],
      truth: 'MET',
    },
    { name: 'not met', on: '2020-03-16', facts: [{ fact: 'fitsLayout', yes: false }], truth: 'NOT_MET' },
  ],
};
const COVERAGE = {
  agreement: 'agr_a-b',
  policy: 'policy_proposed-of-a',
  policyVersion: 1,
  toZone: 'zone_b',
  validFrom: '2020-03-16',
};
const NOT_ALLOWED = [{ code: 'NOT_ALLOWED', field: null }];

let system: TestSystem;
let serve: Execute;
let keys = 0;

beforeEach(async () => {
  system = await startTestSystem();
  serve = system.serve('linkages', createLinkagesSubgraph);
  await system.write('linkages', linkedZones([IN_B, QUALIFIED], ['POLICY_COVERAGE']));
});
afterEach(() => system.stop());

async function change(mutation: 'addCoverage' | 'endCoverage', input: object, viewer: Viewer, now = NOW) {
  const { data, errors } = await serve(
    `mutation ($input: ${mutation === 'addCoverage' ? 'AddCoverageInput' : 'EndCoverageInput'}!) {
      ${mutation}(input: $input) {
        coverage { id version subject validFrom validTo terms { term text(locale: EN) } fromZone { id } toZone { id } }
        userErrors { code field }
      }
    }`,
    { input: { idempotencyKey: `coverage-${keys++}`, ...input } },
    { viewer, now },
  );
  expect(errors).toBeUndefined();
  return data[mutation];
}

async function ask(uscc: string, on = '2020-03-16', facts: object[] = [], policy = COVERAGE.policy) {
  const { data } = await serve(
    `query ($policy: ID!, $uscc: String!, $on: Date, $facts: [FactInput!]) {
      policyApplies(policy: $policy, subject: { uscc: $uscc }, on: $on, facts: $facts) {
        applies truth
        chain { coverage { id } judgement { truth } }
        reasons { code coverage { id } judgement { missing { fact } alternatives { terms { term truth } } } }
      }
    }`,
    { policy, uscc, on, facts },
    { now: NOW },
  );
  return data.policyApplies;
}

test('a coverage carries a policy to another zone from its first day on', async () => {
  const { coverage, userErrors } = await change('addCoverage', { ...COVERAGE, validFrom: '2020-03-17' }, A);
  expect(userErrors).toEqual([]);
  expect(coverage).toEqual({
    id: coverage.id,
    version: 1,
    subject: 'ENTERPRISE',
    validFrom: '2020-03-17',
    validTo: null,
    terms: [],
    fromZone: { id: 'zone_a' },
    toZone: { id: 'zone_b' },
  });
  expect((await ask(IN_B.uscc)).applies).toBe(false);
  expect(await ask(IN_B.uscc, '2020-03-17')).toMatchObject({
    applies: true,
    chain: [{ coverage: { id: coverage.id }, judgement: null }],
  });
  const { data } = await serve(
    `query ($of: [_Any!]!) {
      agreement(id: "agr_a-b") { coverages { id } }
      _entities(representations: $of) {
        ... on Policy { coverage(on: "2020-03-17") { id } }
        ... on Enterprise { applicablePolicies(on: "2020-03-17") { policy { id } } }
      }
    }`,
    {
      of: [
        { __typename: 'Policy', id: COVERAGE.policy },
        { __typename: 'Enterprise', id: IN_B.enterpriseId },
      ],
    },
  );
  expect(data.agreement.coverages).toContainEqual({ id: coverage.id });
  expect(data._entities[0].coverage).toEqual([{ id: coverage.id }]);
  expect(data._entities[1].applicablePolicies).toContainEqual({ policy: { id: COVERAGE.policy } });
});

test('conditions are a rule: met, not met and not known yet, each explained', async () => {
  const { coverage } = await change('addCoverage', { ...COVERAGE, terms: TERMS }, A);
  expect(coverage.terms).toEqual([
    { term: 'qualified', text: text.en },
    { term: 'layout', text: text.en },
  ]);
  const fitting = [{ fact: 'fitsLayout', yes: true }];
  expect(await ask(QUALIFIED.uscc, '2020-03-16', fitting)).toMatchObject({
    applies: true,
    truth: 'MET',
    chain: [{ judgement: { truth: 'MET' } }],
  });
  expect(await ask(QUALIFIED.uscc)).toMatchObject({
    applies: false,
    truth: 'UNKNOWN',
    reasons: expect.arrayContaining([
      expect.objectContaining({
        code: 'CONDITION_UNKNOWN',
        coverage: { id: coverage.id },
        judgement: expect.objectContaining({ missing: [{ fact: 'fitsLayout' }] }),
      }),
    ]),
  });
  const unmet = await ask(IN_B.uscc, '2020-03-16', fitting);
  expect(unmet).toMatchObject({ applies: false, truth: 'NOT_MET' });
  expect(unmet.reasons).toContainEqual({
    code: 'CONDITION_NOT_MET',
    coverage: { id: coverage.id },
    judgement: { missing: [], alternatives: [{ terms: [{ term: 'qualified', truth: 'NOT_MET' }] }] },
  });
});

test.each([
  ['the zone of the policy', A],
  ['the covered zone', B],
])('%s ends a coverage; days before stay as they were', async (_, viewer) => {
  const { coverage } = await change('addCoverage', COVERAGE, A);
  const end = { coverage: coverage.id, version: 1, lastDay: '2020-03-20' };
  expect(await change('endCoverage', end, viewer)).toMatchObject({
    coverage: { version: 2, validTo: '2020-03-20' },
    userErrors: [],
  });
  expect((await ask(IN_B.uscc, '2020-03-20')).applies).toBe(true);
  expect((await ask(IN_B.uscc, '2020-03-21')).applies).toBe(false);
  expect((await change('endCoverage', { ...end, version: 2 }, viewer)).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: ['lastDay'] },
  ]);
});

test.each([
  ['an unknown agreement', { agreement: 'agr_nowhere' }, { code: 'NOT_FOUND', field: ['agreement'] }],
  ['an unknown policy', { policy: 'policy_nowhere' }, { code: 'NOT_FOUND', field: ['policy'] }],
  ['an unknown version', { policyVersion: 2 }, { code: 'NOT_FOUND', field: ['policyVersion'] }],
  ['an agreement that is only proposed', { agreement: 'agr_proposed' }, { code: 'NOT_ALLOWED', field: ['agreement'] }],
  ['an agreement that has ended', { agreement: 'agr_terminated' }, { code: 'NOT_ALLOWED', field: ['agreement'] }],
  ['its own zone', { toZone: 'zone_a' }, { code: 'INVALID', field: ['toZone'] }],
  ['a zone that is no party', { toZone: 'zone_c' }, { code: 'INVALID', field: ['toZone'] }],
  ['a first day that has passed', { validFrom: '2020-03-15' }, { code: 'INVALID', field: ['validFrom'] }],
  ['a last day before the first', { validTo: '2020-03-15' }, { code: 'INVALID', field: ['validTo'] }],
  [
    'a rule without a sample that is met',
    { terms: { ...TERMS, samples: TERMS.samples.slice(1) } },
    { code: 'INVALID', field: ['terms', 'samples'] },
  ],
  [
    'a rule of a fact that does not exist',
    {
      terms: {
        ...TERMS,
        rule: JSON.stringify({ language: 1, when: { term: 'x', text, is: { l: { fact: 'nothing' }, op: '=', r: 1 } } }),
      },
    },
    { code: 'INVALID', field: ['terms', 'rule'] },
  ],
])('refuses a coverage under or of %s', async (_, more, refusal) => {
  const { coverage, userErrors } = await change('addCoverage', { ...COVERAGE, ...more }, A);
  expect(coverage).toBeNull();
  expect(userErrors).toContainEqual(refusal);
});

test('an agreement without the purpose carries no policy', async () => {
  await system.write('linkages', linkedZones([], ['BENEFIT_SHARING']));
  expect((await change('addCoverage', COVERAGE, A)).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: ['agreement'] },
  ]);
});

test('neither a party nor a third zone opens what is not its own, nor ends what is not with it', async () => {
  expect((await change('addCoverage', COVERAGE, B)).userErrors).toEqual(NOT_ALLOWED);
  expect((await change('addCoverage', COVERAGE, C)).userErrors).toEqual(NOT_ALLOWED);
  const { coverage } = await change('addCoverage', COVERAGE, A);
  const end = { coverage: coverage.id, version: 1, lastDay: '2020-03-20' };
  expect((await change('endCoverage', end, C)).userErrors).toEqual(NOT_ALLOWED);
  expect((await change('endCoverage', { ...end, version: 2 }, A)).userErrors).toEqual([
    { code: 'VERSION_CONFLICT', field: ['version'] },
  ]);
  expect((await change('endCoverage', { ...end, lastDay: '2020-03-15' }, A)).userErrors).toEqual([
    { code: 'INVALID', field: ['lastDay'] },
  ]);
  expect((await change('endCoverage', { ...end, coverage: 'cov_nowhere' }, A)).userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['coverage'] },
  ]);
});

test('a command that is repeated is carried out once, and many at once are all listed', async () => {
  const input = { idempotencyKey: 'one-coverage-only', ...COVERAGE };
  const first = await change('addCoverage', input, A);
  expect(await change('addCoverage', input, A)).toEqual(first);
  const made = await Promise.all(Array.from({ length: 5 }, () => change('addCoverage', COVERAGE, A)));
  const { data } = await serve('{ agreement(id: "agr_a-b") { coverages { id } } }');
  const ids = data.agreement.coverages.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(expect.arrayContaining([first, ...made].map(({ coverage }) => coverage.id)));
  expect(new Set(ids).size).toBe(ids.length);
});

test('a coverage ends with the version of the policy that it was agreed on', async () => {
  await change('addCoverage', { ...COVERAGE, policy: 'policy_late-of-a' }, A);
  expect((await ask(IN_B.uscc, '2020-05-01', [], 'policy_late-of-a')).applies).toBe(true);
  const inForce = [
    { number: 1, from: '2019-01-01', to: '2020-03-31', rule: null },
    { number: 2, from: '2020-04-01', to: null, rule: null },
  ];
  const facts = {
    policyId: 'policy_late-of-a',
    homeZoneIds: ['zone_a'],
    subject: 'ENTERPRISE',
    sourceVersion: 2,
  } as const;
  await system.write('linkages', [policyFactsItem({ ...facts, inForce })]);
  expect((await ask(IN_B.uscc, '2020-03-31', [], 'policy_late-of-a')).applies).toBe(true);
  expect((await ask(IN_B.uscc, '2020-05-01', [], 'policy_late-of-a')).applies).toBe(false);
});

test.each<Viewer>([
  { kind: 'anonymous' },
  { kind: 'admin', person: 'admin-1' },
  { kind: 'officer', person: 'o-1', agency: 'PARK', zone: 'zone_a', roles: ['DECIDE'] },
])('nobody else covers a policy: $kind', async (viewer) => {
  const { errors } = await serve(
    'mutation ($input: AddCoverageInput!) { addCoverage(input: $input) { userErrors { code } } }',
    { input: { idempotencyKey: 'nobody-else', ...COVERAGE } },
    { viewer, now: NOW },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('a zone lists what covers its subjects, and where its own policies reach', async () => {
  const { coverage } = await change('addCoverage', { ...COVERAGE, validFrom: '2020-04-01' }, A);
  const list = async (zone: string, direction: 'IN' | 'OUT', on: string) => {
    const { data, errors } = await serve(
      `query ($of: [_Any!]!, $direction: CoverageDirection!, $on: Date) { _entities(representations: $of) {
        ... on Zone { coverages(direction: $direction, on: $on) { id fromZone { id } toZone { id } } } } }`,
      { of: [{ __typename: 'Zone', id: zone }], direction, on },
    );
    expect(errors).toBeUndefined();
    return data._entities[0].coverages;
  };
  const added = { id: coverage.id, fromZone: { id: 'zone_a' }, toZone: { id: 'zone_b' } };
  expect(await list('zone_b', 'IN', '2020-04-01')).toContainEqual(added);
  expect(await list('zone_a', 'OUT', '2020-04-01')).toContainEqual(added);
  expect(await list('zone_b', 'IN', '2020-03-31')).not.toContainEqual(added);
  // Neither direction is the other, and another zone has none of it.
  expect(await list('zone_a', 'IN', '2020-04-01')).not.toContainEqual(added);
  expect(await list('zone_b', 'OUT', '2020-04-01')).not.toContainEqual(added);
  expect(await list('zone_c', 'IN', '2020-04-01')).not.toContainEqual(added);
  const calls = await system.dynamo.during(() => list('zone_b', 'IN', '2020-04-01'));
  expect(calls).toHaveLength(4);
});
