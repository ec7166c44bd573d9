import { type AnswerSituation, decideAnswer, type StatedAnswer } from '../../../../src/domain/directives/answer.ts';
import { decideIssue, type StatedDirective } from '../../../../src/domain/directives/directive.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { allowed, faultsOf, inEnglish, textOf } from '../../../fixtures/decision.ts';

const NOW = new Date('2026-03-02T01:00:00.000Z');
const TODAY = '2026-03-02';
const ADMIN: Viewer = { kind: 'admin', person: 'admin' };
const CLERK: Viewer = { kind: 'clerk', person: 'clerk', enterprise: 'ent_1' };
const list = (count: number, of: string) => Array.from({ length: count }, (_, i) => `${of}-${i}`);
const measures = (count: number) => list(count, 'measure').map((code) => ({ code, text: textOf('Measure') }));

const STATED: StatedDirective = {
  id: 'directive_1',
  number: '1',
  issuer: { code: 'teda', name: textOf('TEDA'), level: 'ZONE', zoneId: 'zone_teda' },
  audience: 'RESIDENTS',
  parkIds: ['park_1'],
  enterpriseIds: [],
  title: textOf('Title'),
  text: textOf('Text'),
  measures: measures(1),
  dueOn: TODAY,
};
const REFERENCES = {
  parkOf: (id: string) =>
    id.startsWith('park')
      ? {
          zoneId: id === 'park_far' ? 'zone_far' : 'zone_sub',
          acceptorZoneId: id === 'park_far' ? 'zone_x' : 'zone_teda',
        }
      : null,
  isResident: (id: string) => id.startsWith('ent'),
};

function issue(change: Partial<StatedDirective>) {
  const decision = decideIssue({ ...STATED, ...change }, REFERENCES, ADMIN, NOW);
  return faultsOf(decision);
}

test.each<[string, Partial<StatedDirective>, string[]]>([
  [
    'all that it may have',
    { number: 'x'.repeat(100), parkIds: list(20, 'park'), measures: measures(20), dueOn: null },
    [],
  ],
  ['a blank number', { number: ' ' }, ['INVALID_VALUE number']],
  ['a number too long', { number: 'x'.repeat(101) }, ['INVALID_VALUE number']],
  ['a zone that is not its own', { issuer: { ...STATED.issuer, level: 'CITY' } }, ['INVALID_VALUE issuer.zone']],
  ['no park', { parkIds: [] }, ['INVALID_VALUE parks']],
  ['too many parks', { parkIds: list(21, 'park') }, ['INVALID_VALUE parks']],
  ['a park twice', { parkIds: ['park_1', 'park_1'] }, ['INVALID_VALUE parks']],
  [
    'an unknown park, and one of another zone',
    { parkIds: ['x', 'park_far'] },
    ['UNKNOWN_REFERENCE parks.0', 'NOT_YOURS parks.1'],
  ],
  ['enterprises without being for them', { enterpriseIds: ['ent_1'] }, ['INVALID_VALUE enterprises']],
  ['the most enterprises', { audience: 'NAMED', enterpriseIds: list(25, 'ent') }, []],
  ['too many enterprises', { audience: 'NAMED', enterpriseIds: list(26, 'ent') }, ['INVALID_VALUE enterprises']],
  ['no enterprise by name', { audience: 'NAMED' }, ['INVALID_VALUE enterprises']],
  ['an enterprise twice', { audience: 'NAMED', enterpriseIds: ['ent_1', 'ent_1'] }, ['INVALID_VALUE enterprises']],
  ['an enterprise of elsewhere', { audience: 'NAMED', enterpriseIds: ['x'] }, ['UNKNOWN_REFERENCE enterprises.0']],
  [
    'named enterprises in two parks',
    { audience: 'NAMED', enterpriseIds: ['ent_1'], parkIds: ['park_1', 'park_2'] },
    ['INVALID_VALUE parks'],
  ],
  ['a title too long', { title: textOf('x'.repeat(201)) }, ['zh', 'ja', 'en'].map((of) => `INVALID_TEXT title.${of}`)],
  ['a text too long', { text: inEnglish('x'.repeat(4001)) }, ['INVALID_TEXT text.en']],
  ['no measure', { measures: [] }, ['INVALID_VALUE measures']],
  ['too many measures', { measures: measures(21) }, ['INVALID_VALUE measures']],
  [
    'a code twice, and one of another form',
    { measures: [...measures(1), ...measures(1), { code: 'A b', text: textOf('Measure') }] },
    ['INVALID_CODE measures.1.code', 'INVALID_CODE measures.2.code'],
  ],
  ['a due day that has passed', { dueOn: '2026-03-01' }, ['INVALID_VALUE dueOn']],
])('a directive with %s is refused with what is wrong', (_with, change, expected) => {
  expect(issue(change)).toEqual(expected);
});

