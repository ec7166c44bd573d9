/** Inspections (检查) of facilities and of enterprises' premises: findings, and their mending (整改). */
import { mayWrite } from '../access/decision.ts';
import { type EnterpriseRelation, parkRelation } from '../access/relation.ts';
import type { MutationName } from '../access/write-table.ts';
import { dayInShanghai } from '../calendar/day.ts';
import type { Agency } from '../cases/agency.ts';
import { idInPark, isIdOf } from '../ids.ts';
import type { Localized } from '../locale.ts';
import { isUnique, refuseCode, refuseText, refuseVersion, unless, type Versioned } from '../records/record.ts';
import { type Decision, refuse } from '../refusal.ts';
import type { StepRefusalCode } from '../support/refusals.ts';
import type { Viewer } from '../viewer.ts';

/**
 * The states of a finding.
 * - OPEN: it is to be mended.
 * - REPORTED: the enterprise has reported it mended.
 * - ACCEPTED: the inspector has accepted the mending.
 */
export type FindingState = 'OPEN' | 'REPORTED' | 'ACCEPTED';

export interface Finding {
  /** The finding's code, unique in its inspection. */
  readonly id: string;
  readonly text: Localized;
  readonly severity: 'MINOR' | 'MAJOR' | 'CRITICAL';
  /** The last day for the mending, `YYYY-MM-DD`. */
  readonly dueOn: string;
  readonly state: FindingState;
  /** The newest report of the mending; null before the first one. */
  readonly proof: Localized | null;
}

export interface Inspection extends Versioned {
  readonly id: string;
  readonly parkId: string;
  /** The park's zone, whose officers see the inspection. */
  readonly zoneId: string;
  /** The inspecting agency: the park office, or that of a joint unit. */
  readonly agency: Agency;
  /** Null for an inspection of an enterprise's premises. */
  readonly facilityId: string | null;
  /** The enterprise that mends: on its own premises, or as a facility's owner or manager. Null where the park does. */
  readonly enterpriseId: string | null;
  readonly inspectedOn: string;
  readonly findings: readonly Finding[];
}

/** An inspection as the inspector states it. */
export interface StatedInspection
  extends Pick<Inspection, 'id' | 'parkId' | 'facilityId' | 'enterpriseId' | 'inspectedOn'> {
  readonly findings: readonly Pick<Finding, 'id' | 'text' | 'severity' | 'dueOn'>[];
}

function isFacilityOf(park: string, facilityIds: readonly string[], id: string): boolean {
  return isIdOf('fac', id) && facilityIds.some((each) => idInPark('fac', park, each) === id);
}

export type InspectionDecision = Decision<Inspection, StepRefusalCode>;

export const MAX_FINDINGS = 20;
/** Reports and decisions of one inspection stop at this version, so that its history stays small. */
export const MAX_VERSIONS = 200;
const MAX_TEXT_CHARACTERS = 500;

/** The records that an inspection refers to. */
interface InspectionGrounds {
  /** Null where there is no such park. */
  readonly parkZoneId: string | null;
  /** The park's facilities, by their ids in the park. */
  readonly facilityIds: readonly string[];
  /** Set where the enterprise exists, or none is named. */
  readonly isEnterpriseKnown: boolean;
}

