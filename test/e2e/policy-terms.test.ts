import type { Rule } from '../../src/domain/rules/rule.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { storedRule } from '../../src/local/demo-data/rules/stored-rule.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { policyCoveragesItem, policyFactsItem, zonePoliciesItem } from '../../src/storage/linkages/items.ts';
import { enterpriseRelocationsItem, relocationItem } from '../../src/storage/linkages/relocations/relocation-items.ts';
import { enterpriseIn, linkedZones } from '../fixtures/linked-zones.ts';
import { relocationOf } from '../fixtures/relocations.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** The tax sharing of relocated enterprises and a hukou for talent, in force in zone A. */

let system: TestSystem;
let linkages: Execute;

const FOUNDED = enterpriseIn('a', 1);
const RELOCATED = enterpriseIn('a', 2);
const PAGE = Array.from({ length: 98 }, (_, i) => enterpriseIn('a', 100 + i));
const OFFICER_OF = (zone: string): Viewer => ({
  kind: 'officer',
  person: `officer of ${zone}`,
  agency: 'PARK',
  zone,
  roles: [],
});
const DAY = '2020-03-16';

const policy = (slug: string, subject: 'ENTERPRISE' | 'PERSON', rule: Rule | null | undefined) =>
  policyFactsItem({
    policyId: `policy_${slug}`,
    homeZoneIds: ['zone_a'],
    subject,
    inForce: [{ number: 1, from: '2015-06-03', to: null, ...(rule === undefined ? {} : { rule }) }],
    sourceVersion: 1,
  });

beforeAll(async () => {
  system = await startTestSystem();
  linkages = system.serve('linkages', createLinkagesSubgraph);
  const own = ['policy_tax', 'policy_unrecorded', 'policy_open'];
  await system.write('linkages', [
    ...linkedZones([FOUNDED, RELOCATED, ...PAGE]).filter(
      ({ pk, sk }) => pk !== zonePoliciesItem('zone_a', [], []).pk || sk !== zonePoliciesItem('zone_a', [], []).sk,
    ),
    zonePoliciesItem('zone_a', [...own, 'policy_hukou'], []),
    policy('tax', 'ENTERPRISE', storedRule('caiyu-2015-92').rule),
    policy('hukou', 'PERSON', storedRule('hukou-academic').rule),
    policy('open', 'ENTERPRISE', null),
    policy('unrecorded', 'ENTERPRISE', undefined),
    ...[...own, 'policy_hukou'].map((id) => policyCoveragesItem(id, [])),
    relocationItem(
      relocationOf({
        id: 'reloc_1',
        enterpriseId: RELOCATED.enterpriseId,
        fromZoneId: 'zone_b',
        toZoneId: 'zone_a',
        registeredOn: '2019-01-01',
        agreementId: null,
      }),
    ),
    enterpriseRelocationsItem(RELOCATED.enterpriseId, ['reloc_1']),
  ]);
});
afterAll(() => system.stop());

const APPLIES = `query ($policy: ID!, $subject: PolicySubjectInput!, $facts: [FactInput!], $on: Date) {
  policyApplies(policy: $policy, subject: $subject, facts: $facts, on: $on) {
    applies truth
    reasons { code message(locale: EN) }
    judgement {
      truth on
      terms { term text(locale: EN) clause truth saw sawText(locale: JA) asks asksText missing { fact } }
      alternatives { terms { term truth } }
      missing { fact name(locale: ZH) }
      facts { fact { fact } value valueText(locale: ZH) source }
      nearest { on exact changes { fact { fact name(locale: JA) } from fromText to toText(locale: ZH) how } }
    }
  }
}`;

interface Asked {
  readonly subject?: Record<string, string>;
  readonly facts?: readonly Record<string, unknown>[];
  readonly viewer?: Viewer;
  readonly on?: string;
}

async function ask(slug: string, { subject, facts, viewer, on = DAY }: Asked = {}) {
  const { data, errors } = await linkages(
    APPLIES,
    { policy: `policy_${slug}`, subject: subject ?? { enterprise: FOUNDED.enterpriseId }, facts, on },
    viewer && { viewer },
  );
  expect(errors).toBeUndefined();
  return data.policyApplies;
}
const relocated = { subject: { enterprise: RELOCATED.enterpriseId }, viewer: OFFICER_OF('zone_a') };
const shortest = (answer: { judgement: { alternatives: { terms: { term: string }[] }[] } }) =>
  answer.judgement.alternatives[0]?.terms.map(({ term }) => term);

