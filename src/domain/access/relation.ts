/** How a viewer stands to a row: what they may see of it follows from this and from nothing else of the row. */
import type { Agency } from '../cases/agency.ts';
import type { Viewer, ViewerKind } from '../viewer.ts';
import type { PartnerPurpose, Purpose } from './purpose.ts';

/** What each kind of viewer can be to a row of each kind. NONE: to them there is no such row, or nothing of it but what is public. */
export const RELATIONS = {
  case: {
    anonymous: ['NONE'],
    applicant: ['OWN', 'NONE'],
    caseHolder: ['OWN', 'NONE'],
    officer: ['HANDLING', 'ASKED', 'ZONE', 'NONE'],
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

/** What of a case decides whose it is. */
export interface CaseBinding {
  readonly id: string;
  readonly applicantId: string;
  readonly zoneId: string;
  readonly route: string;
  readonly enterpriseId: string | null;
  /** Who has it in hand; null where nothing is to be done by an agency. */
  readonly handler: Agency | null;
  /** The agencies that must give an opinion, the one that decides last. */
  readonly opinionsFrom: readonly Agency[];
  /** The day on which it was handed in; null for a draft, and for what never became more than one. */
  readonly course: { readonly submittedOn: string | null };
}

/** The one route for which the law has an enterprise recommend its employee; no other case is an employer's business. */
const RECOMMENDED_ROUTE = 'URGENTLY_NEEDED';

/** Whether an employer takes part in the case. */
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
      return viewer.zone === of.zoneId ? officerRelation(viewer.agency, of) : 'NONE';
    case 'clerk':
      return viewer.enterprise === of.enterpriseId && isRecommended(of) ? 'EMPLOYER' : 'NONE';
    case 'anonymous':
    case 'partner':
    case 'analyst':
    case 'admin':
      return 'NONE';
  }
}

/** The agency that takes every application in. */
export const RECEIVING_AGENCY: Agency = 'PARK';

/**
 * What isn't handed in is the applicant's alone. A case that waits for no agency stays with the one that decides; the one that
 * took it in keeps to do with it, as those that are asked for their opinion.
 */
function officerRelation(agency: Agency, { handler, opinionsFrom, course }: CaseBinding): CaseRelation {
  if (course.submittedOn === null) return 'NONE';
  const inCharge = handler ?? opinionsFrom.at(-1) ?? RECEIVING_AGENCY;
  if (agency === inCharge) return 'HANDLING';
  return agency === RECEIVING_AGENCY || opinionsFrom.includes(agency) ? 'ASKED' : 'ZONE';
}

/** What of an enterprise decides who sees its private data. */
export interface EnterpriseBinding {
  readonly id: string;
  readonly homeZoneId: string;
  /** The zones in whose parks it stays today by admission. */
  readonly hostZoneIds: readonly string[];
  /** Whether the enterprise or an administrator has confirmed its registration. Else it is nobody's but its clerk's. */
  readonly isConfirmed: boolean;
}

/** Returns how a viewer stands to an enterprise. */
export function enterpriseRelation(viewer: Viewer, of: EnterpriseBinding): EnterpriseRelation {
  if (viewer.kind === 'clerk') return viewer.enterprise === of.id ? 'OWN' : 'NONE';
  if (viewer.kind !== 'officer' || !of.isConfirmed) return 'NONE';
  if (viewer.zone === of.homeZoneId) return 'HOME';
  return of.hostZoneIds.includes(viewer.zone) ? 'HOST' : 'NONE';
}

/** What of an entry in the register decides who sees it: an admission, a move, a challenge, an event. */
export interface RegisterBinding {
  readonly enterpriseId: string;
  /** The zones that take part in it. */
  readonly zoneIds: readonly string[];
}

/** Returns how a viewer stands to an entry in the register of enterprises. */
export function registerRelation(viewer: Viewer, { enterpriseId, zoneIds }: RegisterBinding): RegisterRelation {
  if (viewer.kind === 'admin') return 'ADMIN';
  if (viewer.kind === 'clerk') return viewer.enterprise === enterpriseId ? 'OWN' : 'NONE';
  return viewer.kind === 'officer' && zoneIds.includes(viewer.zone) ? 'PARTY' : 'NONE';
}

/** What of an agreement decides who reads its terms. */
export interface AgreementBinding {
  /** The zones that are parties, whether they have signed or not. */
  readonly zoneIds: readonly string[];
  /** What it lets its parties use each other's data for. */
  readonly purposes: readonly PartnerPurpose[];
}

/** A partner is nothing to an agreement but for a purpose that it grants. */
export function agreementRelation(
  viewer: Viewer,
  { zoneIds, purposes }: AgreementBinding,
  purpose: Purpose,
): AgreementRelation {
  if (viewer.kind === 'officer') return zoneIds.includes(viewer.zone) ? 'PARTY' : 'NONE';
  if (viewer.kind !== 'partner' || !zoneIds.includes(viewer.zone)) return 'NONE';
  return purposes.some((granted) => granted === purpose) ? 'GRANTED' : 'NONE';
}

/** @param agreement the one that it rests on, where that is in force; null where there is none */
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

/** Of the agency that decides its cases, which is the last of those that give an opinion. */
export function caseTypeRelation(
  viewer: Viewer,
  { opinionsFrom }: { readonly opinionsFrom: readonly Agency[] },
): CaseTypeRelation {
  if (viewer.kind === 'admin') return 'ADMIN';
  return viewer.kind === 'officer' && viewer.agency === opinionsFrom.at(-1) ? 'DECIDING' : 'NONE';
}

/** @param acceptorZoneId the zone above the park's own whose officers accept figures too; undefined where there is none */
export function parkRelation(viewer: Viewer, zoneId: string, acceptorZoneId?: string): ParkRelation {
  if (viewer.kind === 'clerk') return 'VISITOR';
  if (viewer.kind === 'admin') return 'ADMIN';
  if (viewer.kind !== 'officer') return 'NONE';
  if (viewer.zone === zoneId) return 'ZONE';
  return viewer.zone === acceptorZoneId ? 'ACCEPTING' : 'NONE';
}

/** Whose list it is: an agency's in a zone. What an entry of it says is said to the same. */
export interface WorklistBinding {
  readonly zoneId: string;
  readonly agency: Agency;
}

export function worklistRelation(viewer: Viewer, { zoneId, agency }: WorklistBinding): WorklistRelation {
  return viewer.kind === 'officer' && viewer.zone === zoneId && viewer.agency === agency ? 'AGENCY' : 'NONE';
}
