import fc from 'fast-check';
import { type CaseBinding, caseRelation, opinionRelation } from '../../../../src/domain/access/case-relation.ts';
import type { Purpose } from '../../../../src/domain/access/purpose.ts';
import {
  type AgreementBinding,
  agreementRelation,
  enterpriseRelation,
  parkRelation,
  RELATIONS,
  registerRelation,
  relocationRelation,
  worklistRelation,
} from '../../../../src/domain/access/relation.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { viewers } from '../../../fixtures/viewers.ts';

const CASE: CaseBinding = {
  id: 'case_1',
  applicantId: 'talent-1',
  zoneId: 'zone_teda',
  route: 'ACADEMIC',
  enterpriseId: 'ent_1',
  handler: 'HRSS',
  opinionsFrom: ['PARK', 'PSB', 'HRSS'],
  course: { submittedOn: '2020-03-10', state: 'UNDER_REVIEW' },
};
const officer = (agency: 'HRSS' | 'EDU' | 'PSB' | 'HOUSING' | 'PARK', zone = 'zone_teda'): Viewer => ({
  kind: 'officer',
  person: 'o-1',
  agency,
  zone,
  roles: [],
});
const clerk = (enterprise: string): Viewer => ({ kind: 'clerk', person: 'k-1', enterprise });
const partner = (zone: string): Viewer => ({ kind: 'partner', zone, key: 'key-1' });
const WAITING = { ...CASE, handler: null };
const DRAFT = { ...CASE, handler: null, course: { submittedOn: null, state: 'DRAFT' } };
const RECEIVED = {
  ...CASE,
  counter: { zoneId: 'zone_zgc', duties: ['DELIVER'] },
  course: { submittedOn: '2020-03-10', state: 'SUBMITTED', handedOverOn: null },
} as const;
const handedOver = (state: string) => ({
  ...RECEIVED,
  course: { ...RECEIVED.course, state, handedOverOn: '2020-03-12' },
});
const URGENT = { ...CASE, route: 'URGENTLY_NEEDED' };

test.each<[string, Viewer, CaseBinding, string]>([
  ['its applicant', { kind: 'applicant', person: 'talent-1' }, CASE, 'OWN'],
  ['another applicant', { kind: 'applicant', person: 'talent-2' }, CASE, 'NONE'],
  ['who holds it', { kind: 'caseHolder', caseId: 'case_1' }, CASE, 'OWN'],
  ['who holds another', { kind: 'caseHolder', caseId: 'case_2' }, CASE, 'NONE'],
  ['the agency in charge', officer('HRSS'), CASE, 'HANDLING'],
  ['the same agency elsewhere', officer('HRSS', 'zone_baodi'), CASE, 'NONE'],
  ['an agency asked', officer('PSB'), CASE, 'ASKED'],
  ['another agency of the zone', officer('EDU'), CASE, 'ZONE'],
  ['the agency that decides, while the applicant is waited for', officer('HRSS'), WAITING, 'HANDLING'],
  ['an agency asked, while the applicant is waited for', officer('PSB'), WAITING, 'ASKED'],
  ['the park office of what no agency is asked about', officer('PARK'), { ...WAITING, opinionsFrom: [] }, 'HANDLING'],
  ['the agency that took it in', officer('PARK'), { ...CASE, opinionsFrom: ['HRSS'] }, 'ASKED'],
  ['the park office at the counter', officer('PARK', 'zone_zgc'), RECEIVED, 'COUNTER'],
  ['another agency of the zone of the counter', officer('HRSS', 'zone_zgc'), RECEIVED, 'NONE'],
  ['the park office of a third zone', officer('PARK', 'zone_third'), RECEIVED, 'NONE'],
  ['the deciding agency while the case is at the counter', officer('HRSS'), RECEIVED, 'HANDLING'],
  ['the counter after it handed the case over', officer('PARK', 'zone_zgc'), handedOver('UNDER_REVIEW'), 'ZONE'],
  ['the counter that has to deliver', officer('PARK', 'zone_zgc'), handedOver('APPROVED'), 'COUNTER'],
  ['the counter that takes no documents', officer('PARK', 'zone_zgc'), handedOver('SUPPLEMENT_REQUIRED'), 'ZONE'],
  [
    'the counter of a withdrawn case',
    officer('PARK', 'zone_zgc'),
    { ...RECEIVED, course: { ...RECEIVED.course, state: 'WITHDRAWN' } },
    'ZONE',
  ],
  ['the counter of a draft', officer('PARK', 'zone_zgc'), { ...DRAFT, counter: RECEIVED.counter }, 'NONE'],
  ['the agency that would decide a draft', officer('HRSS'), DRAFT, 'NONE'],
  ['the applicant of a draft', { kind: 'applicant', person: 'talent-1' }, DRAFT, 'OWN'],
  ['the employer who recommends', clerk('ent_1'), URGENT, 'EMPLOYER'],
  ['another enterprise', clerk('ent_2'), URGENT, 'NONE'],
  ['the employer, of a case that needs none', clerk('ent_1'), CASE, 'NONE'],
  ['a clerk, of a case without an enterprise', clerk('ent_1'), { ...URGENT, enterpriseId: null }, 'NONE'],
  ['a partner zone, and be it its own', partner('zone_teda'), CASE, 'NONE'],
  ['an analyst', { kind: 'analyst', person: 'talent-1' }, CASE, 'NONE'],
  ['an admin', { kind: 'admin', person: 'talent-1' }, CASE, 'NONE'],
  ['nobody in particular', { kind: 'anonymous' }, CASE, 'NONE'],
])('to a case: %s', (_, viewer, of, relation) => {
  expect(caseRelation(viewer, of)).toBe(relation);
});

