import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { enterpriseIn, linkedZones } from '../fixtures/linked-zones.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

let system: TestSystem;
let linkages: Execute;

const IN_A = enterpriseIn('a', 1);
const IN_B = enterpriseIn('b', 2);
const IN_C = enterpriseIn('c', 3);
const QUALIFIED = {
  ...enterpriseIn('b', 4),
  qualifications: [{ kind: 'HIGH_TECH_ENTERPRISE', from: '2019-11-28', to: '2022-11-27' }],
};
const LEFT = { ...enterpriseIn('b', 5), residencies: [{ parkId: 'park_b', from: '2019-01-01', to: '2019-12-31' }] };
const PAGE = Array.from({ length: 100 }, (_, i) => enterpriseIn(i % 2 === 0 ? 'a' : 'b', 100 + i));

beforeAll(async () => {
  system = await startTestSystem();
  linkages = system.serve('linkages', createLinkagesSubgraph);
  await system.write('linkages', linkedZones([IN_A, IN_B, IN_C, QUALIFIED, LEFT, ...PAGE]));
});
afterAll(() => system.stop());

const APPLIES = `query ($policy: ID!, $subject: PolicySubjectInput!, $on: Date) {
  policyApplies(policy: $policy, subject: $subject, on: $on) {
    applies
    on
    policy { id }
    chain { coverage { id fromZone { id } toZone { id } policyVersion } agreement { id status } }
    reasons { code message(locale: EN) coverage { id } }
  }
}`;

async function ask(policy: string, subject: Record<string, string>, on = '2020-03-16') {
  const { data, errors } = await linkages(APPLIES, { policy: `policy_${policy}`, subject, on });
  expect(errors).toBeUndefined();
  return data.policyApplies;
}

test("a zone's own policy applies without any chain", async () => {
  expect(await ask('of-a', { enterprise: IN_A.enterpriseId })).toMatchObject({ applies: true, chain: [], reasons: [] });
});

test('a coverage carries it to the other zone, by the agreement that it rests on', async () => {
  expect(await ask('of-a', { uscc: IN_B.uscc })).toEqual({
    applies: true,
    on: '2020-03-16',
    policy: { id: 'policy_of-a' },
    chain: [
      {
        coverage: { id: 'cov_a-in-b', fromZone: { id: 'zone_a' }, toZone: { id: 'zone_b' }, policyVersion: 1 },
        agreement: { id: 'agr_a-b', status: 'SIGNED' },
      },
    ],
    reasons: [],
  });
});

test('a site is a subject of its own', async () => {
  expect(await ask('sites-of-a', { site: 'site_2' })).toMatchObject({ applies: true });
  expect(await ask('sites-of-a', { uscc: IN_B.uscc })).toMatchObject({ reasons: [{ code: 'SUBJECT_KIND_DIFFERS' }] });
  expect(await ask('of-a', { enterprise: 'site_2' })).toMatchObject({ reasons: [{ code: 'SUBJECT_NOT_FOUND' }] });
});

test.each([
  ['POLICY_NOT_FOUND', 'of-nobody', { uscc: IN_B.uscc }, '2020-03-16', null],
  ['POLICY_NOT_IN_FORCE', 'of-a', { uscc: IN_B.uscc }, '2023-01-01', null],
  ['SUBJECT_NOT_FOUND', 'of-a', { uscc: '91110108551385082Q' }, '2020-03-16', null],
  ['SUBJECT_NOT_RESIDENT', 'of-a', { uscc: LEFT.uscc }, '2020-03-16', null],
  ['SUBJECT_KIND_DIFFERS', 'persons-of-b', { uscc: IN_B.uscc }, '2020-03-16', null],
  // From A to B and from B to C make none from A to C, and none from B to A.
  ['NO_COVERAGE', 'of-a', { uscc: IN_C.uscc }, '2020-03-16', null],
  ['NO_COVERAGE', 'of-b', { uscc: IN_A.uscc }, '2020-03-16', null],
  ['COVERAGE_NOT_IN_FORCE', 'late-of-a', { uscc: IN_B.uscc }, '2020-03-16', 'cov_late'],
  ['COVERAGE_NOT_IN_FORCE', 'renewed-of-a', { uscc: IN_B.uscc }, '2020-03-16', 'cov_old-version'],
  ['AGREEMENT_NOT_SIGNED', 'proposed-of-a', { uscc: IN_B.uscc }, '2020-03-16', 'cov_proposed'],
  ['AGREEMENT_NOT_IN_FORCE', 'expired-of-a', { uscc: IN_B.uscc }, '2020-03-16', 'cov_expired'],
  ['AGREEMENT_NOT_IN_FORCE', 'terminated-of-a', { uscc: IN_B.uscc }, '2020-03-16', 'cov_terminated'],
  ['CONDITION_NOT_MET', 'conditional-of-a', { uscc: IN_B.uscc }, '2020-03-16', 'cov_conditional'],
])('%s: %s for %j on %s', async (code, policy, subject, on, coverageId) => {
  const answer = await ask(policy, subject, on);
  expect(answer).toMatchObject({
    applies: false,
    chain: [],
    policy: code === 'POLICY_NOT_FOUND' ? null : { id: `policy_${policy}` },
    reasons: [{ code, message: expect.stringMatching(/\.$/), coverage: coverageId && { id: coverageId } }],
  });
});

