/** Who has what to do with a case, read once more. */
import type { Actor } from '../../src/domain/cases/access.ts';
import type { Agency } from '../../src/domain/cases/agency.ts';
import type { CaseAction } from '../../src/domain/cases/command.ts';
import type { OfficerRole } from '../../src/domain/viewer.ts';
import { asksFor, type ModelCase, opinionsOf, receivedOn, stateOf, zoneOf } from './model-case.ts';

const PARK_OFFICE: Agency = 'PARK';

/** Decides: the last of those that are asked. */
export const decider = (c: ModelCase): Agency => c.type.opinionsFrom.at(-1) ?? PARK_OFFICE;

/** Who has to do the next thing with it; null where no agency has. */
export function inHand(c: ModelCase): Agency | null {
  switch (stateOf(c)) {
    case 'SUBMITTED':
    case 'TRANSFERRED':
      return PARK_OFFICE;
    case 'ACCEPTED':
    case 'UNDER_REVIEW':
    case 'SPECIAL_PROCEDURE':
    case 'PUBLIC_NOTICE':
    case 'APPROVED':
    case 'REJECTED':
    case 'RECONSIDERATION':
    case 'REVERSED':
      return decider(c);
    default:
      return null;
  }
}

/** In whose lists it stands. */
export function inWhoseLists(c: ModelCase): readonly Agency[] {
  const hand = inHand(c);
  if (hand === null) return [];
  const given = opinionsOf(c).map(({ agency }) => agency);
  const awaited = stateOf(c) === 'UNDER_REVIEW' ? c.type.opinionsFrom.filter((agency) => !given.includes(agency)) : [];
  return [...new Set([hand, ...awaited])].sort();
}

export function waitsFor(c: ModelCase): 'APPLICANT' | 'EMPLOYER' | 'AGENCY' | 'OTHER_ZONE' | 'NOBODY' {
  const state = stateOf(c);
  if (state === 'TRANSFERRED') return 'OTHER_ZONE';
  if (state === 'SUPPLEMENT_REQUIRED') return 'APPLICANT';
  if (state === 'DRAFT') {
    const isRecommended = c.history.some(({ what }) => what === 'RECOMMENDED');
    return asksFor(c, 'recommended') && !isRecommended ? 'EMPLOYER' : 'APPLICANT';
  }
  // A notice hangs out by itself.
  return inHand(c) === null || state === 'PUBLIC_NOTICE' ? 'NOBODY' : 'AGENCY';
}

const isSignedIn = (c: ModelCase, actor: Actor) => actor.kind === 'applicant' && actor.person === c.applicant;
const isApplicant = (c: ModelCase, actor: Actor) =>
  isSignedIn(c, actor) || (actor.kind === 'caseHolder' && actor.caseId === c.id);

/** The law has an employer recommend on one route only. */
const isEmployer = (c: ModelCase, actor: Actor) =>
  actor.kind === 'clerk' && c.type.route === 'URGENTLY_NEEDED' && actor.enterprise === c.employer;

/** Who isn't told that there is such a case. What was never handed in is the applicant's own matter. */
export function knowsOfIt(c: ModelCase, actor: Actor): boolean {
  if (actor.kind === 'system' || isApplicant(c, actor) || isEmployer(c, actor)) return true;
  return actor.kind === 'officer' && actor.zone === zoneOf(c) && receivedOn(c) !== null;
}

