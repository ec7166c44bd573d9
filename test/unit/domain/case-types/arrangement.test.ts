import { STATUTORY_LIMITS } from '../../../../src/domain/calendar/deadline.ts';
import {
  arrangementFor,
  onPolicy,
  policiesOf,
  withArrangement,
} from '../../../../src/domain/case-types/arrangement.ts';
import type { CaseArrangement, CaseTypeFacts } from '../../../../src/domain/case-types/case-type.ts';
import { decideOpening } from '../../../../src/domain/cases/open.ts';
import { syntheticResidentId } from '../../../../src/domain/people/resident-id.ts';
import type { Rule } from '../../../../src/domain/rules/rule.ts';
import { PLAIN_APARTMENT, ruleOf, TERMS } from '../../../fixtures/case-types.ts';

const NAME = { zh: '示例', ja: 'サンプル', en: 'Sample' };
const WITHOUT_HUKOU: Rule = {
  language: 1,
  when: { term: 'without', text: NAME, is: { l: { fact: 'localHukou' }, op: '=', r: false } },
};
const { count, unit } = STATUTORY_LIMITS.DECISION;
const BONDED: CaseArrangement = {
  code: 'bonded',
  name: NAME,
  zoneIds: ['zone_bonded'],
  applicants: WITHOUT_HUKOU,
  limits: [{ step: 'DECISION', promised: 3, statutory: count, unit }],
  requiredDocuments: [{ code: 'household-book', name: NAME, required: true }],
};
const ELSEWHERE: CaseArrangement = { code: 'elsewhere', name: NAME, applicants: WITHOUT_HUKOU, policyId: 'policy_b' };
const TYPE: CaseTypeFacts = { ...PLAIN_APARTMENT, policyId: 'policy_a', arrangements: [BONDED, ELSEWHERE] };

const codeFor = (zoneId: string, localHukou?: boolean) =>
  arrangementFor(TYPE, { zoneId, facts: localHukou === undefined ? {} : { localHukou } })?.code;

test('the first arrangement that fits the zone and the applicant holds', () => {
  expect(codeFor('zone_bonded', false)).toBe('bonded');
  expect(codeFor('zone_teda', false)).toBe('elsewhere');
  expect(codeFor('zone_bonded', true)).toBeUndefined();
  expect(codeFor('zone_bonded')).toBeUndefined();
});

test('an arrangement replaces the parts that it states, and no others', () => {
  expect(withArrangement(TYPE, 'bonded')).toEqual({
    ...TYPE,
    limits: BONDED.limits,
    requiredDocuments: BONDED.requiredDocuments,
    arrangement: 'bonded',
  });
  expect(withArrangement(TYPE, 'elsewhere')).toEqual({ ...TYPE, policyId: 'policy_b', arrangement: 'elsewhere' });
  expect(withArrangement(TYPE, null)).toEqual({ ...TYPE, arrangement: null });
  expect(policiesOf(TYPE)).toEqual(['policy_a', 'policy_b']);
});

test('a case keeps its arrangement, with its documents and limits', () => {
  const caseType = withArrangement(TYPE, 'bonded');
  const opening = {
    zoneId: 'zone_bonded',
    counterZoneId: null,
    parkId: null,
    enterpriseId: null,
    applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 12), phone: '10012345678' },
    relation: 'SELF' as const,
    child: null,
    declared: { residenceZoneId: null, ownsDwelling: null, localHukou: false },
  };
  const names = { id: 'case_01HB0000000000000000000001', receiptNumber: 'BHZ-0000-0000-0001' };
  const grounds = { caseType, names, known: null, agreement: null };
  const viewer = { kind: 'applicant', person: 'p-1' } as const;
  const decision = decideOpening(opening, grounds, viewer, new Date('2026-11-28T02:00:00.000Z'));
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusals));
  expect(decision.value.case).toMatchObject({ arrangement: 'bonded', limits: BONDED.limits, policyId: 'policy_a' });
  expect(decision.value.documents.map(({ code }) => code)).toEqual(['household-book']);
});

test('the version in force in the zone on the day is the basis, and a rule of the case type goes before its terms', () => {
  const policy = {
    policyId: 'policy_a',
    homeZoneIds: ['zone_teda'],
    inForce: [
      { number: 1, from: '2026-01-01', to: '2026-06-30', rule: ruleOf(TERMS.resides) },
      { number: 2, from: '2026-07-01', to: null },
    ],
    sourceVersion: 2,
  };
  const on = (day: string, zoneId = 'zone_teda', of = TYPE) => onPolicy(of, policy, { zoneId, on: day });
  expect(on('2026-06-30')).toMatchObject({ rule: ruleOf(TERMS.resides), basis: { version: 1, isRecorded: true } });
  expect(on('2026-07-01')).toMatchObject({ basis: { version: 2, isRecorded: false } });
  expect(on('2026-07-01').rule).toBeUndefined();
  expect(on('2025-12-31').basis).toEqual({ policyId: 'policy_a', version: null, isRecorded: false });
  expect(on('2026-06-30', 'zone_baodi').basis?.version).toBeNull();
  const own = { ...TYPE, rule: ruleOf(TERMS.noDwelling) };
  expect(on('2026-07-01', 'zone_teda', own)).toMatchObject({ rule: own.rule, basis: { version: 2, isRecorded: true } });
  expect(onPolicy({ ...TYPE, policyId: null }, null, { zoneId: 'zone_teda', on: '2026-06-30' }).basis).toBeNull();
});
