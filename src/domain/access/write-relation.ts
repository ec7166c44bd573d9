import { savesQuestions } from '../free-queries.ts';
import type { Viewer, ViewerKind } from '../viewer.ts';
import { RELATIONS, type WorklistBinding, worklistRelation } from './relation.ts';

const ONLY_OFFICERS = {
  anonymous: ['NONE'],
  applicant: ['NONE'],
  caseHolder: ['NONE'],
  clerk: ['NONE'],
  partner: ['NONE'],
  analyst: ['NONE'],
  admin: ['NONE'],
} as const;

/** The relations that each kind of viewer can have to each kind of row that mutations write. */
export const WRITE_RELATIONS = {
  case: RELATIONS.case,
  caseType: RELATIONS.caseType,
  enterprise: RELATIONS.enterprise,
  park: RELATIONS.park,
  /** A published record. `ZONE`: an officer of the zone that answers for it, or of a party of an agreement. */
  record: { ...ONLY_OFFICERS, officer: ['ZONE', 'NONE'], admin: ['ADMIN'] },
  /** The registration of an enterprise. `OTHER`: an officer of a zone that isn't its home. */
  registration: { ...ONLY_OFFICERS, officer: ['HOME', 'OTHER'], clerk: ['OWN', 'NONE'], admin: ['ADMIN'] },
  /** A stay of an enterprise in a park. `HOST`: an officer of the park's zone. */
  admission: { ...ONLY_OFFICERS, officer: ['HOST', 'NONE'], clerk: ['OWN', 'NONE'], admin: ['ADMIN'] },
  /** A move of an enterprise's home. `FROM`, `TO`: an officer of the old home, and of the receiving zone. */
  move: { ...ONLY_OFFICERS, officer: ['FROM', 'TO', 'NONE'], clerk: ['OWN', 'NONE'], admin: ['ADMIN'] },
  /** A succession of enterprises. `PARTY`: a clerk of one of them, or an officer of the home zone of one. */
  succession: { ...ONLY_OFFICERS, officer: ['PARTY', 'NONE'], clerk: ['PARTY', 'NONE'], admin: ['ADMIN'] },
  /** An offer of an enterprise or a zone. `OWN`, `ZONE`: the caller speaks for that publisher. */
  offer: { ...ONLY_OFFICERS, officer: ['ZONE', 'NONE'], clerk: ['OWN', 'NONE'], admin: ['ADMIN'] },
  /** The ledger of an agreement. `PARTY`: an officer, or the system, of a zone that is a party. */
  ledger: { ...ONLY_OFFICERS, officer: ['PARTY', 'NONE'], partner: ['PARTY', 'NONE'] },
  /** A control unit of a park. `OWN`: the clerk's enterprise is the unit. */
  unit: { ...ONLY_OFFICERS, officer: ['NONE'], clerk: ['OWN', 'NONE'], admin: ['ADMIN'] },
  /**
   * An API key of a zone's systems. `SIGNED_IN`: the zone's system, by a token of an issuer. `ITSELF`: the key that
   * identifies the caller.
   */
  apiKey: { ...ONLY_OFFICERS, officer: ['NONE'], partner: ['SIGNED_IN', 'ITSELF', 'NONE'] },
  /** A webhook endpoint. `OWN`: a system of the zone. */
  webhookEndpoint: { ...ONLY_OFFICERS, officer: ['NONE'], partner: ['OWN', 'NONE'] },
  /** A saved question. `OWN`: the caller saved it. `ZONE`: it is public, and an officer's zone answers for it. */
  question: {
    ...ONLY_OFFICERS,
    officer: ['OWN', 'ZONE', 'NONE'],
    partner: ['OWN', 'NONE'],
    analyst: ['OWN', 'NONE'],
    admin: ['OWN', 'PUBLIC', 'NONE'],
  },
  /** A row that doesn't exist yet, created by a person for themselves. */
  self: {
    anonymous: ['SELF'],
    applicant: ['SELF'],
    caseHolder: ['SELF'],
    officer: ['SELF'],
    clerk: ['SELF'],
    partner: ['SELF'],
    analyst: ['SELF'],
    admin: ['SELF'],
  },
  /** An agency's opinion on a case. `ASKED`: the officer's agency is one of those whose opinion the case needs. */
  opinion: { ...ONLY_OFFICERS, officer: ['ASKED', 'NOT_ASKED', 'NONE'] },
  /**
   * An entry of a work list, by the officer who claimed it. `NONE`: it is in no list of the officer's agency and zone.
   */
  claim: { ...ONLY_OFFICERS, officer: ['OWN', 'FREE', 'COLLEAGUE', 'NONE'] },
} as const satisfies Record<string, Record<ViewerKind, readonly string[]>>;

