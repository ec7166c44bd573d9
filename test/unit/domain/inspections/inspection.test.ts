import {
  decideInspection,
  decideMending,
  decideReport,
  type Inspection,
  nextDueDay,
  type StatedInspection,
} from '../../../../src/domain/inspections/inspection.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { allowed, faultsOf, inEnglish, textOf } from '../../../fixtures/decision.ts';

const NOW = new Date('2026-03-02T01:00:00.000Z');
const TODAY = '2026-03-02';
const YESTERDAY = '2026-03-01';
const INSPECTOR: Viewer = { kind: 'officer', person: 'o', agency: 'PARK', zone: 'zone_teda', roles: ['TRACK'] };
const CLERK: Viewer = { kind: 'clerk', person: 'c', enterprise: 'ent_1' };
const finding = (id: string) => ({ id, text: textOf('Finding'), severity: 'MINOR' as const, dueOn: TODAY });
const STATED: StatedInspection = {
  id: 'insp_1',
  parkId: 'park_1',
  facilityId: null,
  enterpriseId: 'ent_1',
  inspectedOn: TODAY,
  findings: [finding('a'), finding('b')],
};
const GROUNDS = { parkZoneId: 'zone_teda', facilityIds: ['fac_1'], isEnterpriseKnown: true };

test.each<[string, Partial<StatedInspection>, string[]]>([
  ['no finding', { findings: [] }, []],
  ['the most findings', { findings: Array.from({ length: 20 }, (_, i) => finding(`${i}`)) }, []],
  [
    'too many findings',
    { findings: Array.from({ length: 21 }, (_, i) => finding(`${i}`)) },
    ['INVALID_VALUE findings'],
  ],
  ['a code twice', { findings: [finding('a'), finding('a')] }, ['INVALID_CODE findings.1.code']],
  ['a code of another form', { findings: [finding('A')] }, ['INVALID_CODE findings.0.code']],
  ['the most words', { findings: [{ ...finding('a'), text: textOf('x'.repeat(500)) }] }, []],
  [
    'too many words',
    { findings: [{ ...finding('a'), text: inEnglish('x'.repeat(501)) }] },
    ['INVALID_TEXT findings.0.text.en'],
  ],
  [
    'a finding due before it',
    { findings: [{ ...finding('a'), dueOn: YESTERDAY }] },
    ['INVALID_VALUE findings.0.dueOn'],
  ],
  ['neither facility nor enterprise', { enterpriseId: null }, ['INVALID_VALUE facility']],
  ['a facility that is none', { facilityId: 'park_1' }, ['UNKNOWN_REFERENCE facility']],
  ['a day to come', { inspectedOn: '2026-03-03', findings: [] }, ['INVALID_VALUE inspectedOn']],
])('an inspection with %s is refused with what is wrong', (_with, change, expected) => {
  expect(faultsOf(decideInspection({ ...STATED, ...change }, GROUNDS, INSPECTOR, NOW))).toEqual(expected);
});

test('an inspection is of a park and an enterprise that exist, by an officer with the role', () => {
  const of = (grounds: object, viewer: Viewer = INSPECTOR) =>
    faultsOf(decideInspection(STATED, { ...GROUNDS, ...grounds }, viewer, NOW));
  expect(of({ parkZoneId: null })).toEqual(['UNKNOWN_REFERENCE park']);
  expect(of({ isEnterpriseKnown: false })).toEqual(['UNKNOWN_REFERENCE enterprise']);
  expect(of({}, { ...INSPECTOR, roles: [] } as Viewer)).toEqual(['NOT_YOURS ']);
  expect(of({}, { kind: 'admin', person: 'a' })).toEqual(['NOT_YOURS ']);
});

const OPEN = allowed(decideInspection(STATED, GROUNDS, INSPECTOR, NOW));
const report = (before: Inspection | null, given: object = {}, viewer: Viewer = CLERK) =>
  decideReport(
    before,
    { seen: before?.version ?? 0, finding: 'a', proof: textOf('x'.repeat(500)), ...given },
    'OWN',
    viewer,
  );
const mend = (before: Inspection | null, given: object = {}, viewer: Viewer = INSPECTOR) =>
  decideMending(
    before,
    { seen: before?.version ?? 0, finding: 'a', accepts: true, dueOn: null, ...given },
    viewer,
    NOW,
  );
const REPORTED = allowed(report(OPEN));
const ACCEPTED = allowed(mend(REPORTED));

test('a finding is reported, opened again or accepted, and is then due no more', () => {
  const again = allowed(mend(REPORTED, { accepts: false, dueOn: TODAY }));
  expect(again.findings[0]).toMatchObject({ state: 'OPEN', dueOn: TODAY });
  expect([OPEN, REPORTED, ACCEPTED].map(({ findings, version }) => [findings[0]?.state, version])).toEqual([
    ['OPEN', 1],
    ['REPORTED', 2],
    ['ACCEPTED', 3],
  ]);
  expect([nextDueDay(ACCEPTED), nextDueDay({ findings: ACCEPTED.findings.slice(0, 1) })]).toEqual([TODAY, null]);
  expect(faultsOf(mend({ ...OPEN, enterpriseId: null }))).toEqual([]);
});

test.each<[string, ReturnType<typeof report>, string[]]>([
  ['what is reported already', report(REPORTED), ['WRONG_STATE finding']],
  ['a proof too long', report(OPEN, { proof: inEnglish('x'.repeat(501)) }), ['INVALID_TEXT proof.en']],
  ['an unknown finding', report(OPEN, { finding: 'c' }), ['UNKNOWN_REFERENCE finding']],
  ['another version', report(OPEN, { seen: 2 }), ['OTHER_VERSION version']],
  ['a step too many', report({ ...OPEN, version: 200 }), ['WRONG_STATE ']],
  ['the last step', report({ ...OPEN, version: 199 }), []],
  ['no inspection', report(null), ['UNKNOWN_RECORD inspection']],
  ['a mending that was not reported', mend(OPEN), ['WRONG_STATE finding']],
  [
    'a mending of the park that was not reported',
    mend({ ...OPEN, enterpriseId: null }, { accepts: false, dueOn: TODAY }),
    ['WRONG_STATE finding'],
  ],
  ['an accepted finding with a day', mend(REPORTED, { dueOn: TODAY }), ['INVALID_VALUE dueOn']],
  ['an opened finding without a day', mend(REPORTED, { accepts: false }), ['INVALID_VALUE dueOn']],
  ['an opened finding for yesterday', mend(REPORTED, { accepts: false, dueOn: YESTERDAY }), ['INVALID_VALUE dueOn']],
  [
    'an inspection of another zone',
    mend(REPORTED, {}, { ...INSPECTOR, zone: 'zone_x' }),
    ['UNKNOWN_RECORD inspection'],
  ],
  ['an inspection of another agency', mend(REPORTED, {}, { ...INSPECTOR, agency: 'PSB' }), ['NOT_YOURS ']],
  ['an answer without the role', mend(REPORTED, {}, { ...INSPECTOR, roles: [] }), ['NOT_YOURS ']],
])('%s: what is wrong is named', (_what, decision, expected) => {
  expect(faultsOf(decision)).toEqual(expected);
});
