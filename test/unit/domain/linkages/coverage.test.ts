import {
  type AgreementFacts,
  type Coverage,
  type CoverageFailure,
  type PolicyFacts,
  policyApplies,
  type Subject,
} from '../../../../src/domain/linkages/coverage.ts';
import { factsOfSubject } from '../../../../src/domain/linkages/subject-facts.ts';
import { FACTS_OF } from '../../../../src/domain/policies/facts.ts';
import { answerTo } from '../../../../src/domain/rules/answer.ts';
import type { Rule, Test } from '../../../../src/domain/rules/rule.ts';

const policy: PolicyFacts = {
  id: 'policy_p',
  homeZoneIds: ['zone_a'],
  subject: 'ENTERPRISE',
  validity: [{ from: '2020-01-01', to: '2020-12-31' }],
};
const agreement: AgreementFacts = {
  id: 'agr_ab',
  status: 'SIGNED',
  terminatedOn: null,
  partyZoneIds: ['zone_a', 'zone_b', 'zone_c'],
  from: '2020-01-01',
  to: null,
};
const rule = (is: Test): Rule => ({
  language: 1,
  when: { term: 'condition', text: { zh: 'x', ja: 'x', en: 'x' }, is },
});
const coverage: Coverage = {
  id: 'cov_ab',
  policyId: 'policy_p',
  fromZoneId: 'zone_a',
  toZoneId: 'zone_b',
  subject: 'ENTERPRISE',
  rule: rule({ l: { fact: 'sector' }, op: 'in', r: ['DIGITAL_ECONOMY'] }),
  agreementId: 'agr_ab',
  from: '2020-02-01',
  to: '2020-06-30',
};
const inB: Subject = {
  kind: 'ENTERPRISE',
  zoneIds: ['zone_b'],
  traits: { SECTOR: ['DIGITAL_ECONOMY'], QUALIFICATION: [], SITE_KIND: [] },
};
const day = '2020-03-16';

/** Decides with the facts that the subject's traits are. */
function decide(
  of: PolicyFacts | null,
  subject: Subject | null,
  on: string,
  coverages: readonly Coverage[],
  agreements: readonly AgreementFacts[],
) {
  const registry = subject ? factsOfSubject(subject, [], () => false) : {};
  const judge = (terms: Rule) => answerTo(terms, { REGISTRY: registry, STATED: {} }, on, FACTS_OF.ENTERPRISE);
  return policyApplies(of, subject, on, { coverages, agreements, judge });
}

test('a policy applies in its own zone without any agreement', () => {
  const answer = decide(policy, { ...inB, zoneIds: ['zone_a'] }, day, [], []);
  expect(answer).toEqual({ applies: true, via: 'OWN_ZONE', chain: [], failed: [] });
});

test('a coverage with a signed agreement carries it to the other zone, and the answer names both', () => {
  expect(decide(policy, inB, day, [coverage], [agreement])).toEqual({
    applies: true,
    via: 'COVERAGE',
    chain: [
      {
        coverageId: 'cov_ab',
        agreementId: 'agr_ab',
        fromZoneId: 'zone_a',
        toZoneId: 'zone_b',
        judgement: expect.objectContaining({ truth: 'MET' }),
      },
    ],
    failed: [],
  });
});

interface Case {
  readonly subject?: Partial<Subject>;
  readonly day?: string;
  readonly coverage?: Partial<Coverage>;
  readonly agreement?: Partial<AgreementFacts>;
}

test.each<[CoverageFailure, Case]>([
  ['POLICY_NOT_IN_FORCE', { day: '2021-01-01' }],
  ['SUBJECT_KIND_DIFFERS', { subject: { kind: 'PERSON' } }],
  ['SUBJECT_KIND_DIFFERS', { coverage: { subject: 'SITE' } }],
  ['SUBJECT_NOT_RESIDENT', { subject: { zoneIds: [] } }],
  ['NO_COVERAGE', { coverage: { policyId: 'policy_other' } }],
  ['COVERAGE_NOT_IN_FORCE', { day: '2020-01-31' }],
  ['COVERAGE_NOT_IN_FORCE', { day: '2020-07-01' }],
  ['CONDITION_NOT_MET', { subject: { traits: { ...inB.traits, SECTOR: ['SMART_TRANSPORT'] } } }],
  ['CONDITION_NOT_MET', { coverage: { rule: rule({ l: { fact: 'qualifications' }, op: 'has', r: ['TECH_SME'] }) } }],
  ['CONDITION_UNKNOWN', { coverage: { rule: rule({ l: { fact: 'sizeClass' }, op: '=', r: 'MICRO' }) } }],
  ['AGREEMENT_NOT_SIGNED', { coverage: { agreementId: 'agr_none' } }],
  ['AGREEMENT_NOT_SIGNED', { agreement: { status: 'PROPOSED' } }],
  ['AGREEMENT_NOT_IN_FORCE', { agreement: { to: '2020-03-15' } }],
  ['AGREEMENT_NOT_IN_FORCE', { agreement: { status: 'TERMINATED', terminatedOn: '2020-03-15' } }],
  ['AGREEMENT_NOT_SIGNED', { agreement: { partyZoneIds: ['zone_a', 'zone_c'] } }],
])('it does not apply: %s %j', (code, over) => {
  const answer = decide(
    policy,
    { ...inB, ...over.subject },
    over.day ?? day,
    [{ ...coverage, ...over.coverage }],
    [{ ...agreement, ...over.agreement }],
  );
  expect(answer).toMatchObject({ applies: false, via: null, chain: [] });
  expect(answer.failed.map((reason) => reason.code)).toEqual([code]);
});

test('what is not there applies to nothing', () => {
  expect(decide(null, inB, day, [], []).failed.map(({ code }) => code)).toEqual(['POLICY_NOT_FOUND']);
  expect(decide(policy, null, day, [], []).failed.map(({ code }) => code)).toEqual(['SUBJECT_NOT_FOUND']);
});

test('coverage is not symmetric: what A gives to B is not given by B to A', () => {
  const ofB = { ...policy, homeZoneIds: ['zone_b'] };
  expect(decide(ofB, { ...inB, zoneIds: ['zone_a'] }, day, [coverage], [agreement]).applies).toBe(false);
});

test('coverage is not transitive: from A to B and from B to C is not from A to C', () => {
  const onward = { ...coverage, id: 'cov_bc', fromZoneId: 'zone_b', toZoneId: 'zone_c' };
  expect(decide(policy, { ...inB, zoneIds: ['zone_c'] }, day, [coverage, onward], [agreement]).failed).toEqual([
    { code: 'NO_COVERAGE', coverageId: null, agreementId: null, judgement: null },
  ]);
});

test('a terminated agreement carries until its last day, and a second coverage may do where the first fails', () => {
  const ended: AgreementFacts = { ...agreement, status: 'TERMINATED', terminatedOn: day };
  expect(decide(policy, inB, day, [coverage], [ended]).applies).toBe(true);
  const proposed = { ...agreement, id: 'agr_new', status: 'PROPOSED' } as const;
  const first = { ...coverage, id: 'cov_new', agreementId: 'agr_new' };
  const answer = decide(policy, inB, day, [first, coverage], [agreement, proposed]);
  expect(answer.applies).toBe(true);
  expect(answer.failed).toMatchObject([
    { code: 'AGREEMENT_NOT_SIGNED', coverageId: 'cov_new', agreementId: 'agr_new' },
  ]);
});
