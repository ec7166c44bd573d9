/** Relations of viewers to rows. The relation alone decides what a viewer may see of a row. */
import type { Agency } from '../cases/agency.ts';
import type { CounterDuty } from '../linkages/case-terms.ts';
import type { Viewer, ViewerKind } from '../viewer.ts';
import type { PartnerPurpose, Purpose } from './purpose.ts';

/**
 * The relations that each kind of viewer can have to each kind of row. With NONE, a viewer sees nothing but public
 * fields.
 */
export const RELATIONS = {
  case: {
    anonymous: ['NONE'],
    applicant: ['OWN', 'NONE'],
    caseHolder: ['OWN', 'NONE'],
    officer: ['HANDLING', 'ASKED', 'ZONE', 'COUNTER', 'NONE'],
    clerk: ['EMPLOYER', 'NONE'],
    partner: ['NONE'],
    analyst: ['NONE'],
    admin: ['NONE'],
  },
  enterprise: {
    anonymous: ['NONE'],
    applicant: ['NONE'],
    caseHolder: ['NONE'],
    officer: ['HOME', 'HOST', 'NONE'],
    clerk: ['OWN', 'NONE'],
    partner: ['NONE'],
    analyst: ['NONE'],
    admin: ['NONE'],
  },
  register: {
    anonymous: ['NONE'],
    applicant: ['NONE'],
    caseHolder: ['NONE'],
    officer: ['PARTY', 'NONE'],
    clerk: ['OWN', 'NONE'],
    partner: ['NONE'],
    analyst: ['NONE'],
    admin: ['ADMIN'],
  },
  agreement: {
    anonymous: ['NONE'],
    applicant: ['NONE'],
    caseHolder: ['NONE'],
    officer: ['PARTY', 'NONE'],
    clerk: ['NONE'],
    partner: ['GRANTED', 'NONE'],
    analyst: ['NONE'],
    admin: ['NONE'],
  },
  relocation: {
    anonymous: ['NONE'],
    applicant: ['NONE'],
    caseHolder: ['NONE'],
    officer: ['PARTY', 'NONE'],
    clerk: ['OWN', 'NONE'],
    partner: ['GRANTED', 'NONE'],
    analyst: ['NONE'],
    admin: ['NONE'],
  },
  caseType: {
    anonymous: ['NONE'],
    applicant: ['NONE'],
    caseHolder: ['NONE'],
    officer: ['DECIDING', 'NONE'],
    clerk: ['NONE'],
    partner: ['NONE'],
    analyst: ['NONE'],
    admin: ['ADMIN'],
  },
  park: {
    anonymous: ['NONE'],
    applicant: ['NONE'],
    caseHolder: ['NONE'],
    officer: ['ZONE', 'ACCEPTING', 'NONE'],
    clerk: ['VISITOR'],
    partner: ['NONE'],
    analyst: ['NONE'],
    admin: ['ADMIN'],
  },
  worklist: {
    anonymous: ['NONE'],
    applicant: ['NONE'],
    caseHolder: ['NONE'],
    officer: ['AGENCY', 'NONE'],
    clerk: ['NONE'],
    partner: ['NONE'],
    analyst: ['NONE'],
    admin: ['NONE'],
  },
  developerAccount: {
    anonymous: ['NONE'],
    applicant: ['NONE'],
    caseHolder: ['NONE'],
    officer: ['NONE'],
    clerk: ['NONE'],
    partner: ['OWN', 'NONE'],
    analyst: ['NONE'],
    admin: ['NONE'],
  },
} as const satisfies Record<string, Record<ViewerKind, readonly string[]>>;

export type RowKind = keyof typeof RELATIONS;
export type RelationOf<
  Row extends RowKind,
  Kind extends ViewerKind = ViewerKind,
> = (typeof RELATIONS)[Row][Kind][number];
export type CaseRelation = RelationOf<'case'>;
export type EnterpriseRelation = RelationOf<'enterprise'>;
export type RegisterRelation = RelationOf<'register'>;
export type AgreementRelation = RelationOf<'agreement'>;
export type RelocationRelation = RelationOf<'relocation'>;
export type CaseTypeRelation = RelationOf<'caseType'>;
export type ParkRelation = RelationOf<'park'>;
export type WorklistRelation = RelationOf<'worklist'>;
export type DeveloperRelation = RelationOf<'developerAccount'>;

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

/** The agency that receives every application. */
export const RECEIVING_AGENCY: Agency = 'PARK';

/**
 * A case before its submission is the applicant's alone. Without a handler, the deciding agency is in charge. The
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
 * The park office of the counter's zone sees the file while it has something to do, and the course of the case afterwards.
 * Other officers of that zone see nothing.
 */
function counterRelation({ zone, agency }: Extract<Viewer, { kind: 'officer' }>, of: CaseBinding): CaseRelation {
  const { counter, course } = of;
  if (counter?.zoneId !== zone || agency !== RECEIVING_AGENCY || course.submittedOn === null) return 'NONE';
  const hasTurn = TURNS.some(([duty, state]) => counter.duties.includes(duty) && state === course.state);
  return isAtCounter(of) || hasTurn ? 'COUNTER' : 'ZONE';
}

