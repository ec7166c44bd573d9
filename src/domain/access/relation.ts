/** Relations of viewers to rows. The relation alone decides what a viewer may see of a row. */
import type { Agency } from '../cases/agency.ts';
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
