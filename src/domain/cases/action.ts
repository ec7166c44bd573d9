/**
 * What may be done to a case: one table of action × state, whose cells are events. Who may, and what must hold beside the
 * state, is each action's; the state after is the event's (`TRANSITIONS`). An action that is forgotten doesn't compile, nor
 * does an event that may not happen in its state.
 */
import type { Doer } from './access.ts';
import type { CaseAction, CommandOf } from './command.ts';
import type { Precondition } from './preconditions.ts';
import * as must from './preconditions.ts';
import { type CaseEventKind, type CaseState, stateAfter, type TRANSITIONS } from './state.ts';

type EventIn = { readonly [State in CaseState]?: keyof (typeof TRANSITIONS)[State] };

export interface ActionRule<Action extends CaseAction> {
  readonly who: Doer;
  /** State → event; in a state that isn't here the action may not be done. */
  readonly event: EventIn;
  /** All of them, and all that don't hold are told at once. */
  readonly requires: readonly Precondition<CommandOf<Action>>[];
}

const APPLICANT: Doer = { as: 'APPLICANT' };
/** What does no harm where a receipt fell into others' hands. */
const RECEIPT_HOLDER: Doer = { as: 'RECEIPT_HOLDER' };
const RECEIVER: Doer = { as: 'HANDLER', role: 'RECEIVE' };
const REVIEWER: Doer = { as: 'HANDLER', role: 'REVIEW' };
const DECIDER: Doer = { as: 'HANDLER', role: 'DECIDE' };