test.each([
  ['late-of-a', { uscc: IN_B.uscc }, '2020-06-01'],
  ['renewed-of-a', { uscc: IN_B.uscc }, '2019-12-31'],
  ['expired-of-a', { uscc: IN_B.uscc }, '2019-12-31'],
  ['terminated-of-a', { uscc: IN_B.uscc }, '2019-06-30'],
  ['conditional-of-a', { uscc: QUALIFIED.uscc }, '2020-03-16'],
  ['of-a', { uscc: LEFT.uscc }, '2019-12-31'],
])('%s applies to %j on %s', async (policy, subject, on) => {
  expect(await ask(policy, subject, on)).toMatchObject({ applies: true });
});

test('the question takes three BatchGets, its chain included', async () => {
  const calls = await system.dynamo.during(() => ask('of-a', { uscc: IN_B.uscc }));
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'BatchGet', 'BatchGet']);
});

test('a subject without a name, or with two, is refused', async () => {
  for (const subject of [{}, { uscc: IN_B.uscc, site: 'site_2' }]) {
    const { errors } = await linkages(APPLIES, { policy: 'policy_of-a', subject });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  }
});

const ENTITIES = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on Enterprise { id applicablePolicies(on: "2020-03-16") { policy { id } chain { coverage { id } } } }
} }`;
const enterprises = (ids: readonly string[]) => ({ of: ids.map((id) => ({ __typename: 'Enterprise', id })) });

test('the policies that reach an enterprise are its own zone’s, then those that cover it', async () => {
  const { data } = await linkages(ENTITIES, enterprises([QUALIFIED.enterpriseId, IN_C.enterpriseId, 'ent_unknown']));
  expect(data._entities).toEqual([
    {
      id: QUALIFIED.enterpriseId,
      applicablePolicies: [
        { policy: { id: 'policy_of-b' }, chain: [] },
        { policy: { id: 'policy_conditional-of-a' }, chain: [{ coverage: { id: 'cov_conditional' } }] },
        { policy: { id: 'policy_of-a' }, chain: [{ coverage: { id: 'cov_a-in-b' } }] },
      ],
    },
    {
      id: IN_C.enterpriseId,
      applicablePolicies: [{ policy: { id: 'policy_of-b' }, chain: [{ coverage: { id: 'cov_b-in-c' } }] }],
    },
    { id: 'ent_unknown', applicablePolicies: [] },
  ]);
});

test('they take as many calls for a page of a hundred enterprises as for one', async () => {
  const one = await system.dynamo.during(() => linkages(ENTITIES, enterprises([IN_B.enterpriseId])));
  const page = await system.dynamo.during(async () => {
    const { data, errors } = await linkages(ENTITIES, enterprises(PAGE.map(({ enterpriseId }) => enterpriseId)));
    expect(errors).toBeUndefined();
    expect(data._entities[1].applicablePolicies).not.toEqual([]);
  });
  expect(one.map(({ command }) => command)).toEqual(['BatchGet', 'BatchGet', 'BatchGet', 'BatchGet', 'BatchGet']);
  expect(page).toHaveLength(one.length);
});

test('zones are reached over agreements in force, nearest first, one BatchGet a step', async () => {
  const walk = `query ($of: [_Any!]!, $within: Int!) { _entities(representations: $of) {
    ... on Zone { linkedZones(within: $within) { zone { id } steps } groups { code } }
  } }`;
  const from = (zone: string, within: number) => ({ of: [{ __typename: 'Zone', id: zone }], within });
  const { data } = await linkages(walk, from('zone_a', 3));
  expect(data._entities).toEqual([
    {
      linkedZones: [
        { zone: { id: 'zone_b' }, steps: 1 },
        { zone: { id: 'zone_c' }, steps: 2 },
        { zone: { id: 'zone_d' }, steps: 3 },
      ],
      groups: [{ code: 'abc' }],
    },
  ]);
  const of = ['a', 'b', 'c', 'd', 'e'].map((zone) => ({ __typename: 'Zone', id: `zone_${zone}` }));
  const calls = await system.dynamo.during(() => linkages(walk, { of, within: 3 }));
  expect(calls.length).toBeLessThanOrEqual(4);
  const { errors } = await linkages(walk, from('zone_a', 4));
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

const AGREEMENTS = `query ($status: AgreementStatus, $first: Int!, $after: String) {
  agreements(zone: "zone_a", status: $status, first: $first, after: $after) {
    nodes { id status coverages { id } }
    pageInfo { hasNextPage endCursor }
  }
}`;

test.each([
  ['SIGNED', ['agr_a-b']],
  ['EXPIRED', ['agr_expired']],
  ['PROPOSED', ['agr_proposed']],
  ['TERMINATED', ['agr_terminated']],
  [null, ['agr_proposed', 'agr_terminated', 'agr_expired', 'agr_a-b']],
])('the agreements of a zone that are %s', async (status, expected) => {
  const { data } = await linkages(AGREEMENTS, { status, first: 10 });
  expect(data.agreements.nodes.map(({ id }: { id: string }) => id)).toEqual(expected);
  if (status)
    expect(new Set(data.agreements.nodes.map((node: { status: string }) => node.status))).toEqual(new Set([status]));
});

test('on its last day an agreement has not expired', async () => {
  const now = new Date('2019-12-31T15:59:00.000Z');
  const { data } = await linkages(AGREEMENTS, { status: 'SIGNED', first: 10 }, { now });
  expect(data.agreements.nodes.map(({ id }: { id: string }) => id)).toContain('agr_expired');
});

test('the graph of a group has its zones, those that they are linked with, and every agreement once', async () => {
  const run = () =>
    linkages(`{ linkageGraph(group: "lgrp_abc") {
      group { code }
      nodes { zone { id } member }
      edges { from to agreement { id } }
    } }`);
  const calls = await system.dynamo.during(async () => {
    const { data } = await run();
    expect(data.linkageGraph.nodes).toEqual([
      { zone: { id: 'zone_a' }, member: true },
      { zone: { id: 'zone_b' }, member: true },
      { zone: { id: 'zone_c' }, member: true },
      { zone: { id: 'zone_d' }, member: false },
    ]);
    // All but the proposed one, which B has not signed.
    expect(data.linkageGraph.edges).toHaveLength(5);
    expect(data.linkageGraph.edges).toContainEqual({ from: 'zone_c', to: 'zone_d', agreement: { id: 'agr_c-d' } });
  });
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'BatchGet', 'BatchGet']);
});

test('the graph shows agreements by kind, by day and by weight', async () => {
  const edges = async (given: string) => {
    const { data } = await linkages(`{ linkageGraph(group: "lgrp_abc"${given}) {
      nodes { zone { id } } edges { agreement { id } weight }
    } }`);
    const { edges: found, nodes } = data.linkageGraph;
    return { nodes: nodes.length, edges: found.map(({ agreement, weight }: Edge) => [agreement.id, weight]) };
  };
  expect(await edges(', kind: MUTUAL_RECOGNITION')).toEqual({ nodes: 3, edges: [['agr_b-c', 1]] });
  expect((await edges(', on: "2019-06-30"')).edges).toContainEqual(['agr_terminated', 3]);
  expect((await edges(', on: "2020-03-16"')).edges).toEqual([
    ['agr_c-d', 1],
    ['agr_b-c', 1],
    ['agr_a-b', 1],
  ]);
  expect((await edges(', minWeight: 3')).edges.map(([id]: [string]) => id).sort()).toEqual([
    'agr_a-b',
    'agr_expired',
    'agr_terminated',
  ]);
  expect(await edges(', minWeight: 4')).toEqual({ nodes: 3, edges: [] });
});

interface Edge {
  readonly agreement: { readonly id: string };
  readonly weight: number;
}

test('the coverages of a policy on a day are those in force, by an agreement in force', async () => {
  const of = ['of-a', 'late-of-a', 'proposed-of-a', 'expired-of-a', 'renewed-of-a'].map((slug) => ({
    __typename: 'Policy',
    id: `policy_${slug}`,
  }));
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
    ... on Policy { coverage(on: "2020-03-16") { id agreement { id } } }
  } }`;
  const calls = await system.dynamo.during(async () => {
    const { data } = await linkages(query, { of });
    const found = data._entities.map(({ coverage }: { coverage: { id: string }[] }) => coverage.map(({ id }) => id));
    expect(found).toEqual([['cov_a-in-b'], [], [], [], []]);
  });
  expect(calls).toHaveLength(3);
});
