/** Who may do something to a case, beside what they may see of it. */
import { type CaseBinding, type CaseRelation, caseRelation } from '../access/relation.ts';
import type { OfficerRole, Viewer } from '../viewer.ts';

/** Whoever acts: a viewer, or the clock by itself. */
export type Actor = Viewer | { readonly kind: 'system' };
export const SYSTEM: Actor = { kind: 'system' };

/** Who may do something to a case. */
export type Doer =
  /** Signed in; `RECEIPT_HOLDER` is also who has the case's receipt and secret only. */
  | { readonly as: 'APPLICANT' | 'RECEIPT_HOLDER' }
  | { readonly as: 'EMPLOYER' }
  /** An officer, in that role, of the agency that has the case in hand, or (`ASKED`) of one whose opinion is needed. */
  | { readonly as: 'HANDLER' | 'ASKED'; readonly role: OfficerRole }
  | { readonly as: 'SYSTEM' };

/** How an actor stands to a case; to those to whom it is NONE it isn't told that there is one. */
export function standingOf(actor: Actor, of: CaseBinding): CaseRelation | 'SYSTEM' {
  return actor.kind === 'system' ? 'SYSTEM' : caseRelation(actor, of);
}

/** Whether somebody may do what only this doer may. */
export function isDoer(actor: Actor, doer: Doer, of: CaseBinding): boolean {
  const standing = standingOf(actor, of);
  switch (doer.as) {
    case 'APPLICANT':
      return standing === 'OWN' && actor.kind === 'applicant';
    case 'RECEIPT_HOLDER':
      return standing === 'OWN';
    case 'EMPLOYER':
    case 'SYSTEM':
      return standing === doer.as;
    case 'HANDLER':
      return standing === 'HANDLING' && hasRole(actor, doer.role);
    case 'ASKED':
      return standing !== 'NONE' && isOfOneOf(actor, of.opinionsFrom) && hasRole(actor, doer.role);
  }
}

function hasRole(actor: Actor, role: OfficerRole): boolean {
  return actor.kind === 'officer' && actor.roles.includes(role);
}

function isOfOneOf(actor: Actor, agencies: CaseBinding['opinionsFrom']): boolean {
  return actor.kind === 'officer' && agencies.includes(actor.agency);
}

/** What an actor is called where two have met: the officer or clerk as the issuer calls them, and nobody else by name. */
export function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'officer':
      return `${actor.person} (${actor.agency})`;
    case 'clerk':
      return `${actor.person} (employer)`;
    case 'system':
      return 'the system';
    default:
      return 'the applicant';
  }
}
