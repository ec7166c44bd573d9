import type { CaseTypeFacts } from '../../src/domain/case-types/case-type.ts';
import type { PolicyFacts, PolicyVersionRecord } from '../../src/domain/policies/policy.ts';
import type { Rule } from '../../src/domain/rules/rule.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { storedRule } from '../../src/local/demo-data/rules/stored-rule.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { policyItem } from '../../src/storage/parks/items.ts';
import { copyCasePolicies } from '../../src/storage/talent/case-types/case-policies.ts';
import { caseTypeItems, PLAIN_APARTMENT, ruleOf, TERMS } from '../fixtures/case-types.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** A case type that rests on policies in force: one application asked in two zones, and on two days. */

const NAME = { zh: '示例', ja: 'サンプル', en: 'Sample' };
const HUKOU: CaseTypeFacts = {
  ...PLAIN_APARTMENT,
  id: 'ctype_hukou-degree',
  kind: 'HUKOU',
  route: 'ACADEMIC',
  name: NAME,
  policyId: 'policy_binhai-hukou',
  requiredDocuments: [],
  arrangements: [{ code: 'in-baodi', name: NAME, zoneIds: ['zone_baodi'], policyId: 'policy_baodi-hukou' }],
};
const OFFICER: Viewer = {
  kind: 'officer',
  person: 'officer-1',
  agency: 'HOUSING',
  zone: 'zone_teda',
  roles: ['PUBLISH'],
};

let system: TestSystem;
let ask: Execute;

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('talent', createTalentSubgraph);
  await system.write('talent', caseTypeItems(HUKOU));
  await publish('binhai-hukou', 'zone_teda', [version(1, '2026-01-01', storedRule('hukou-academic').rule)]);
  await publish('baodi-hukou', 'zone_baodi', [version(1, '2026-01-01', storedRule('hukou-qualification').rule)]);
});
afterAll(() => system.stop());

const version = (number: number, validFrom: string, rule?: Rule | null): PolicyVersionRecord => ({
  number,
  status: 'PUBLISHED',
  documentNumber: null,
  validFrom,
  validTo: null,
  ...(rule !== undefined && { terms: { rule, samples: [] } }),
});

/** Copies a policy as the consumer of the stream does. */
function publish(
  code: string,
  zoneId: string,
  versions: readonly PolicyVersionRecord[],
  more: Partial<PolicyFacts> = {},
) {
  const facts: PolicyFacts = {
    version: versions.length,
    code,
    title: NAME,
    issuer: { code: zoneId, name: NAME, level: 'ZONE', zoneId },
    homeZoneIds: [zoneId],
    subject: 'PERSON',
    packages: [],
    versions: versions.toReversed(),
    ...more,
  };
  return copyCasePolicies(system.table('talent'), [policyItem(facts)]);
}

const MASTER = [
  { fact: 'degree', code: 'MASTER' },
  { fact: 'degreeVerified', yes: true },
  { fact: 'criminalRecord', yes: false },
  { fact: 'bornOn', day: '1985-05-01' },
  { fact: 'title', code: 'NONE' },
  { fact: 'insuranceMonths', count: 24 },
];

async function check(zone: string, more: object = {}, caseType = HUKOU.id) {
  const { data, errors } = await ask(
    `query ($caseType: ID!, $application: ApplicationInput!) {
      checkEligibility(caseType: $caseType, application: $application) {
        truth policyVersion arrangement { code } unmet { code }
        judgement { alternatives { terms { term } } }
      }
    }`,
    { caseType, application: { zone, on: '2026-11-28', facts: MASTER, ...more } },
  );
  expect(errors).toBeUndefined();
  return data.checkEligibility;
}

test('the same application gets two answers in two zones, by the policy in force in each', async () => {
  expect(await check('zone_teda')).toMatchObject({ truth: 'MET', policyVersion: 1, arrangement: null, unmet: [] });
  const elsewhere = await check('zone_baodi');
  expect(elsewhere).toMatchObject({ truth: 'NOT_MET', policyVersion: 1, arrangement: { code: 'in-baodi' }, unmet: [] });
  expect(elsewhere.judgement.alternatives[0].terms).not.toEqual([]);
});

test('in a zone and on a day without a version in force nobody can apply', async () => {
  const none = { truth: 'NOT_MET', policyVersion: null, unmet: [{ code: 'POLICY_NOT_IN_FORCE' }] };
  expect(await check('zone_zhongguancun')).toMatchObject(none);
  expect(await check('zone_teda', { on: '2025-12-31' })).toMatchObject(none);
});

test('a later version counts from its first day, and an open one asks for nothing', async () => {
  await publish('binhai-hukou', 'zone_teda', [
    version(1, '2026-01-01', storedRule('hukou-academic').rule),
    version(2, '2027-01-01', ruleOf(TERMS.resides)),
    version(3, '2028-01-01', null),
    version(4, '2029-01-01'),
  ]);
  expect(await check('zone_teda')).toMatchObject({ truth: 'MET', policyVersion: 1 });
  expect(await check('zone_teda', { on: '2027-01-01' })).toMatchObject({ truth: 'UNKNOWN', policyVersion: 2 });
  const there = { on: '2027-01-01', residenceZone: 'zone_teda' };
  expect(await check('zone_teda', there)).toMatchObject({ truth: 'MET', policyVersion: 2 });
  expect(await check('zone_teda', { on: '2028-01-01' })).toMatchObject({ truth: 'MET', judgement: null });
  // Terms that nobody recorded are not known to be met.
  expect(await check('zone_teda', { on: '2029-01-01' })).toMatchObject({
    truth: 'UNKNOWN',
    policyVersion: 4,
    unmet: [],
  });
});