test('at home too, a policy applies to nobody who does not meet its terms', async () => {
  const answer = await ask('tax', { viewer: OFFICER_OF('zone_a') });
  expect(answer).toMatchObject({ applies: false, truth: 'NOT_MET', reasons: [{ code: 'TERMS_NOT_MET' }] });
  expect(answer.judgement.terms[0]).toEqual({
    term: 'relocated',
    text: 'The enterprise moved here from another place in Beijing, Tianjin and Hebei.',
    clause: 1,
    truth: 'NOT_MET',
    saw: 'false',
    sawText: 'いいえ',
    asks: 'true',
    asksText: 'yes',
    missing: [],
  });
  // Nobody can have moved in the past.
  expect(answer.judgement.nearest).toBeNull();
});

test('what is missing is named, and how the answer would turn', async () => {
  const answer = await ask('tax', relocated);
  expect(answer).toMatchObject({ applies: false, truth: 'UNKNOWN', reasons: [{ code: 'TERMS_UNKNOWN' }] });
  expect(shortest(answer)).toEqual(['government-led', 'listed', 'layout', 'threshold']);
  expect(answer.judgement.missing[3]).toEqual({ fact: 'localTaxBeforeMove', name: '迁出前三年缴税地方部分合计' });
  expect(answer.judgement.facts).toContainEqual({
    fact: { fact: 'relocated' },
    value: 'true',
    valueText: '是',
    source: 'REGISTRY',
  });
  expect(answer.judgement.nearest).toMatchObject({ on: DAY, exact: true });
  expect(answer.judgement.nearest.changes[3]).toEqual({
    fact: { fact: 'localTaxBeforeMove', name: '移転前三年の納税額（地方分）の合計' },
    from: null,
    fromText: null,
    to: '6000000000',
    toText: '60,000,000元',
    how: 'SHOW',
  });
});

const LED = [
  { fact: 'relocationLedBy', code: 'GOVERNMENT' },
  { fact: 'relocationListed', yes: true },
  { fact: 'fitsLayout', yes: true },
];

test('facts that the caller states decide what the register does not tell', async () => {
  const exactly = [...LED, { fact: 'localTaxBeforeMove', amount: '6000000000' }];
  expect(await ask('tax', { ...relocated, facts: exactly })).toMatchObject({
    applies: true,
    truth: 'MET',
    reasons: [],
  });
  const less = [...LED, { fact: 'localTaxBeforeMove', amount: '5999999999' }];
  expect(shortest(await ask('tax', { ...relocated, facts: less }))).toEqual(['threshold']);
  const market = [{ fact: 'relocationLedBy', code: 'MARKET' }];
  expect(await ask('tax', { ...relocated, facts: market })).toMatchObject({ truth: 'NOT_MET' });
  // The register goes before a statement, and what is no value of a fact stays unknown.
  const claimed = [{ fact: 'relocated', yes: true }];
  expect(await ask('tax', { viewer: OFFICER_OF('zone_a'), facts: claimed })).toMatchObject({ truth: 'NOT_MET' });
  const wrong = [
    { fact: 'relocationLedBy', code: 'NOBODY' },
    { fact: 'constructor', yes: true },
  ];
  expect(await ask('tax', { ...relocated, facts: wrong })).toMatchObject({ truth: 'UNKNOWN' });
});

test('who may not read a relocation gets the same answer with it and without', async () => {
  const viewers: (Viewer | undefined)[] = [undefined, OFFICER_OF('zone_c'), { kind: 'analyst', person: 'analyst-1' }];
  for (const viewer of viewers) {
    const asked = viewer ? { viewer } : {};
    const answer = await ask('tax', { ...asked, subject: { enterprise: RELOCATED.enterpriseId } });
    expect(answer).toEqual(await ask('tax', asked));
    expect(answer.truth).toBe('UNKNOWN');
    expect(answer.judgement.terms[0]).toMatchObject({ saw: null, missing: [{ fact: 'relocated' }] });
  }
  const clerk: Viewer = { kind: 'clerk', person: 'clerk-1', enterprise: RELOCATED.enterpriseId };
  const own = await ask('tax', { ...relocated, viewer: clerk });
  expect(own.judgement.terms[0]).toMatchObject({ truth: 'MET' });
});

test('a person is a subject by their own statements, in the zone where they live or work', async () => {
  const facts = [
    { fact: 'degree', code: 'MASTER' },
    { fact: 'degreeVerified', yes: true },
    { fact: 'criminalRecord', yes: false },
    { fact: 'bornOn', day: '1950-05-01' },
  ];
  const old = await ask('hukou', { subject: { personIn: 'zone_a' }, facts });
  expect(old).toMatchObject({ truth: 'NOT_MET', reasons: [{ code: 'TERMS_NOT_MET' }] });
  expect(shortest(old)).toEqual(['master-age']);
  const young = [...facts.slice(0, 3), { fact: 'bornOn', day: '1990-05-01' }];
  expect(await ask('hukou', { subject: { personIn: 'zone_a' }, facts: young })).toMatchObject({ applies: true });
  const elsewhere = await ask('hukou', { subject: { personIn: 'zone_b' }, facts: young });
  expect(elsewhere).toMatchObject({ truth: 'NOT_MET', judgement: null, reasons: [{ code: 'NO_COVERAGE' }] });
});

