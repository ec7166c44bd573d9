import {
  decideAdvance,
  decideOpening,
  type ProjectCourse,
  type StatedProject,
} from '../../../../src/domain/projects/project.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import { allowed, faultsOf, inEnglish, textOf } from '../../../fixtures/decision.ts';

const NOW = new Date('2026-03-02T01:00:00.000Z');
const TODAY = '2026-03-02';
const ADMIN: Viewer = { kind: 'admin', person: 'admin' };
const STATED: StatedProject = {
  id: 'project_1',
  parkId: 'park_1',
  name: textOf('Project'),
  sector: 'DIGITAL_ECONOMY',
  originZoneId: null,
  amount: null,
  office: textOf('Office'),
};
const SITUATION = { parkZoneId: 'zone_teda', isEnterpriseKnown: true };

test.each<[string, Partial<StatedProject>, string[]]>([
  [
    'all that it may have',
    {
      originZoneId: 'zone_x',
      amount: '1',
      nextStep: textOf('x'.repeat(500)),
      nextStepOn: TODAY,
      name: textOf('x'.repeat(200)),
    },
    [],
  ],
  ['a blank name', { name: inEnglish(' ') }, ['INVALID_TEXT name.en']],
  ['an office of no words', { office: inEnglish('') }, ['INVALID_TEXT office.en']],
  ['a step too long', { nextStep: inEnglish('x'.repeat(501)), nextStepOn: TODAY }, ['INVALID_TEXT nextStep.en']],
  ['a step without a day', { nextStep: textOf('x') }, ['INVALID_VALUE nextStepOn']],
  ['a day without a step', { nextStepOn: TODAY }, ['INVALID_VALUE nextStepOn']],
  ['a step in the past', { nextStep: textOf('x'), nextStepOn: '2026-03-01' }, ['INVALID_VALUE nextStepOn']],
  ['an origin that is no zone', { originZoneId: 'park_x' }, ['INVALID_VALUE originZone']],
  ['the most yuan', { amount: '9'.repeat(14) }, []],
  ['too many yuan', { amount: '1'.repeat(15) }, ['INVALID_VALUE amount']],
  ['no yuan', { amount: '0' }, ['INVALID_VALUE amount']],
])('a new project with %s is refused with what is wrong', (_with, change, expected) => {
  const decision = decideOpening({ ...STATED, ...change }, SITUATION, ADMIN, NOW);
  expect(decision.ok).toBe(expected.length === 0);
  expect(faultsOf(decision)).toEqual(expected);
});

const PROJECT = allowed(decideOpening(STATED, SITUATION, ADMIN, NOW));
const COURSE: ProjectCourse = {
  stage: 'SIGNED',
  originZoneId: null,
  amount: null,
  enterpriseId: null,
  office: textOf('Office'),
};

test.each<[string, Partial<ProjectCourse>, string[]]>([
  ['a contract', {}, []],
  ['another stage than may follow', { stage: 'PRODUCING', enterpriseId: 'ent_1' }, ['WRONG_STATE stage']],
  ['a reason, and is not lost', { lostReason: textOf('x') }, ['INVALID_VALUE lostReason']],
  ['no reason, and is lost', { stage: 'LOST' }, ['INVALID_VALUE lostReason']],
  ['a reason, and is lost', { stage: 'LOST', lostReason: textOf('x'.repeat(500)) }, []],
  [
    'a reason too long',
    { stage: 'LOST', lostReason: { ...textOf('x'), ja: 'x'.repeat(501) } },
    ['INVALID_TEXT lostReason.ja'],
  ],
])('a project with %s is refused with what is wrong', (_with, change, expected) => {
  const decision = decideAdvance(PROJECT, 1, { ...COURSE, ...change }, SITUATION, { viewer: ADMIN, now: NOW });
  expect(faultsOf(decision)).toEqual(expected);
});

test('a project that lands names an enterprise that exists', () => {
  const land = (enterpriseId: string | null, isEnterpriseKnown: boolean) => {
    const course: ProjectCourse = { ...COURSE, stage: 'LANDED', enterpriseId };
    const before = { ...PROJECT, stage: 'SIGNED' as const };
    const decision = decideAdvance(before, 1, course, { ...SITUATION, isEnterpriseKnown }, { viewer: ADMIN, now: NOW });
    return decision.ok ? decision.value.version : decision.refusals.map(({ code }) => code);
  };
  expect([land(null, true), land('ent_1', false), land('ent_1', true)]).toEqual([
    ['INVALID_VALUE'],
    ['UNKNOWN_REFERENCE'],
    2,
  ]);
});

test('a project is advanced in the version that was seen, by its office, where it is one', () => {
  const advance = (before: typeof PROJECT | null, seen: number, viewer: Viewer = ADMIN) =>
    faultsOf(decideAdvance(before, seen, COURSE, SITUATION, { viewer, now: NOW }));
  expect(advance(PROJECT, 2)).toEqual(['OTHER_VERSION version']);
  expect(advance(PROJECT, 1, { kind: 'anonymous' })).toEqual(['NOT_YOURS ']);
  expect(advance(null, 1)).toEqual(['UNKNOWN_RECORD project']);
  expect(faultsOf(decideOpening(STATED, { ...SITUATION, parkZoneId: null }, ADMIN, NOW))).toEqual([
    'UNKNOWN_REFERENCE park',
  ]);
  expect(faultsOf(decideOpening(STATED, SITUATION, { kind: 'anonymous' }, NOW))).toEqual(['NOT_YOURS ']);
});