export type WriteRow = keyof typeof WRITE_RELATIONS;
export type WriteRelationOf<
  Row extends WriteRow,
  Kind extends ViewerKind = ViewerKind,
> = (typeof WRITE_RELATIONS)[Row][Kind][number];

/**
 * Returns how a viewer stands to a published record.
 * @param zoneId the zone that answers for it; null where only an administrator does
 */
export function recordRelation(viewer: Viewer, zoneId: string | null): WriteRelationOf<'record'> {
  if (viewer.kind === 'admin') return 'ADMIN';
  return viewer.kind === 'officer' && zoneId !== null && viewer.zone === zoneId ? 'ZONE' : 'NONE';
}

/** A saved question: the name of who saved it, or the zone that answers for a public one. */
export interface QuestionBinding {
  readonly audience: 'OWN' | 'ZONE' | 'PUBLIC';
  readonly savedBy: string | null;
  readonly zoneId: string | null;
}

/**
 * Returns a viewer's relation to a saved question.
 * @param saver the name under which the viewer's own questions are stored
 */
export function questionRelation(
  viewer: Viewer,
  saver: string,
  { audience, savedBy, zoneId }: QuestionBinding,
): WriteRelationOf<'question'> {
  if (audience !== 'PUBLIC') return savedBy === saver && savesQuestions(viewer.kind) ? 'OWN' : 'NONE';
  if (viewer.kind === 'admin') return 'PUBLIC';
  return viewer.kind === 'officer' && viewer.zone === zoneId ? 'ZONE' : 'NONE';
}

/** Returns a viewer's relation to an entry of a work list. */
export function claimRelation(
  viewer: Viewer,
  work: (WorklistBinding & { readonly claim?: { readonly by: string } | null }) | null,
): WriteRelationOf<'claim'> {
  if (viewer.kind !== 'officer' || work === null || worklistRelation(viewer, work) !== 'AGENCY') return 'NONE';
  if (!work.claim) return 'FREE';
  return work.claim.by === viewer.person ? 'OWN' : 'COLLEAGUE';
}

/** An enterprise and its home zone. */
export interface RegistrationBinding {
  readonly enterpriseId: string;
  readonly homeZoneId: string;
}

/** Returns a viewer's relation to the registration of an enterprise. */
export function registrationRelation(viewer: Viewer, of: RegistrationBinding): WriteRelationOf<'registration'> {
  if (viewer.kind === 'officer') return viewer.zone === of.homeZoneId ? 'HOME' : 'OTHER';
  return clerkOrAdmin(viewer, of.enterpriseId);
}

/** An enterprise and the zone of a park that admits it. */
export interface AdmissionBinding {
  readonly enterpriseId: string;
  readonly parkZoneId: string;
}

/** Returns a viewer's relation to an enterprise's stay in a park. */
export function admissionRelation(viewer: Viewer, of: AdmissionBinding): WriteRelationOf<'admission'> {
  if (viewer.kind === 'officer') return viewer.zone === of.parkZoneId ? 'HOST' : 'NONE';
  return clerkOrAdmin(viewer, of.enterpriseId);
}

/** An enterprise and the zones between which it moves; null where no move was requested. */
export interface MoveBinding {
  readonly enterpriseId: string;
  readonly move: { readonly fromZoneId: string; readonly toZoneId: string } | null;
}