const ENTERPRISE = {
  id: 'ent_1',
  homeZoneId: 'zone_teda',
  hostZoneIds: ['zone_bonded'],
  isConfirmed: true,
};

test.each<[string, Viewer, string]>([
  ['its clerk', clerk('ent_1'), 'OWN'],
  ['another clerk', clerk('ent_2'), 'NONE'],
  ['an officer of its home zone', officer('PARK'), 'HOME'],
  ['an officer of a zone that hosts it', officer('PARK', 'zone_bonded'), 'HOST'],
  ['an officer of another zone', officer('PARK', 'zone_baodi'), 'NONE'],
  ['a partner, and be it its own zone', partner('zone_teda'), 'NONE'],
  ['an admin', { kind: 'admin', person: 'a' }, 'NONE'],
])('to an enterprise: %s', (_, viewer, relation) => {
  expect(enterpriseRelation(viewer, ENTERPRISE)).toBe(relation);
});

test.each<[string, Viewer, string]>([
  ['its clerk', clerk('ent_1'), 'OWN'],
  ['an officer of its home zone', officer('PARK'), 'NONE'],
  ['an officer of a zone that hosts it', officer('PARK', 'zone_bonded'), 'NONE'],
])('to an enterprise that nobody has confirmed: %s', (_, viewer, relation) => {
  expect(enterpriseRelation(viewer, { ...ENTERPRISE, isConfirmed: false })).toBe(relation);
});

test.each<[string, Viewer, string]>([
  ['its clerk', clerk('ent_1'), 'OWN'],
  ['another clerk', clerk('ent_2'), 'NONE'],
  ['an officer of a zone that takes part', officer('PARK', 'zone_bonded'), 'PARTY'],
  ['an officer of another zone', officer('PARK', 'zone_baodi'), 'NONE'],
  ['an admin', { kind: 'admin', person: 'a' }, 'ADMIN'],
  ['a partner, and be it of a zone that takes part', partner('zone_bonded'), 'NONE'],
])('to an entry of the register: %s', (_, viewer, relation) => {
  expect(registerRelation(viewer, { enterpriseId: 'ent_1', zoneIds: ['zone_teda', 'zone_bonded'] })).toBe(relation);
});

const AGREEMENT: AgreementBinding = { zoneIds: ['zone_baodi', 'zone_teda'], purposes: ['BENEFIT_SHARING'] };

test.each<[string, Viewer, Purpose, string]>([
  ['a party, for what it grants', partner('zone_baodi'), 'BENEFIT_SHARING', 'GRANTED'],
  ['a party, for what it doesn’t grant', partner('zone_baodi'), 'RECOGNITION', 'NONE'],
  ['a party that declares nothing', partner('zone_baodi'), 'LOOK', 'NONE'],
  ['a third zone', partner('zone_x'), 'BENEFIT_SHARING', 'NONE'],
  ['an officer of a party', officer('EDU', 'zone_teda'), 'LOOK', 'PARTY'],
  ['an officer of a third zone', officer('EDU', 'zone_x'), 'LOOK', 'NONE'],
  ['an analyst', { kind: 'analyst', person: 'a' }, 'BENEFIT_SHARING', 'NONE'],
])('to an agreement: %s', (_, viewer, purpose, relation) => {
  expect(agreementRelation(viewer, AGREEMENT, purpose)).toBe(relation);
});

