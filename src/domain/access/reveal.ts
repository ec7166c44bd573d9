import type { PersonField } from '../people/person.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { ClaimSituation } from '../work-list/claim.ts';
import { caseRelation } from './case-relation.ts';
import { formOf, mayWrite } from './decision.ts';
import type { FieldGroup } from './fields.ts';
import type { RevealPurpose } from './purpose.ts';
import type { CaseRelation } from './relation.ts';
import { claimRelation } from './write-relation.ts';

/** The values that are revealed one by one: a field of the applicant, or an uploaded file. */
export type Revealed = PersonField | 'document';

/** The group of fields that decides about each value. */
const GROUPS = {
  name: 'applicantName',
  idNumber: 'applicantIdNumber',
  phone: 'applicantPhone',
  document: 'documentContents',
} as const satisfies Record<Revealed, FieldGroup>;

/** Reasons why an officer can't claim the case first (Personal Information Protection Law, art. 13 no. 3 and 4). */
export const REVEAL_EMERGENCIES = [
  'DANGER_TO_LIFE_OR_HEALTH',
  'DANGER_TO_PROPERTY',
  'PUBLIC_HEALTH_EMERGENCY',
  'COURT_OR_POLICE_ORDER',
] as const;
export type RevealEmergency = (typeof REVEAL_EMERGENCIES)[number];

export interface RevealRequest {
  readonly what: Revealed;
  readonly purpose: RevealPurpose;
  readonly emergency: RevealEmergency | null;
}

/** The ground on which a viewer reveals a value: their own data, a claimed case, or an emergency. */
export type RevealGround = 'OWN' | 'CLAIMED' | 'EMERGENCY';

export interface Reveal {
  readonly relation: CaseRelation;
  readonly ground: RevealGround;
}

export type RevealRefusal = 'UNKNOWN_CASE' | 'NOT_REVEALED' | 'NO_REVEALING_ROLE' | 'NOT_CLAIMED';

/**
 * Decides whether a viewer may see a whole value or a file of a case for a purpose, by the table of permissions. An
 * officer needs the role REVEAL, and a claim on the case or an emergency. Viewers without a relation don't learn that
 * the case exists.
 */
export function decideReveal(
  viewer: Viewer,
  situation: ClaimSituation,
  { what, purpose, emergency }: RevealRequest,
): Decision<Reveal, RevealRefusal> {
  const { case: of } = situation;
  const relation = of === null ? 'NONE' : caseRelation(viewer, of);
  if (relation === 'NONE') {
    return refuse({ code: 'UNKNOWN_CASE', field: ['case'], message: 'There is no such case.' });
  }
  if (formOf(viewer.kind, GROUPS[what], relation, purpose) !== 'FULL') {
    const message = 'Your part in this case does not open this for this purpose.';
    return refuse({ code: 'NOT_REVEALED', field: ['purpose'], message });
  }
  if (!mayWrite(viewer, 'revealField', relation)) {
    return refuse({ code: 'NO_REVEALING_ROLE', field: [], message: 'This is for officers with the role REVEAL.' });
  }
  if (viewer.kind !== 'officer') return { ok: true, value: { relation, ground: 'OWN' } };
  if (claimRelation(viewer, situation.work) === 'OWN') return { ok: true, value: { relation, ground: 'CLAIMED' } };
  if (emergency !== null) return { ok: true, value: { relation, ground: 'EMERGENCY' } };
  const message = 'Claim the case first, or give an emergency as the reason.';
  return refuse({ code: 'NOT_CLAIMED', field: ['case'], message });
}

function refuse(refusal: Refusal<RevealRefusal>): { readonly ok: false; readonly refusals: Refusal<RevealRefusal>[] } {
  return { ok: false, refusals: [refusal] };
}
