/** The states of a talent case and the transitions between them. The compiler checks that the table is complete. */

export const CASE_STATES = [
  'DRAFT',
  'SUBMITTED',
  'SUPPLEMENT_REQUIRED',
  'ACCEPTED',
  'NOT_ACCEPTED',
  'UNDER_REVIEW',
  'SPECIAL_PROCEDURE',
  'PUBLIC_NOTICE',
  'APPROVED',
  'REJECTED',
  'DELIVERED',
  'CLOSED',
  'WITHDRAWN',
  'LAPSED',
  'TRANSFERRED',
  'RECONSIDERATION',
  'UPHELD',
  'REVERSED',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** The events of a case. The first one is always OPENED, which makes a DRAFT. */
export const CASE_EVENT_KINDS = [
  'OPENED',
  'RECOMMENDED',
  'CONSENT_GIVEN',
  'DOCUMENT_SUPPLIED',
  'SUBMITTED',
  'SUPPLEMENT_REQUESTED',
  'SUPPLEMENTED',
  'ACCEPTED',
  'DEEMED_ACCEPTED',
  'NOT_ACCEPTED',
  'IDENTITY_VERIFIED',
  'REVIEW_STARTED',
  'OPINION_GIVEN',
  'DEADLINE_EXTENDED',
  'SPECIAL_PROCEDURE_STARTED',
  'SPECIAL_PROCEDURE_ENDED',
  'PUBLIC_NOTICE_OPENED',
  'APPROVED',
  'REJECTED',
  'DELIVERED',
  'CLOSED',
  'WITHDRAWN',
  'LAPSED',
  'TRANSFERRED',
  'RECONSIDERATION_REQUESTED',
  'UPHELD',
  'REVERSED',
  'RATED',
] as const;
export type CaseEventKind = (typeof CASE_EVENT_KINDS)[number];

type Moves = { readonly [Kind in CaseEventKind]?: CaseState };

/** State → event → next state. An event that isn't here is not allowed. */
export const TRANSITIONS = {
  DRAFT: {
    RECOMMENDED: 'DRAFT',
    CONSENT_GIVEN: 'DRAFT',
    DOCUMENT_SUPPLIED: 'DRAFT',
    SUBMITTED: 'SUBMITTED',
    WITHDRAWN: 'WITHDRAWN',
    LAPSED: 'LAPSED',
  },
  SUBMITTED: {
    IDENTITY_VERIFIED: 'SUBMITTED',
    SUPPLEMENT_REQUESTED: 'SUPPLEMENT_REQUIRED',
    ACCEPTED: 'ACCEPTED',
    // The supplement notice came too late, or not at all.
    DEEMED_ACCEPTED: 'ACCEPTED',
    NOT_ACCEPTED: 'NOT_ACCEPTED',
    WITHDRAWN: 'WITHDRAWN',
    TRANSFERRED: 'TRANSFERRED',
  },
  SUPPLEMENT_REQUIRED: {
    RECOMMENDED: 'SUPPLEMENT_REQUIRED',
    CONSENT_GIVEN: 'SUPPLEMENT_REQUIRED',
    DOCUMENT_SUPPLIED: 'SUPPLEMENT_REQUIRED',
    SUPPLEMENTED: 'SUBMITTED',
    WITHDRAWN: 'WITHDRAWN',
    LAPSED: 'LAPSED',
  },
  ACCEPTED: {
    IDENTITY_VERIFIED: 'ACCEPTED',
    REVIEW_STARTED: 'UNDER_REVIEW',
    WITHDRAWN: 'WITHDRAWN',
    TRANSFERRED: 'TRANSFERRED',
  },
  NOT_ACCEPTED: { RATED: 'NOT_ACCEPTED', CLOSED: 'CLOSED' },
  UNDER_REVIEW: {
    IDENTITY_VERIFIED: 'UNDER_REVIEW',
    OPINION_GIVEN: 'UNDER_REVIEW',
    DEADLINE_EXTENDED: 'UNDER_REVIEW',
    SPECIAL_PROCEDURE_STARTED: 'SPECIAL_PROCEDURE',
    PUBLIC_NOTICE_OPENED: 'PUBLIC_NOTICE',
    APPROVED: 'APPROVED',
    REJECTED: 'REJECTED',
    WITHDRAWN: 'WITHDRAWN',
    TRANSFERRED: 'TRANSFERRED',
  },
  SPECIAL_PROCEDURE: {
    IDENTITY_VERIFIED: 'SPECIAL_PROCEDURE',
    SPECIAL_PROCEDURE_ENDED: 'UNDER_REVIEW',
    WITHDRAWN: 'WITHDRAWN',
  },
  PUBLIC_NOTICE: {
    IDENTITY_VERIFIED: 'PUBLIC_NOTICE',
    APPROVED: 'APPROVED',
    REJECTED: 'REJECTED',
    WITHDRAWN: 'WITHDRAWN',
  },
  APPROVED: { DELIVERED: 'DELIVERED', RECONSIDERATION_REQUESTED: 'RECONSIDERATION' },
  REJECTED: { DELIVERED: 'DELIVERED', RECONSIDERATION_REQUESTED: 'RECONSIDERATION' },
  DELIVERED: { CLOSED: 'CLOSED', RATED: 'DELIVERED', RECONSIDERATION_REQUESTED: 'RECONSIDERATION' },
  CLOSED: { RATED: 'CLOSED' },
  WITHDRAWN: {},
  LAPSED: {},
  // The receiving zone accepts it anew, or transfers it further.
  TRANSFERRED: {
    IDENTITY_VERIFIED: 'TRANSFERRED',
    ACCEPTED: 'ACCEPTED',
    NOT_ACCEPTED: 'NOT_ACCEPTED',
    TRANSFERRED: 'TRANSFERRED',
    WITHDRAWN: 'WITHDRAWN',
  },
  RECONSIDERATION: { UPHELD: 'UPHELD', REVERSED: 'REVERSED' },
  UPHELD: { RATED: 'UPHELD', CLOSED: 'CLOSED' },
  // The agency has to decide again.
  REVERSED: { REVIEW_STARTED: 'UNDER_REVIEW' },
} as const satisfies Record<CaseState, Moves>;

/** Returns the state after an event; null where the state doesn't allow the event. */
export function stateAfter(state: CaseState, kind: CaseEventKind): CaseState | null {
  const moves: Moves = TRANSITIONS[state];
  return moves[kind] ?? null;
}

export const WAITED_FOR = ['APPLICANT', 'EMPLOYER', 'AGENCY', 'OTHER_ZONE', 'NOBODY'] as const;
export type WaitedFor = (typeof WAITED_FOR)[number];

/**
 * The party that has to act in each state. A draft without its employer's recommendation waits for the employer
 * instead.
 */
export const WAITING_ON = {
  DRAFT: 'APPLICANT',
  SUBMITTED: 'AGENCY',
  SUPPLEMENT_REQUIRED: 'APPLICANT',
  ACCEPTED: 'AGENCY',
  NOT_ACCEPTED: 'NOBODY',
  UNDER_REVIEW: 'AGENCY',
  SPECIAL_PROCEDURE: 'AGENCY',
  // The agency decides after the last day of the notice.
  PUBLIC_NOTICE: 'NOBODY',
  APPROVED: 'AGENCY',
  REJECTED: 'AGENCY',
  DELIVERED: 'NOBODY',
  CLOSED: 'NOBODY',
  WITHDRAWN: 'NOBODY',
  LAPSED: 'NOBODY',
  TRANSFERRED: 'OTHER_ZONE',
  RECONSIDERATION: 'AGENCY',
  UPHELD: 'NOBODY',
  REVERSED: 'AGENCY',
} as const satisfies Record<CaseState, WaitedFor>;