/** The role that an officer needs for an action, whatever the case; null for what is no officer's. */
/** Whoever works on cases at all. */
const WORKING: readonly OfficerRole[] = ['RECEIVE', 'REVIEW', 'DECIDE'];
const ROLE_FOR: { readonly [Action in CaseAction]?: OfficerRole } = {
  ACCEPT: 'RECEIVE',
  DECLINE: 'RECEIVE',
  REQUEST_SUPPLEMENT: 'RECEIVE',
  TRANSFER: 'RECEIVE',
  START_REVIEW: 'REVIEW',
  START_SPECIAL_PROCEDURE: 'REVIEW',
  END_SPECIAL_PROCEDURE: 'REVIEW',
  GIVE_OPINION: 'REVIEW',
  EXTEND_DEADLINE: 'DECIDE',
  OPEN_PUBLIC_NOTICE: 'DECIDE',
  APPROVE: 'DECIDE',
  REJECT: 'DECIDE',
  CLOSE: 'DECIDE',
  HAND_OVER: 'RECEIVE',
  TAKE_UP_RECONSIDERATION: 'DECIDE',
  UPHOLD: 'DECIDE',
  REVERSE: 'DECIDE',
};

/** Returns whether the action is never this actor's, whatever the case: its mutation isn't begun. */
export function isNeverTheirs(action: CaseAction, actor: Actor): boolean {
  if (action === 'VERIFY_IDENTITY') {
    return actor.kind !== 'officer' || !WORKING.some((role) => actor.roles.includes(role));
  }
  const role = ROLE_FOR[action];
  if (role) return actor.kind !== 'officer' || !actor.roles.includes(role);
  if (action === 'RECOMMEND') return actor.kind !== 'clerk';
  const has = (role: OfficerRole) => actor.kind === 'officer' && actor.roles.includes(role);
  // A counter of another zone may take documents and hand out results: it receives cases.
  if (action === 'DELIVER') return !has('DECIDE') && !has('RECEIVE');
  if (action === 'SUPPLY_DOCUMENT' || action === 'SUBMIT') {
    const mayTake = action === 'SUPPLY_DOCUMENT' && has('RECEIVE');
    return actor.kind !== 'applicant' && actor.kind !== 'caseHolder' && !mayTake;
  }
  return actor.kind !== 'applicant';
}

/** Whether the action is this actor's to do, by whom they are. */
export function isTheirs(c: ModelCase, action: CaseAction, actor: Actor): boolean {
  if (!knowsOfIt(c, actor)) return false;
  const officer = (role: OfficerRole, agencies: readonly Agency[]) =>
    actor.kind === 'officer' && actor.roles.includes(role) && agencies.includes(actor.agency);
  const hand = [inHand(c) ?? decider(c)];
  switch (action) {
    case 'SUPPLY_DOCUMENT':
    case 'SUBMIT':
      return isApplicant(c, actor);
    // A receipt may be lost: what can't be taken back, and what the law asks of a guardian in person, needs more than it.
    case 'RATE':
    case 'CONSENT':
    case 'USE_VERIFIED':
    case 'WITHDRAW_VERIFIED':
    case 'WITHDRAW':
    case 'REQUEST_RECONSIDERATION':
      return isSignedIn(c, actor);
    case 'RECOMMEND':
      return isEmployer(c, actor);
    case 'ACCEPT':
    case 'DECLINE':
    case 'REQUEST_SUPPLEMENT':
    case 'TRANSFER':
      return officer('RECEIVE', hand);
    case 'VERIFY_IDENTITY':
      return WORKING.some((role) => officer(role, hand));
    case 'START_REVIEW':
    case 'START_SPECIAL_PROCEDURE':
    case 'END_SPECIAL_PROCEDURE':
      return officer('REVIEW', hand);
    case 'GIVE_OPINION':
      return officer('REVIEW', c.type.opinionsFrom);
    case 'EXTEND_DEADLINE':
    case 'OPEN_PUBLIC_NOTICE':
    case 'APPROVE':
    case 'REJECT':
    case 'DELIVER':
    case 'CLOSE':
    case 'TAKE_UP_RECONSIDERATION':
    case 'UPHOLD':
    case 'REVERSE':
      return officer('DECIDE', hand);
    case 'HAND_OVER':
      return false;
    case 'DEEM_ACCEPTED':
    case 'DEEM_TAKEN_UP':
    case 'LAPSE':
      return actor.kind === 'system';
  }
}