test('a policy is open to all only where its terms say so', async () => {
  expect(await ask('open')).toMatchObject({ applies: true, truth: 'MET', judgement: null });
  expect(await ask('unrecorded')).toMatchObject({
    applies: false,
    truth: 'UNKNOWN',
    judgement: null,
    reasons: [{ code: 'TERMS_NOT_RECORDED' }],
  });
});

const ENTITIES = `query ($of: [_Any!]!, $orUnknown: Boolean!) { _entities(representations: $of) {
  ... on Enterprise { applicablePolicies(on: "${DAY}", orUnknown: $orUnknown) { truth policy { id } } }
} }`;
const enterprises = (all: readonly { enterpriseId: string }[]) =>
  all.map(({ enterpriseId: id }) => ({ __typename: 'Enterprise', id }));

test('lists the policies that apply, and on request those that are not known to', async () => {
  const list = async (orUnknown: boolean) => {
    const { data } = await linkages(ENTITIES, { of: enterprises([RELOCATED]), orUnknown }, relocated);
    return data._entities[0].applicablePolicies.map((each: { truth: string; policy: { id: string } }) => [
      each.policy.id,
      each.truth,
    ]);
  };
  expect(await list(false)).toEqual([['policy_open', 'MET']]);
  expect(await list(true)).toEqual([
    ['policy_open', 'MET'],
    ['policy_tax', 'UNKNOWN'],
    ['policy_unrecorded', 'UNKNOWN'],
  ]);
});

test('calls stay constant: three for a question, and as many for a page as for one', async () => {
  const question = await system.dynamo.during(() => ask('tax', relocated));
  expect(question.map(({ command }) => command)).toEqual(['BatchGet', 'BatchGet', 'BatchGet']);
  const page = (of: readonly { enterpriseId: string }[]) =>
    system.dynamo.during(() => linkages(ENTITIES, { of: enterprises(of), orUnknown: true }, relocated));
  expect(await page([RELOCATED, ...PAGE])).toHaveLength((await page([RELOCATED])).length);
});

const WHAT = `query ($subject: PolicySubjectInput!, $facts: [FactInput!], $orUnknown: Boolean! = false) {
  whatApplies(subject: $subject, facts: $facts, on: "${DAY}", orUnknown: $orUnknown) { truth policy { id } }
}`;

test('tells an enterprise and a person what applies to them, by the register and by their statements', async () => {
  const list = async (asked: Readonly<Record<string, unknown>>, viewer = OFFICER_OF('zone_a')) => {
    const { data, errors } = await linkages(WHAT, asked, { viewer });
    expect(errors).toBeUndefined();
    return data.whatApplies.map((each: { truth: string; policy: { id: string } }) => [each.policy.id, each.truth]);
  };
  const { subject } = relocated;
  expect(await list({ subject })).toEqual([['policy_open', 'MET']]);
  const facts = [...LED, { fact: 'localTaxBeforeMove', amount: '6000000000' }];
  expect(await list({ subject, facts })).toEqual([
    ['policy_open', 'MET'],
    ['policy_tax', 'MET'],
  ]);
  const person = { personIn: 'zone_a' };
  const master = [
    { fact: 'degree', code: 'MASTER' },
    { fact: 'degreeVerified', yes: true },
    { fact: 'criminalRecord', yes: false },
    { fact: 'bornOn', day: '1990-05-01' },
  ];
  expect(await list({ subject: person })).toEqual([]);
  expect(await list({ subject: person, facts: master })).toEqual([['policy_hukou', 'MET']]);
  expect(await list({ subject: person, orUnknown: true })).toEqual([['policy_hukou', 'UNKNOWN']]);
  expect(await list({ subject: { enterprise: 'ent_nothing' } })).toEqual([]);
});

test('lists what applies by as many reads as a page of enterprises takes', async () => {
  const calls = await system.dynamo.during(() => linkages(WHAT, { subject: relocated.subject }, relocated));
  expect(calls.length).toBeLessThanOrEqual(5);
  expect(new Set(calls.map(({ command }) => command))).toEqual(new Set(['BatchGet']));
});

test('refuses facts without a value, with two, stated twice, and too many', async () => {
  const subject = { enterprise: FOUNDED.enterpriseId };
  for (const facts of [
    [{ fact: 'fitsLayout' }],
    [{ fact: 'fitsLayout', yes: true, count: 1 }],
    [
      { fact: 'fitsLayout', yes: true },
      { fact: 'fitsLayout', yes: false },
    ],
    [{ fact: 'siteKinds', codes: Array(21).fill('X') }],
    Array.from({ length: 41 }, (_, i) => ({ fact: `fact-${i}`, yes: true })),
  ]) {
    const { errors } = await linkages(APPLIES, { policy: 'policy_tax', subject, facts });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  }
});
