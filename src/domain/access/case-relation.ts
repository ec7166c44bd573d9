/** Relations of viewers to cases. */
import type { Agency } from '../cases/agency.ts';
import type { CounterDuty } from '../linkages/case-terms.ts';
import type { Viewer } from '../viewer.ts';
import type { CaseRelation } from './relation.ts';
import type { WriteRelationOf } from './write-relation.ts';

/** The facts of a case that decide a viewer's relation to it. */
export interface CaseBinding {
  readonly id: string;
  readonly applicantId: string;
  readonly zoneId: string;
  readonly route: string;
  readonly enterpriseId: string | null;
  /** The agency that handles it; null while no agency has to act. */
  readonly handler: Agency | null;
  /** The agencies that must give an opinion; the deciding agency is last. */
  readonly opinionsFrom: readonly Agency[];
  /** The zone whose counter received the application for the zone that decides it. Absent without one. */
  readonly counter?: CaseCounter;
  readonly course: {
    /** The day of submission; null for a draft, and for a draft that was never submitted. */
    readonly submittedOn: string | null;
    readonly state: string;
    /** The day on which the counter handed the application over; null or absent until then. */
    readonly handedOverOn?: string | null;
  };
}

/** A counter in another zone, and what the agreement lets it do. */
export interface CaseCounter {
  readonly zoneId: string;
  readonly duties: readonly CounterDuty[];
}

/** The only route on which the law has an employer recommend the applicant. Employers take no part in other cases. */
const RECOMMENDED_ROUTE = 'URGENTLY_NEEDED';

/** Returns whether an employer takes part in the case. */
export function isRecommended({ route, enterpriseId }: Pick<CaseBinding, 'route' | 'enterpriseId'>): boolean {
  return route === RECOMMENDED_ROUTE && enterpriseId !== null;
}

/** Returns a viewer's relation to a case. */
export function caseRelation(viewer: Viewer, of: CaseBinding): CaseRelation {
  switch (viewer.kind) {
    case 'applicant':
      return viewer.person === of.applicantId ? 'OWN' : 'NONE';
    case 'caseHolder':
      return viewer.caseId === of.id ? 'OWN' : 'NONE';
    case 'officer':
      return viewer.zone === of.zoneId ? officerRelation(viewer.agency, of) : counterRelation(viewer, of);
    case 'clerk':
      return viewer.enterprise === of.enterpriseId && isRecommended(of) ? 'EMPLOYER' : 'NONE';
    case 'anonymous':
    case 'partner':
    case 'analyst':
    case 'admin':
      return 'NONE';
  }
}

/** Returns whether a viewer may know that this case exists. To all others it is not found. */
export function mayKnow(viewer: Viewer, of: CaseBinding): boolean {
  return caseRelation(viewer, of) !== 'NONE';
}

/** The agency that receives every application. */
export const RECEIVING_AGENCY: Agency = 'PARK';

/**
 * Returns the relation of an officer of the case's zone. A case before its submission is the applicant's alone. Without a handler, the deciding agency is in charge. The
 * receiving agency and those asked for an opinion stay involved.
 */
function officerRelation(agency: Agency, { handler, opinionsFrom, course }: CaseBinding): CaseRelation {
  if (course.submittedOn === null) return 'NONE';
  const inCharge = handler ?? opinionsFrom.at(-1) ?? RECEIVING_AGENCY;
  if (agency === inCharge) return 'HANDLING';
  return agency === RECEIVING_AGENCY || opinionsFrom.includes(agency) ? 'ASKED' : 'ZONE';
}

/** Returns whether the application is still with the counter that received it. */
export function isAtCounter({ counter, course }: Pick<CaseBinding, 'counter' | 'course'>): boolean {
  const { state, handedOverOn = null } = course;
  return counter !== undefined && handedOverOn === null && (state === 'SUBMITTED' || state === 'SUPPLEMENT_REQUIRED');
}

/** States in which a counter acts after it has handed a case over, by its duty. */
const TURNS = [
  ['TAKE_DOCUMENTS', 'SUPPLEMENT_REQUIRED'],
  ['DELIVER', 'APPROVED'],
  ['DELIVER', 'REJECTED'],
] as const;

/**
 * Returns the relation of an officer of the counter's zone. The park office there sees the file while it has something to
 * do, and the course of the case afterwards. Other officers of that zone see nothing.
 */
function counterRelation({ zone, agency }: Extract<Viewer, { kind: 'officer' }>, of: CaseBinding): CaseRelation {
  const { counter, course } = of;
  if (counter?.zoneId !== zone || agency !== RECEIVING_AGENCY || course.submittedOn === null) return 'NONE';
  const hasTurn = TURNS.some(([duty, state]) => counter.duties.includes(duty) && state === course.state);
  return isAtCounter(of) || hasTurn ? 'COUNTER' : 'ZONE';
}

/** Returns a viewer's relation to the opinions on a case, which agencies of the case's own zone give. */
export function opinionRelation(
  viewer: Viewer,
  of: CaseBinding & { readonly opinionsFrom: readonly Agency[] },
): WriteRelationOf<'opinion'> {
  if (viewer.kind !== 'officer' || viewer.zone !== of.zoneId) return 'NONE';
  if (caseRelation(viewer, of) === 'NONE') return 'NONE';
  return of.opinionsFrom.includes(viewer.agency) ? 'ASKED' : 'NOT_ASKED';
}