export const ACTION_RULES: { readonly [Action in CaseAction]: ActionRule<Action> } = {
  SUPPLY_DOCUMENT: {
    who: RECEIPT_HOLDER,
    event: { DRAFT: 'DOCUMENT_SUPPLIED', SUPPLEMENT_REQUIRED: 'DOCUMENT_SUPPLIED' },
    requires: [must.haveArrivedAsAnnounced, must.leaveRoomForVersions],
  },
  SUBMIT: {
    who: RECEIPT_HOLDER,
    event: { DRAFT: 'SUBMITTED', SUPPLEMENT_REQUIRED: 'SUPPLEMENTED' },
    requires: [must.beInTimeForWhatWasAsked, must.beEligible],
  },
  RECOMMEND: {
    who: { as: 'EMPLOYER' },
    event: { DRAFT: 'RECOMMENDED', SUPPLEMENT_REQUIRED: 'RECOMMENDED' },
    requires: [must.notBeRecommended],
  },
  CONSENT: {
    who: APPLICANT,
    event: { DRAFT: 'CONSENT_GIVEN', SUPPLEMENT_REQUIRED: 'CONSENT_GIVEN' },
    requires: [must.lackConsent],
  },
  WITHDRAW: {
    who: APPLICANT,
    event: {
      DRAFT: 'WITHDRAWN',
      SUBMITTED: 'WITHDRAWN',
      SUPPLEMENT_REQUIRED: 'WITHDRAWN',
      ACCEPTED: 'WITHDRAWN',
      UNDER_REVIEW: 'WITHDRAWN',
      SPECIAL_PROCEDURE: 'WITHDRAWN',
      PUBLIC_NOTICE: 'WITHDRAWN',
      TRANSFERRED: 'WITHDRAWN',
    },
    requires: [],
  },
  REQUEST_RECONSIDERATION: {
    who: APPLICANT,
    event: {
      APPROVED: 'RECONSIDERATION_REQUESTED',
      REJECTED: 'RECONSIDERATION_REQUESTED',
      DELIVERED: 'RECONSIDERATION_REQUESTED',
    },
    requires: [must.beInTimeForReconsideration],
  },
  RATE: {
    who: RECEIPT_HOLDER,
    event: { NOT_ACCEPTED: 'RATED', DELIVERED: 'RATED', CLOSED: 'RATED', UPHELD: 'RATED' },
    requires: [must.rateOnceFrom1To5],
  },
  ACCEPT: {
    who: RECEIVER,
    event: { SUBMITTED: 'ACCEPTED', TRANSFERRED: 'ACCEPTED' },
    requires: [must.beInTimeForTheNotice, must.beEligible],
  },
  DECLINE: {
    who: RECEIVER,
    event: { SUBMITTED: 'NOT_ACCEPTED', TRANSFERRED: 'NOT_ACCEPTED' },
    requires: [must.beInTimeForTheNotice, must.giveReasons],
  },
  REQUEST_SUPPLEMENT: {
    who: RECEIVER,
    event: { SUBMITTED: 'SUPPLEMENT_REQUESTED' },
    requires: [must.beInTimeForTheNotice, must.askForKnownDocuments, must.endAfterToday],
  },
  START_REVIEW: {
    who: REVIEWER,
    event: { ACCEPTED: 'REVIEW_STARTED', REVERSED: 'REVIEW_STARTED' },
    requires: [],
  },
  GIVE_OPINION: {
    who: { as: 'ASKED', role: 'REVIEW' },
    event: { UNDER_REVIEW: 'OPINION_GIVEN' },
    requires: [must.notHaveGivenAnOpinion],
  },
  START_SPECIAL_PROCEDURE: {
    who: REVIEWER,
    event: { UNDER_REVIEW: 'SPECIAL_PROCEDURE_STARTED' },
    requires: [],
  },
  END_SPECIAL_PROCEDURE: {
    who: REVIEWER,
    event: { SPECIAL_PROCEDURE: 'SPECIAL_PROCEDURE_ENDED' },
    requires: [],
  },
  EXTEND_DEADLINE: {
    who: DECIDER,
    event: { UNDER_REVIEW: 'DEADLINE_EXTENDED' },
    requires: [must.extendOnce, must.extendWithinTheLaw, must.beInTimeForTheDecision],
  },
  OPEN_PUBLIC_NOTICE: {
    who: DECIDER,
    event: { UNDER_REVIEW: 'PUBLIC_NOTICE_OPENED' },
    requires: [must.haveAllOpinions, must.endAfterToday],
  },
  APPROVE: {
    who: DECIDER,
    event: { UNDER_REVIEW: 'APPROVED', PUBLIC_NOTICE: 'APPROVED' },
    requires: [must.haveAllOpinions, must.haveNoOpinionAgainst, must.haveRunItsNotice],
  },
  REJECT: {
    who: DECIDER,
    event: { UNDER_REVIEW: 'REJECTED', PUBLIC_NOTICE: 'REJECTED' },
    requires: [must.haveAllOpinions, must.giveReasons],
  },
  DELIVER: {
    who: DECIDER,
    event: { APPROVED: 'DELIVERED', REJECTED: 'DELIVERED' },
    requires: [must.deliverWhatWasDecided],
  },
  CLOSE: {
    who: DECIDER,
    event: { NOT_ACCEPTED: 'CLOSED', DELIVERED: 'CLOSED', UPHELD: 'CLOSED' },
    requires: [must.leaveTimeForReconsideration],
  },
  TRANSFER: {
    who: RECEIVER,
    event: {
      SUBMITTED: 'TRANSFERRED',
      ACCEPTED: 'TRANSFERRED',
      UNDER_REVIEW: 'TRANSFERRED',
      TRANSFERRED: 'TRANSFERRED',
    },
    requires: [must.nameAnotherZone, must.giveReasons],
  },
  UPHOLD: { who: DECIDER, event: { RECONSIDERATION: 'UPHELD' }, requires: [must.giveReasons] },
  REVERSE: { who: DECIDER, event: { RECONSIDERATION: 'REVERSED' }, requires: [must.giveReasons] },
  DEEM_ACCEPTED: {
    who: { as: 'SYSTEM' },
    event: { SUBMITTED: 'DEEMED_ACCEPTED' },
    requires: [must.haveMissedTheNotice],
  },
  LAPSE: {
    who: { as: 'SYSTEM' },
    event: { DRAFT: 'LAPSED', SUPPLEMENT_REQUIRED: 'LAPSED' },
    requires: [must.haveLeftTheApplicantsTime],
  },
};

/** What an action makes happen in a state, and the state after; null where it may not be done then. */
export function stepOf(
  action: CaseAction,
  state: CaseState,
): { readonly event: CaseEventKind; readonly next: CaseState } | null {
  const event: CaseEventKind | undefined = ACTION_RULES[action].event[state];
  const next = event === undefined ? null : stateAfter(state, event);
  return event === undefined || next === null ? null : { event, next };
}