const RELOCATION = { enterpriseId: 'ent_1', zoneIds: ['zone_baodi', 'zone_teda'] };

test.each<[string, Viewer, AgreementBinding | null, string]>([
  ['the zone it left', partner('zone_baodi'), AGREEMENT, 'GRANTED'],
  ['the zone it left, without an agreement in force', partner('zone_baodi'), null, 'NONE'],
  ['a party that it doesn’t concern', partner('zone_x'), { ...AGREEMENT, zoneIds: ['zone_x'] }, 'NONE'],
  ['an officer of the zone it came to', officer('PARK'), null, 'PARTY'],
  ['its clerk', clerk('ent_1'), null, 'OWN'],
  ['another clerk', clerk('ent_2'), AGREEMENT, 'NONE'],
])('to a relocation: %s', (_, viewer, agreement, relation) => {
  expect(relocationRelation(viewer, RELOCATION, agreement, 'BENEFIT_SHARING')).toBe(relation);
});

test.each<[string, Viewer, string]>([
  ['an officer of its zone', officer('EDU'), 'ZONE'],
  ['an officer of another', officer('PARK', 'zone_x'), 'NONE'],
  ['a clerk', clerk('ent_1'), 'VISITOR'],
  ['an admin', { kind: 'admin', person: 'a' }, 'ADMIN'],
  ['a partner', partner('zone_teda'), 'NONE'],
])('to a park: %s', (_, viewer, relation) => {
  expect(parkRelation(viewer, 'zone_teda')).toBe(relation);
});

test.each<[string, Viewer, string]>([
  ['an officer of the agency', officer('EDU'), 'AGENCY'],
  ['an officer of the agency in another zone', officer('EDU', 'zone_x'), 'NONE'],
  ['an officer of another agency', officer('PARK'), 'NONE'],
  ['an admin', { kind: 'admin', person: 'a' }, 'NONE'],
])('to a list of work: %s', (_, viewer, relation) => {
  expect(worklistRelation(viewer, { zoneId: 'zone_teda', agency: 'EDU' })).toBe(relation);
});

test('no viewer stands to a row as none of its kind can', () => {
  fc.assert(
    fc.property(viewers, fc.boolean(), (viewer, isUrgent) => {
      const possible = (row: keyof typeof RELATIONS): readonly string[] => RELATIONS[row][viewer.kind];
      const of = isUrgent ? URGENT : { ...CASE, id: 'a', applicantId: 'a' };
      expect(possible('case')).toContain(caseRelation(viewer, of));
      expect(possible('enterprise')).toContain(enterpriseRelation(viewer, ENTERPRISE));
      expect(possible('agreement')).toContain(agreementRelation(viewer, AGREEMENT, 'BENEFIT_SHARING'));
      expect(possible('relocation')).toContain(relocationRelation(viewer, RELOCATION, AGREEMENT, 'BENEFIT_SHARING'));
      expect(possible('park')).toContain(parkRelation(viewer, 'zone_teda'));
      expect(possible('worklist')).toContain(worklistRelation(viewer, { zoneId: 'zone_teda', agency: 'EDU' }));
    }),
  );
});

test('an agency that is asked about a case is so in the zone of the case alone', () => {
  const of = { ...CASE, opinionsFrom: ['PSB', 'EDU'] } as const;
  const relations = [officer('PSB'), officer('HRSS'), officer('PSB', 'zone_baodi'), clerk('ent_1')];
  expect(relations.map((viewer) => opinionRelation(viewer, of))).toEqual(['ASKED', 'NOT_ASKED', 'NONE', 'NONE']);
});

test('the counter of another zone gives no opinion, though it sees the case', () => {
  const of = { ...CASE, opinionsFrom: ['PARK', 'PSB'], counter: { zoneId: 'zone_baodi', duties: [] } } as const;
  const atCounter = officer('PARK', 'zone_baodi');
  expect(caseRelation(atCounter, of)).not.toBe('NONE');
  expect(opinionRelation(atCounter, of)).toBe('NONE');
});