/** Decides a new inspection, with all its findings. */
export function decideInspection(
  stated: StatedInspection,
  { parkZoneId, facilityIds, isEnterpriseKnown }: InspectionGrounds,
  viewer: Viewer,
  now: Date,
): InspectionDecision {
  if (parkZoneId === null) return refuse('UNKNOWN_REFERENCE', ['park'], 'There is no such park.');
  if (!mayInspect(viewer, 'recordInspection', parkZoneId) || viewer.kind !== 'officer') return NOT_YOURS;
  const today = dayInShanghai(now);
  const { facilityId, enterpriseId, inspectedOn, findings } = stated;
  const refusals = [
    ...unless(
      facilityId !== null || enterpriseId !== null,
      'INVALID_VALUE',
      ['facility'],
      'An inspection is of a facility or of an enterprise.',
    ),
    ...unless(
      facilityId === null || isFacilityOf(stated.parkId, facilityIds, facilityId),
      'UNKNOWN_REFERENCE',
      ['facility'],
      'The park has no such facility.',
    ),
    ...unless(isEnterpriseKnown, 'UNKNOWN_REFERENCE', ['enterprise'], 'There is no such enterprise.'),
    ...unless(inspectedOn <= today, 'INVALID_VALUE', ['inspectedOn'], 'An inspection was today or before.'),
    ...unless(
      findings.length <= MAX_FINDINGS,
      'INVALID_VALUE',
      ['findings'],
      `An inspection has at most ${MAX_FINDINGS} findings.`,
    ),
    ...findings.flatMap((finding, i) => {
      const at = ['findings', `${i}`];
      return [
        ...refuseCode(finding.id, [...at, 'code']),
        ...unless(isUnique(findings, i), 'INVALID_CODE', [...at, 'code'], 'A code is unique in its inspection.'),
        ...refuseText(finding.text, [...at, 'text'], MAX_TEXT_CHARACTERS),
        ...unless(
          finding.dueOn >= inspectedOn,
          'INVALID_VALUE',
          [...at, 'dueOn'],
          'A finding is due on the day of the inspection or later.',
        ),
      ];
    }),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const open = findings.map((finding): Finding => ({ ...finding, state: 'OPEN', proof: null }));
  return { ok: true, value: { ...stated, zoneId: parkZoneId, agency: viewer.agency, findings: open, version: 1 } };
}

/** A step of one finding, with the version of the inspection that the caller has seen. */
interface FindingStep {
  readonly seen: number;
  readonly finding: string;
}

/**
 * Decides an enterprise's report that it has mended a finding.
 * @param relation the caller's relation to the enterprise that mends; null where there is none
 */
export function decideReport(
  before: Inspection | null,
  { seen, finding, proof }: FindingStep & { readonly proof: Localized },
  relation: EnterpriseRelation | null,
  viewer: Viewer,
): InspectionDecision {
  if (!before || relation === null || !mayWrite(viewer, 'reportMended', relation)) return UNKNOWN_INSPECTION;
  return changeFinding(before, { seen, finding }, (known) => {
    if (known.state !== 'OPEN') return refuse('WRONG_STATE', ['finding'], 'This finding is reported or accepted.');
    const refusals = refuseText(proof, ['proof'], MAX_TEXT_CHARACTERS);
    return refusals.length > 0 ? { ok: false, refusals } : { ok: true, value: { state: 'REPORTED', proof } };
  });
}

/**
 * Decides the inspecting agency's answer to a mending: it accepts, or opens the finding again with a new day. Where the
 * park itself mends, no report comes before the acceptance.
 */
export function decideMending(
  before: Inspection | null,
  { seen, finding, accepts, dueOn }: FindingStep & { readonly accepts: boolean; readonly dueOn: string | null },
  viewer: Viewer,
  now: Date,
): InspectionDecision {
  if (!before || viewer.kind !== 'officer' || viewer.zone !== before.zoneId) return UNKNOWN_INSPECTION;
  if (!mayInspect(viewer, 'decideMending', before.zoneId) || viewer.agency !== before.agency) return NOT_YOURS;
  return changeFinding(before, { seen, finding }, ({ state }) => {
    const isReady = state === 'REPORTED' || (state === 'OPEN' && accepts && before.enterpriseId === null);
    if (!isReady) return refuse('WRONG_STATE', ['finding'], 'This finding is not reported as mended.');
    if (accepts) {
      const isBare = dueOn === null;
      return isBare
        ? { ok: true, value: { state: 'ACCEPTED' } }
        : refuse('INVALID_VALUE', ['dueOn'], 'Accepted findings are due no more.');
    }
    if (dueOn === null || dueOn < dayInShanghai(now)) {
      return refuse('INVALID_VALUE', ['dueOn'], 'A finding that is opened again is due today or later.');
    }
    return { ok: true, value: { state: 'OPEN', dueOn } };
  });
}

function changeFinding(
  before: Inspection,
  { seen, finding }: FindingStep,
  decide: (known: Finding) => Decision<Partial<Finding>, StepRefusalCode>,
): InspectionDecision {
  const outdated = refuseVersion(seen, before);
  if (outdated.length > 0) return { ok: false, refusals: outdated };
  const known = before.findings.find(({ id }) => id === finding);
  if (!known) return refuse('UNKNOWN_REFERENCE', ['finding'], 'The inspection has no such finding.');
  if (before.version >= MAX_VERSIONS) {
    return refuse('WRONG_STATE', [], 'The inspection has as many steps as it can hold: record a new one.');
  }
  const decision = decide(known);
  if (!decision.ok) return decision;
  const findings = before.findings.map((each) => (each === known ? { ...known, ...decision.value } : each));
  return { ok: true, value: { ...before, findings, version: before.version + 1 } };
}

function mayInspect(viewer: Viewer, mutation: MutationName & ('recordInspection' | 'decideMending'), zoneId: string) {
  return mayWrite(viewer, mutation, parkRelation(viewer, zoneId));
}

/** Returns the first day on which a finding is due that isn't accepted as mended; null where none is. */
export function nextDueDay({ findings }: Pick<Inspection, 'findings'>): string | null {
  const days = findings.filter(({ state }) => state !== 'ACCEPTED').map(({ dueOn }) => dueOn);
  return days.toSorted()[0] ?? null;
}

/** Returns the viewer's relation to an inspection: that of a host for officers of the park's zone. */
export function inspectionRelation(
  viewer: Viewer,
  { zoneId, enterpriseId }: Pick<Inspection, 'zoneId' | 'enterpriseId'>,
): EnterpriseRelation {
  if (viewer.kind === 'clerk') return viewer.enterprise === enterpriseId ? 'OWN' : 'NONE';
  return viewer.kind === 'officer' && viewer.zone === zoneId ? 'HOST' : 'NONE';
}

const NOT_YOURS = refuse('NOT_YOURS', [], 'Another agency or zone inspects here, or the role is missing.');
const UNKNOWN_INSPECTION = refuse('UNKNOWN_RECORD', ['inspection'], 'There is no such inspection.');