/** Returns a viewer's relation to the move of an enterprise. */
export function moveRelation(viewer: Viewer, { enterpriseId, move }: MoveBinding): WriteRelationOf<'move'> {
  if (viewer.kind !== 'officer') return clerkOrAdmin(viewer, enterpriseId);
  if (viewer.zone === move?.toZoneId) return 'TO';
  return viewer.zone === move?.fromZoneId ? 'FROM' : 'NONE';
}

/** The enterprises of a succession and their home zones. */
export interface SuccessionBinding {
  readonly enterpriseIds: readonly string[];
  readonly zoneIds: readonly string[];
}

/** Returns a viewer's relation to a succession of enterprises. */
export function successionRelation(viewer: Viewer, of: SuccessionBinding): WriteRelationOf<'succession'> {
  if (viewer.kind === 'admin') return 'ADMIN';
  if (viewer.kind === 'clerk') return of.enterpriseIds.includes(viewer.enterprise) ? 'PARTY' : 'NONE';
  return viewer.kind === 'officer' && of.zoneIds.includes(viewer.zone) ? 'PARTY' : 'NONE';
}

/** The publisher of an offer: an enterprise, or the zone where `enterpriseId` is null. */
export interface OfferBinding {
  readonly enterpriseId: string | null;
  readonly zoneId: string;
}

/** Returns a viewer's relation to an offer. */
export function offerRelation(viewer: Viewer, { enterpriseId, zoneId }: OfferBinding): WriteRelationOf<'offer'> {
  if (enterpriseId !== null) return clerkOrAdmin(viewer, enterpriseId);
  if (viewer.kind === 'admin') return 'ADMIN';
  return viewer.kind === 'officer' && viewer.zone === zoneId ? 'ZONE' : 'NONE';
}

/** Returns a viewer's relation to the ledger of an agreement between zones. */
export function ledgerRelation(
  viewer: Viewer,
  { zoneIds }: { readonly zoneIds: readonly string[] },
): WriteRelationOf<'ledger'> {
  const isOfZone = viewer.kind === 'officer' || viewer.kind === 'partner';
  return isOfZone && zoneIds.includes(viewer.zone) ? 'PARTY' : 'NONE';
}

/** The enterprise that a control unit is; null where it is none. */
export interface UnitBinding {
  readonly enterpriseId: string | null;
}

/** Returns a viewer's relation to a control unit. */
export function unitRelation(viewer: Viewer, { enterpriseId }: UnitBinding): WriteRelationOf<'unit'> {
  return clerkOrAdmin(viewer, enterpriseId ?? '');
}

/** An API key, and the kind of credential that its caller has. */
export interface ApiKeyBinding {
  readonly zoneId: string;
  /** Null for a key that is to be made. */
  readonly keyId: string | null;
  /** True where the caller is identified by an API key. */
  readonly isByKey: boolean;
}

/** Returns a viewer's relation to an API key of a zone's systems. */
export function apiKeyRelation(viewer: Viewer, { zoneId, keyId, isByKey }: ApiKeyBinding): WriteRelationOf<'apiKey'> {
  if (viewer.kind !== 'partner' || viewer.zone !== zoneId) return 'NONE';
  if (!isByKey) return 'SIGNED_IN';
  return viewer.key === keyId ? 'ITSELF' : 'NONE';
}

/** Returns a viewer's relation to a webhook endpoint of a zone's systems. */
export function endpointRelation(
  viewer: Viewer,
  { zoneId }: { readonly zoneId: string },
): WriteRelationOf<'webhookEndpoint'> {
  return viewer.kind === 'partner' && viewer.zone === zoneId ? 'OWN' : 'NONE';
}

function clerkOrAdmin(viewer: Viewer, enterpriseId: string): 'OWN' | 'ADMIN' | 'NONE' {
  if (viewer.kind === 'admin') return 'ADMIN';
  return viewer.kind === 'clerk' && viewer.enterprise === enterpriseId ? 'OWN' : 'NONE';
}
