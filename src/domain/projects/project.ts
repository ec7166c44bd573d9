/** Investment projects (招商项目): a pipeline from the first contact to production. */
import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import type { MutationName } from '../access/write-table.ts';
import { dayInShanghai } from '../calendar/day.ts';
import type { Sector } from '../enterprises/industry.ts';
import { isIdOf } from '../ids.ts';
import type { Localized } from '../locale.ts';
import { refuseText, refuseVersion, unless, type Versioned } from '../records/record.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { StepRefusalCode } from '../support/refusals.ts';
import type { Viewer } from '../viewer.ts';

/**
 * The stages of a project.
 * - CONTACT: talks (洽谈).
 * - SIGNED: a contract is signed (签约).
 * - LANDED: the project has become an enterprise (落地).
 * - PRODUCING: the enterprise produces (投产).
 * - LOST: the project has ended without an enterprise that produces (流失).
 */
export const PROJECT_STAGES = ['CONTACT', 'SIGNED', 'LANDED', 'PRODUCING', 'LOST'] as const;
export type ProjectStage = (typeof PROJECT_STAGES)[number];

/** Stage → the stages that may follow it. Talks may begin again about a lost project. */
const NEXT_STAGES = {
  CONTACT: ['SIGNED', 'LOST'],
  SIGNED: ['LANDED', 'LOST'],
  LANDED: ['PRODUCING', 'LOST'],
  PRODUCING: [],
  LOST: ['CONTACT'],
} as const satisfies Record<ProjectStage, readonly ProjectStage[]>;

/** Returns whether a project in a stage may be in another one, or in the same, after the next version. */
export function mayFollow(before: ProjectStage, after: ProjectStage): boolean {
  const next: readonly ProjectStage[] = NEXT_STAGES[before];
  return after === before || next.includes(after);
}

/** The facts of a project that each version states anew. */
export interface ProjectCourse {
  readonly stage: ProjectStage;
  readonly originZoneId: string | null;
  /** Whole fen; null where it isn't known. */
  readonly amount: string | null;
  /** The enterprise that it has become. */
  readonly enterpriseId: string | null;
  /** The office that is responsible. Missing in projects from before there were mutations, like all that follows. */
  readonly office?: Localized;
  readonly nextStep?: Localized;
  /** `YYYY-MM-DD`. */
  readonly nextStepOn?: string;
  readonly lostReason?: Localized;
}

export interface Project extends Versioned, ProjectCourse {
  readonly id: string;
  readonly parkId: string;
  readonly name: Localized;
  readonly sector: Sector;
}

/** A new project as an officer states it. */
export type StatedProject = Omit<Project, 'version' | 'stage' | 'enterpriseId' | 'lostReason'>;

/** The records that a project refers to. */
export interface ProjectSituation {
  /** The zone of the park; null where there is no such park. */
  readonly parkZoneId: string | null;
  /** Set where the enterprise exists, or none is named. */
  readonly isEnterpriseKnown: boolean;
}

export type ProjectDecision = Decision<Project, StepRefusalCode>;

/** Decides a new project, which begins with a contact. */
export function decideOpening(
  stated: StatedProject,
  { parkZoneId }: Pick<ProjectSituation, 'parkZoneId'>,
  viewer: Viewer,
  now: Date,
): ProjectDecision {
  if (parkZoneId === null) {
    return { ok: false, refusals: [{ code: 'UNKNOWN_REFERENCE', field: ['park'], message: 'There is no such park.' }] };
  }
  const refused = refuseOffice(viewer, 'openProject', parkZoneId);
  if (refused.length > 0) return { ok: false, refusals: refused };
  const project: Project = { ...stated, version: 1, stage: 'CONTACT', enterpriseId: null };
  const refusals = [...refuseText(stated.name, ['name']), ...refuseCourse(project, dayInShanghai(now))];
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: project };
}

/**
 * Decides the next version of a project.
 * @param seen the version that the officer has seen
 */
export function decideAdvance(
  before: Project | null,
  seen: number,
  course: ProjectCourse,
  { parkZoneId, isEnterpriseKnown }: ProjectSituation,
  { viewer, now }: { readonly viewer: Viewer; readonly now: Date },
): ProjectDecision {
  if (!before || parkZoneId === null) {
    return {
      ok: false,
      refusals: [{ code: 'UNKNOWN_RECORD', field: ['project'], message: 'There is no such project.' }],
    };
  }
  const refused = refuseOffice(viewer, 'advanceProject', parkZoneId);
  if (refused.length > 0) return { ok: false, refusals: refused };
  const outdated = refuseVersion(seen, before);
  if (outdated.length > 0) return { ok: false, refusals: outdated };
  if (!mayFollow(before.stage, course.stage)) {
    const message = `A project in stage ${before.stage} doesn't go on to ${course.stage}.`;
    return { ok: false, refusals: [{ code: 'WRONG_STATE', field: ['stage'], message }] };
  }
  const refusals = [
    ...unless(isEnterpriseKnown, 'UNKNOWN_REFERENCE', ['enterprise'], 'There is no such enterprise.'),
    ...refuseCourse(course, dayInShanghai(now)),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const { id, parkId, name, sector, version } = before;
  return { ok: true, value: { id, parkId, name, sector, ...course, version: version + 1 } };
}

function refuseOffice(viewer: Viewer, mutation: MutationName & `${string}Project`, zoneId: string) {
  const isAllowed = mayWrite(viewer, mutation, recordRelation(viewer, zoneId));
  return unless(isAllowed, 'NOT_YOURS', [], 'Another zone answers for this park, or the role is missing.');
}

/** Twelve digits of yuan, in fen. */
const AMOUNT = /^[1-9]\d{0,13}$/;
const MAX_WORDS_CHARACTERS = 500;

function refuseCourse(course: ProjectCourse, today: string): readonly Refusal<StepRefusalCode>[] {
  const { stage, originZoneId, amount, enterpriseId, office, nextStep, nextStepOn, lostReason } = course;
  const isEnterprise = stage === 'LANDED' || stage === 'PRODUCING';
  return [
    ...unless(office !== undefined, 'INVALID_TEXT', ['office'], 'An office is responsible for each project.'),
    ...(office ? refuseText(office, ['office']) : []),
    ...(nextStep ? refuseText(nextStep, ['nextStep'], MAX_WORDS_CHARACTERS) : []),
    ...(lostReason ? refuseText(lostReason, ['lostReason'], MAX_WORDS_CHARACTERS) : []),
    ...unless(
      (nextStep === undefined) === (nextStepOn === undefined),
      'INVALID_VALUE',
      ['nextStepOn'],
      'A next step has a day, and a day has a step.',
    ),
    ...unless(
      nextStepOn === undefined || nextStepOn >= today,
      'INVALID_VALUE',
      ['nextStepOn'],
      'A next step is today or later.',
    ),
    ...unless(
      (stage === 'LOST') === (lostReason !== undefined),
      'INVALID_VALUE',
      ['lostReason'],
      'A lost project has the reason, and no other has one.',
    ),
    ...unless(
      !isEnterprise || enterpriseId !== null,
      'INVALID_VALUE',
      ['enterprise'],
      'A landed project has become an enterprise: name it.',
    ),
    ...unless(
      originZoneId === null || isIdOf('zone', originZoneId),
      'INVALID_VALUE',
      ['originZone'],
      'This is not the id of a zone.',
    ),
    ...unless(
      amount === null || AMOUNT.test(amount),
      'INVALID_VALUE',
      ['amount'],
      'An amount is more than nothing and less than a trillion yuan.',
    ),
  ];
}