/** The facts of an enterprise that decide who sees its private data. */
export interface EnterpriseBinding {
  readonly id: string;
  readonly homeZoneId: string;
  /** The zones in whose parks it has an admission today. */
  readonly hostZoneIds: readonly string[];
  /**
   * Set once the enterprise or an administrator has confirmed its registration. Before, only its clerk has a relation
   * to it.
   */
  readonly isConfirmed: boolean;
}

/** Returns a viewer's relation to an enterprise. */
export function enterpriseRelation(viewer: Viewer, of: EnterpriseBinding): EnterpriseRelation {
  if (viewer.kind === 'clerk') return viewer.enterprise === of.id ? 'OWN' : 'NONE';
  if (viewer.kind !== 'officer' || !of.isConfirmed) return 'NONE';
  if (viewer.zone === of.homeZoneId) return 'HOME';
  return of.hostZoneIds.includes(viewer.zone) ? 'HOST' : 'NONE';
}

/** The facts of a register entry (admission, move, challenge or event) that decide who sees it. */
export interface RegisterBinding {
  readonly enterpriseId: string;
  /** The zones that take part in it. */
  readonly zoneIds: readonly string[];
}

/** Returns a viewer's relation to an entry in the register of enterprises. */
export function registerRelation(viewer: Viewer, { enterpriseId, zoneIds }: RegisterBinding): RegisterRelation {
  if (viewer.kind === 'admin') return 'ADMIN';
  if (viewer.kind === 'clerk') return viewer.enterprise === enterpriseId ? 'OWN' : 'NONE';
  return viewer.kind === 'officer' && zoneIds.includes(viewer.zone) ? 'PARTY' : 'NONE';
}

/** The facts of an agreement that decide who reads its terms. */
export interface AgreementBinding {
  /** The zones that are parties, signed or not. */
  readonly zoneIds: readonly string[];
  /** The purposes for which its parties may use each other's data. */
  readonly purposes: readonly PartnerPurpose[];
}

/** Returns a viewer's relation to an agreement. A partner has one only for a purpose that the agreement grants. */
export function agreementRelation(
  viewer: Viewer,
  { zoneIds, purposes }: AgreementBinding,
  purpose: Purpose,
): AgreementRelation {
  if (viewer.kind === 'officer') return zoneIds.includes(viewer.zone) ? 'PARTY' : 'NONE';
  if (viewer.kind !== 'partner' || !zoneIds.includes(viewer.zone)) return 'NONE';
  return purposes.some((granted) => granted === purpose) ? 'GRANTED' : 'NONE';
}

/**
 * Returns a viewer's relation to a relocation.
 * @param agreement the agreement that it rests on, while in force; null where there is none
 */
export function relocationRelation(
  viewer: Viewer,
  { enterpriseId, zoneIds }: { readonly enterpriseId: string; readonly zoneIds: readonly string[] },
  agreement: AgreementBinding | null,
  purpose: Purpose,
): RelocationRelation {
  if (viewer.kind === 'clerk') return viewer.enterprise === enterpriseId ? 'OWN' : 'NONE';
  if (viewer.kind === 'officer') return zoneIds.includes(viewer.zone) ? 'PARTY' : 'NONE';
  const isGranted = agreement !== null && agreementRelation(viewer, agreement, purpose) === 'GRANTED';
  return viewer.kind === 'partner' && zoneIds.includes(viewer.zone) && isGranted ? 'GRANTED' : 'NONE';
}

/** Returns a viewer's relation to a case type. The deciding agency is the last of those that give an opinion. */
export function caseTypeRelation(
  viewer: Viewer,
  { opinionsFrom }: { readonly opinionsFrom: readonly Agency[] },
): CaseTypeRelation {
  if (viewer.kind === 'admin') return 'ADMIN';
  return viewer.kind === 'officer' && viewer.agency === opinionsFrom.at(-1) ? 'DECIDING' : 'NONE';
}

/**
 * Returns a viewer's relation to a park.
 * @param acceptorZoneId the zone above the park's zone whose officers accept figures too; undefined where there is none
 */
export function parkRelation(viewer: Viewer, zoneId: string, acceptorZoneId?: string): ParkRelation {
  if (viewer.kind === 'clerk') return 'VISITOR';
  if (viewer.kind === 'admin') return 'ADMIN';
  if (viewer.kind !== 'officer') return 'NONE';
  if (viewer.zone === zoneId) return 'ZONE';
  return viewer.zone === acceptorZoneId ? 'ACCEPTING' : 'NONE';
}

/** The agency and zone of a work list. Its entries have the same relation. */
export interface WorklistBinding {
  readonly zoneId: string;
  readonly agency: Agency;
}

export function worklistRelation(viewer: Viewer, { zoneId, agency }: WorklistBinding): WorklistRelation {
  return viewer.kind === 'officer' && viewer.zone === zoneId && viewer.agency === agency ? 'AGENCY' : 'NONE';
}

/** Returns a viewer's relation to the account of a zone's systems: its API keys, webhook endpoints, use and budget. */
export function developerRelation(viewer: Viewer, zoneId: string): DeveloperRelation {
  return viewer.kind === 'partner' && viewer.zone === zoneId ? 'OWN' : 'NONE';
}