const DIRECTIVE = allowed(decideIssue(STATED, REFERENCES, ADMIN, NOW));
const SITUATION: AnswerSituation = { directive: DIRECTIVE, before: null, relation: 'OWN', isResident: true };
const ANSWER: StatedAnswer = {
  directiveId: DIRECTIVE.id,
  directiveVersion: 1,
  parkId: 'park_1',
  enterpriseId: 'ent_1',
  state: 'ACKNOWLEDGED',
};
const ACKNOWLEDGED = allowed(decideAnswer(ANSWER, null, SITUATION, CLERK, NOW));

function answer(change: Partial<StatedAnswer>, situation: Partial<AnswerSituation> = { before: ACKNOWLEDGED }) {
  const whole = { ...SITUATION, ...situation };
  const decision = decideAnswer({ ...ANSWER, ...change }, whole.before?.version ?? null, whole, CLERK, NOW);
  return faultsOf(decision);
}
const COMPLIED = { state: 'COMPLIED', proof: textOf('Proof') } as const;
const DECLINED = { state: 'DECLINED', reason: textOf('Reason') } as const;

test.each<[string, Partial<StatedAnswer>, string[]]>([
  ['a proof', COMPLIED, []],
  ['a proof and its document', { ...COMPLIED, documentNumber: 'x'.repeat(100), documentSha256: 'a'.repeat(64) }, []],
  ['no proof', { state: 'COMPLIED' }, ['INVALID_VALUE proof']],
  ['a proof too long', { ...COMPLIED, proof: { ...textOf('x'), ja: 'x'.repeat(1001) } }, ['INVALID_TEXT proof.ja']],
  ['a reason', DECLINED, []],
  ['no reason', { state: 'DECLINED' }, ['INVALID_VALUE reason']],
  ['a reason of no words', { ...DECLINED, reason: { ...textOf('x'), zh: ' ' } }, ['INVALID_TEXT reason.zh']],
  ['a document without a proof', { ...DECLINED, documentNumber: '1' }, ['INVALID_VALUE documentNumber']],
  ['a sum without a proof', { ...DECLINED, documentSha256: 'a'.repeat(64) }, ['INVALID_VALUE documentNumber']],
  ['a blank document number', { ...COMPLIED, documentNumber: ' ' }, ['INVALID_VALUE documentNumber']],
  ['a document number too long', { ...COMPLIED, documentNumber: 'x'.repeat(101) }, ['INVALID_VALUE documentNumber']],
  ['a sum that is none', { ...COMPLIED, documentSha256: 'A'.repeat(64) }, ['INVALID_VALUE documentSha256']],
  ['the same state again', {}, ['WRONG_STATE state']],
  ['another version', { directiveVersion: 2, ...COMPLIED }, ['OTHER_VERSION directiveVersion']],
  ['another park', { parkId: 'park_2', ...COMPLIED }, ['UNKNOWN_REFERENCE park']],
])('an answer with %s is refused with what is wrong', (_with, change, expected) => {
  expect(answer(change)).toEqual(expected);
});

test.each<[string, Partial<AnswerSituation>, string[]]>([
  ['a resident answers', {}, []],
  ['an enterprise of elsewhere does not', { isResident: false }, ['UNKNOWN_REFERENCE enterprise']],
  [
    'offices alone are addressed',
    { directive: { ...DIRECTIVE, audience: 'PARK_OFFICES' } },
    ['UNKNOWN_REFERENCE enterprise'],
  ],
  [
    'others are named',
    { directive: { ...DIRECTIVE, audience: 'NAMED', enterpriseIds: ['ent_2'] } },
    ['UNKNOWN_REFERENCE enterprise'],
  ],
  [
    'it is named, wherever it resides',
    { directive: { ...DIRECTIVE, audience: 'NAMED', enterpriseIds: ['ent_1'] }, isResident: false },
    [],
  ],
  ['the directive has ended', { directive: { ...DIRECTIVE, state: 'ENDED' } }, ['WRONG_STATE directive']],
  ['no directive is there', { directive: null }, ['UNKNOWN_RECORD directive']],
  ['the enterprise is unknown', { relation: null }, ['UNKNOWN_REFERENCE enterprise']],
  ['another one acts', { relation: 'NONE' }, ['NOT_YOURS ']],
])('%s', (_what, situation, expected) => {
  expect(answer({}, situation)).toEqual(expected);
});