test('a late record of the stream changes nothing, and other subjects are not copied', async () => {
  await publish('binhai-hukou', 'zone_teda', [version(1, '2030-01-01', null)]);
  expect(await check('zone_teda')).toMatchObject({ truth: 'MET', policyVersion: 1 });
  const firms = { ...HUKOU, id: 'ctype_hukou-firms', policyId: 'policy_for-firms' };
  await system.write('talent', caseTypeItems(firms));
  await publish('for-firms', 'zone_teda', [version(1, '2026-01-01', null)], { subject: 'ENTERPRISE' });
  expect(await check('zone_teda', {}, firms.id)).toMatchObject({ unmet: [{ code: 'POLICY_NOT_IN_FORCE' }] });
});

test('two reads answer for one case type, and for a page of them', async () => {
  const one = await system.dynamo.during(() => check('zone_teda'));
  expect(one.map(({ command }) => command)).toEqual(['BatchGet', 'BatchGet']);
  const page = await system.dynamo.during(() =>
    ask(
      `query ($application: ApplicationInput!) {
        caseTypes(first: 20) { nodes { eligibility(application: $application) { truth } } }
      }`,
      { application: { zone: 'zone_teda', facts: MASTER } },
    ),
  );
  expect(page.map(({ command }) => command)).toEqual(['Query', 'BatchGet', 'BatchGet']);
});

test('an officer publishes arrangements by zone and by kind of applicant, and each fault is named', async () => {
  const localized = NAME;
  const owner = { term: 'owner', text: NAME, is: { l: { fact: 'ownsDwelling' }, op: '=', r: true } };
  const samples = [true, false].map((yes) => ({
    name: `${yes}`,
    on: '2026-11-28',
    facts: [{ fact: 'residesInZone', yes }],
    truth: yes ? 'MET' : 'NOT_MET',
  }));
  const sound = {
    code: 'owners',
    name: localized,
    applicants: JSON.stringify({ language: 1, when: owner }),
    window: { opensOn: '2026-11-01', closesOn: '2026-11-30' },
    requiredDocuments: [{ code: 'deed', name: localized, required: true }],
    rule: JSON.stringify(ruleOf(TERMS.resides)),
    samples,
    policy: 'policy_binhai-hukou',
  };
  let keys = 0;
  const publishType = async (arrangements: readonly object[], more: object = {}) => {
    const { id: _, version: __, policyId: ___, window: ____, ...same } = PLAIN_APARTMENT;
    const { data, errors } = await ask(
      `mutation ($input: PublishCaseTypeInput!) { publishCaseType(input: $input) {
        caseType { arrangements { code name(locale: ZH) zones { id } applicants policy { id } window { closesOn }
          childAgeOn requiredDocuments { code } limits { step } rule terms { term } } }
        userErrors { code field }
      } }`,
      {
        input: {
          ...same,
          caseType: 'ctype_by-kind',
          idempotencyKey: `by-kind-${keys++}`,
          zones: ['zone_teda', 'zone_baodi'],
          arrangements,
          ...more,
        },
      },
      { viewer: OFFICER },
    );
    expect(errors).toBeUndefined();
    return data.publishCaseType;
  };
  for (const [wrong, field] of [
    [{ code: 'A b' }, ['code']],
    [{ name: { zh: '', ja: 'x', en: 'x' } }, ['name', 'zh']],
    [{ zones: ['zone_elsewhere'] }, ['zones']],
    [{ applicants: JSON.stringify({ language: 1, when: { ...owner, is: TERMS.six.is } }) }, ['applicants']],
    [{ window: { opensOn: '2026-11-02', closesOn: '2026-11-01' } }, ['window']],
    [{ requiredDocuments: [] }, ['requiredDocuments']],
    [{ limits: [] }, ['limits']],
    [{ samples: [] }, ['samples']],
    [{ policy: 'park_x' }, ['policy']],
    [{ childAgeOn: '2026-08-31' }, ['childAgeOn']],
  ] as const) {
    const { caseType, userErrors } = await publishType([{ ...sound, ...wrong }]);
    expect([caseType, userErrors[0]?.field]).toEqual([null, ['arrangements', '0', ...field]]);
  }
  expect((await publishType([sound, sound])).userErrors).toMatchObject([{ field: ['arrangements', '1', 'code'] }]);
  const many = Array.from({ length: 21 }, (_, i) => ({ ...sound, code: `owners-${i}` }));
  expect((await publishType(many)).userErrors).toMatchObject([{ field: ['arrangements'] }]);

  const { caseType, userErrors } = await publishType([sound]);
  expect(userErrors).toEqual([]);
  expect(caseType.arrangements).toEqual([
    {
      code: 'owners',
      name: '示例',
      zones: null,
      applicants: expect.any(String),
      policy: { id: 'policy_binhai-hukou' },
      window: { closesOn: '2026-11-30' },
      childAgeOn: null,
      requiredDocuments: [{ code: 'deed' }],
      limits: null,
      rule: expect.any(String),
      terms: [{ term: 'resides' }],
    },
  ]);
  const { data } = await ask(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Policy { caseTypes { id } } } }`,
    { of: [{ __typename: 'Policy', id: 'policy_binhai-hukou' }] },
  );
  expect(data._entities).toEqual([{ caseTypes: [{ id: 'ctype_by-kind' }] }]);
  const asked = (ownsDwelling: boolean | null) => check('zone_teda', { ownsDwelling }, 'ctype_by-kind');
  expect(await asked(true)).toMatchObject({ arrangement: { code: 'owners' }, truth: 'NOT_MET', policyVersion: 1 });
  expect(await asked(false)).toMatchObject({ arrangement: null, policyVersion: null });
  expect(await asked(null)).toMatchObject({ arrangement: null });
});
