/**
 * The actions on a case: one table of action × state, whose cells are events. Each action states who may run it and its
 * preconditions. The event decides the next state (`TRANSITIONS`). A missing action, or an event that its state doesn't
 * allow, doesn't compile.
 */
import type { CaseMutation } from './access.ts';
import type { CaseAction, CommandOf } from './command.ts';
import * as counter from './counter.ts';
import { takeAFreePlaceThatFits } from './place.ts';
import type { Precondition } from './preconditions.ts';
import * as must from './preconditions.ts';
import { type CaseEventKind, type CaseState, stateAfter, type TRANSITIONS } from './state.ts';
import * as requested from './supplements/requested-documents.ts';
import * as verified from './verified-documents.ts';

type EventIn = { readonly [State in CaseState]?: keyof (typeof TRANSITIONS)[State] };

export interface ActionRule<Action extends CaseAction> {
  /** The mutation that runs it; the table of writes states who may. `SYSTEM`: it happens at a deadline. */
  readonly by: CaseMutation | 'SYSTEM';
  /** State → event. A state that isn't here doesn't allow the action. */
  readonly event: EventIn;
  /** All of them must hold; every failure is reported at once. */
  readonly requires: readonly Precondition<CommandOf<Action>>[];
}

export const ACTION_RULES: { readonly [Action in CaseAction]: ActionRule<Action> } = {
  SUPPLY_DOCUMENT: {
    by: 'supplyDocument',
    event: { DRAFT: 'DOCUMENT_SUPPLIED', SUPPLEMENT_REQUIRED: 'DOCUMENT_SUPPLIED' },
    requires: [counter.takeDocuments, requested.haveArrivedAsAnnounced, requested.leaveRoomForVersions],
  },
  USE_VERIFIED: {
    by: 'useVerifiedDocument',
    event: { DRAFT: 'VERIFIED_DOCUMENT_USED', SUPPLEMENT_REQUIRED: 'VERIFIED_DOCUMENT_USED' },
    requires: [verified.beOfADocumentWithoutFile, verified.beVerifiedByAnotherZone, verified.beSharedByAgreement],
  },
  WITHDRAW_VERIFIED: {
    by: 'withdrawVerifiedDocument',
    event: {
      DRAFT: 'VERIFIED_DOCUMENT_WITHDRAWN',
      SUBMITTED: 'VERIFIED_DOCUMENT_WITHDRAWN',
      SUPPLEMENT_REQUIRED: 'VERIFIED_DOCUMENT_WITHDRAWN',
    },
    requires: [verified.beInUse],
  },
  SUBMIT: {
    by: 'submitCase',
    event: { DRAFT: 'SUBMITTED', SUPPLEMENT_REQUIRED: 'SUPPLEMENTED' },
    requires: [must.beInTimeForWhatWasAsked, must.beEligible],
  },
  RECOMMEND: {
    by: 'recommendTalent',
    event: { DRAFT: 'RECOMMENDED', SUPPLEMENT_REQUIRED: 'RECOMMENDED' },
    requires: [must.haveAnEmployerThatGoesOn, must.notBeRecommended],
  },
  CONSENT: {
    by: 'giveConsent',
    event: { DRAFT: 'CONSENT_GIVEN', SUPPLEMENT_REQUIRED: 'CONSENT_GIVEN' },
    requires: [must.lackConsent],
  },
  WITHDRAW: {
    by: 'withdrawCase',
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
    by: 'requestReconsideration',
    event: {
      APPROVED: 'RECONSIDERATION_REQUESTED',
      REJECTED: 'RECONSIDERATION_REQUESTED',
      DELIVERED: 'RECONSIDERATION_REQUESTED',
    },
    requires: [must.beInTimeForReconsideration],
  },
  RATE: {
    by: 'rateCase',
    event: { NOT_ACCEPTED: 'RATED', DELIVERED: 'RATED', CLOSED: 'RATED', UPHELD: 'RATED' },
    requires: [must.rateOnceFrom1To5],
  },
  HAND_OVER: { by: 'handOverCase', event: { SUBMITTED: 'HANDED_OVER' }, requires: [counter.haveTheCase] },
  ACCEPT: {
    by: 'acceptCase',
    event: { SUBMITTED: 'ACCEPTED', TRANSFERRED: 'ACCEPTED' },
    requires: [counter.beHandedOver, must.beInTimeForTheNotice, must.beEligible],
  },
  DECLINE: {
    by: 'declineCase',
    event: { SUBMITTED: 'NOT_ACCEPTED', TRANSFERRED: 'NOT_ACCEPTED' },
    requires: [counter.beHandedOver, must.beInTimeForTheNotice, must.giveReasons],
  },
  REQUEST_SUPPLEMENT: {
    by: 'requestSupplement',
    event: { SUBMITTED: 'SUPPLEMENT_REQUESTED' },
    requires: [
      counter.checkTheForm,
      must.beInTimeForTheNotice,
      requested.askForKnownDocuments,
      verified.notBeAskedForAgain,
      requested.sayWhyDocumentsAreAsked,
      must.endAfterToday,
    ],
  },
  START_REVIEW: {
    by: 'startReview',
    event: { ACCEPTED: 'REVIEW_STARTED', REVERSED: 'REVIEW_STARTED' },
    requires: [],
  },
  VERIFY_IDENTITY: {
    by: 'verifyIdentity',
    event: {
      SUBMITTED: 'IDENTITY_VERIFIED',
      ACCEPTED: 'IDENTITY_VERIFIED',
      UNDER_REVIEW: 'IDENTITY_VERIFIED',
      SPECIAL_PROCEDURE: 'IDENTITY_VERIFIED',
      PUBLIC_NOTICE: 'IDENTITY_VERIFIED',
      TRANSFERRED: 'IDENTITY_VERIFIED',
    },
    requires: [must.haveTheNumberThatWasStated],
  },
  GIVE_OPINION: {
    by: 'giveOpinion',
    event: { UNDER_REVIEW: 'OPINION_GIVEN' },
    requires: [must.notHaveGivenAnOpinion],
  },
  START_SPECIAL_PROCEDURE: {
    by: 'startSpecialProcedure',
    event: { UNDER_REVIEW: 'SPECIAL_PROCEDURE_STARTED' },
    requires: [],
  },
  END_SPECIAL_PROCEDURE: {
    by: 'endSpecialProcedure',
    event: { SPECIAL_PROCEDURE: 'SPECIAL_PROCEDURE_ENDED' },
    requires: [],
  },
  EXTEND_DEADLINE: {
    by: 'extendDeadline',
    event: { UNDER_REVIEW: 'DEADLINE_EXTENDED', RECONSIDERATION: 'DEADLINE_EXTENDED' },
    requires: [must.extendOnce, must.extendWithinTheLaw, must.extendWhatIsTakenUp, must.beInTimeForTheDecision],
  },
  OPEN_PUBLIC_NOTICE: {
    by: 'openPublicNotice',
    event: { UNDER_REVIEW: 'PUBLIC_NOTICE_OPENED' },
    requires: [must.haveAllOpinions, must.endAfterToday],
  },
  APPROVE: {
    by: 'decideCase',
    event: { UNDER_REVIEW: 'APPROVED', PUBLIC_NOTICE: 'APPROVED' },
    requires: [must.haveAllOpinions, must.haveNoOpinionAgainst, must.haveRunItsNotice, takeAFreePlaceThatFits],
  },
  REJECT: {
    by: 'decideCase',
    event: { UNDER_REVIEW: 'REJECTED', PUBLIC_NOTICE: 'REJECTED' },
    requires: [must.haveAllOpinions, must.giveReasons],
  },
  DELIVER: {
    by: 'deliverResult',
    event: { APPROVED: 'DELIVERED', REJECTED: 'DELIVERED' },
    requires: [counter.deliver, must.deliverWhatWasDecided],
  },
  CLOSE: {
    by: 'closeCase',
    event: { NOT_ACCEPTED: 'CLOSED', DELIVERED: 'CLOSED', UPHELD: 'CLOSED' },
    requires: [must.leaveTimeForReconsideration],
  },
  TRANSFER: {
    by: 'transferCase',
    event: {
      SUBMITTED: 'TRANSFERRED',
      ACCEPTED: 'TRANSFERRED',
      UNDER_REVIEW: 'TRANSFERRED',
      TRANSFERRED: 'TRANSFERRED',
    },
    requires: [counter.beHandedOver, must.nameAnotherZone, must.haveAnAgreement, must.giveReasons],
  },
  TAKE_UP_RECONSIDERATION: {
    by: 'takeUpReconsideration',
    event: { RECONSIDERATION: 'RECONSIDERATION_TAKEN_UP' },
    requires: [must.notBeTakenUp],
  },
  UPHOLD: { by: 'decideReconsideration', event: { RECONSIDERATION: 'UPHELD' }, requires: [must.giveReasons] },
  REVERSE: { by: 'decideReconsideration', event: { RECONSIDERATION: 'REVERSED' }, requires: [must.giveReasons] },
  DEEM_ACCEPTED: {
    by: 'SYSTEM',
    event: { SUBMITTED: 'DEEMED_ACCEPTED' },
    requires: [must.haveMissedTheNotice],
  },
  DEEM_TAKEN_UP: {
    by: 'SYSTEM',
    event: { RECONSIDERATION: 'RECONSIDERATION_DEEMED_TAKEN_UP' },
    requires: [must.haveMissedTheTakingUp],
  },
  LAPSE: {
    by: 'SYSTEM',
    event: { DRAFT: 'LAPSED', SUPPLEMENT_REQUIRED: 'LAPSED' },
    requires: [must.haveLeftTheApplicantsTime],
  },
};

/** Returns the event of an action in a state and the next state; null where the state doesn't allow the action. */
export function stepOf(
  action: CaseAction,
  state: CaseState,
): { readonly event: CaseEventKind; readonly next: CaseState } | null {
  const event: CaseEventKind | undefined = ACTION_RULES[action].event[state];
  const next = event === undefined ? null : stateAfter(state, event);
  return event === undefined || next === null ? null : { event, next };
}
