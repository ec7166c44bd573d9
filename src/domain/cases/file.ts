/** The stored state of a case beside its log, and the effect of each event on it. */

import { type CaseBinding, type CaseCounter, RECEIVING_AGENCY } from '../access/case-relation.ts';
import type { Calendar } from '../calendar/calendar.ts';
import type { ArrangedCaseType } from '../case-types/arrangement.ts';
import type { CaseKind, CaseRoute, CaseTypeFacts } from '../case-types/case-type.ts';
import { needsRecommendation } from '../case-types/terms.ts';
import type { MediaType } from '../documents/media-type.ts';
import type { VerificationFacts } from '../documents/verification.ts';
import type { Localized } from '../locale.ts';
import type { IdentityFacts } from '../people/identity.ts';
import type { Agency, Verdict } from './agency.ts';
import type { StepLimit } from './deadline.ts';
import { afterEvent, type CaseCourse, type CaseEvent } from './fold.ts';
import type { CasePlaceFacts } from './place.ts';
import { type CaseState, WAITING_ON, type WaitedFor } from './state.ts';

export type OutcomeRecord =
  | {
      readonly kind: 'HukouPermit';
      readonly permitNumber: string | null;
      /** SHA-256 of the result document, hexadecimal. */
      readonly documentSha256: string;
      readonly validTo: string | null;
    }
  | {
      readonly kind: 'HousingOffer';
      readonly facilityKind: string;
      /** Whole fen; for a subsidy: monthly or one-off. */
      readonly amount: string | null;
      readonly documentSha256: string;
    }
  | {
      readonly kind: 'SchoolPlace';
      readonly schoolName: Localized;
      readonly schoolYear: number;
      readonly documentSha256: string;
    };

export interface CaseDecisionFacts {
  readonly approved: boolean;
  readonly decidedAt: string;
  /** Reasons of a refusal. */
  readonly reasons: readonly Localized[];
}

/** The part of a case that its events change. */
export interface CaseHead {
  /** Folded from the case's events. `course.version` is the case's version. */
  readonly course: CaseCourse;
  readonly waitingOn: WaitedFor;
  readonly handler: Agency | null;
  /** The zone whose officers handle the case. */
  readonly zoneId: string;
  /** The zone whose counter received the application for that zone. Absent without one, and after a transfer. */
  readonly counter?: CaseCounter;
  readonly decision: CaseDecisionFacts | null;
  readonly outcome: OutcomeRecord | null;
  /** From 1 to 5. */
  readonly rating: number | null;
  /** The applicant's identity as opened, or as an officer verified it later; absent where nothing is known. */
  readonly identity?: IdentityFacts;
  readonly updatedAt: string;
}

/** The applicant's statements; null where they made none. */
export interface Declared {
  /** The zone of the applicant's residence. */
  readonly residenceZoneId: string | null;
  /** Set where the applicant owns a dwelling in the city. */
  readonly ownsDwelling: boolean | null;
  /** Set where the applicant has the hukou of the city. */
  readonly localHukou?: boolean | null;
}

/** The facts of a case that rules read. */
export interface CaseSubject
  extends CaseHead,
    Pick<CaseBinding, 'id' | 'applicantId' | 'enterpriseId' | 'opinionsFrom'> {
  /** Masked forms; null after the applicant's erasure. */
  readonly applicant: object | null;
  readonly kind: CaseKind;
  readonly route: CaseRoute;
  /** The limits of the case's version of its type. */
  readonly limits: readonly StepLimit[];
  readonly beneficiary: { readonly relation: 'SELF' | 'SPOUSE' | 'CHILD' | 'PARENT' } | null;
  /** Null after the applicant's erasure. */
  readonly declared?: Declared | null;
}

/** The child that a case concerns, without name and birth date, stored apart from other data. */
export interface CaseChild {
  /** Whole years on the day of the case type's condition; without one, on the day of opening. */
  readonly age: number;
  /** As of the day of opening. A guardian's consent is needed then (PIPL, art. 31). */
  readonly isUnderFourteen: boolean;
}

export interface CaseDocumentFacts {
  readonly code: string;
  readonly name: Localized;
  readonly status: 'ASKED' | 'RECEIVED' | 'CHECKED' | 'REFUSED';
  /** Both null until receipt. The hash is hexadecimal SHA-256. */
  readonly version: number | null;
  readonly sha256: string | null;
  /** Set where another zone has verified it and the applicant consents to its use. Then there is no file here. */
  readonly verification?: VerificationFacts;
}

/** One received file of a document. It never changes: another file is another version. */
export interface DocumentVersionFacts {
  readonly code: string;
  /** 1, 2, 3 … within its document. */
  readonly version: number;
  /** The upload that delivered it; its file is stored under this id. */
  readonly uploadId: string;
  readonly mediaType: MediaType;
  /** Size in bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly receivedAt: string;
}

/** An upload request: the client's statement about a file before sending it. */
export interface AnnouncedFile {
  /** Id of the upload. */
  readonly id: string;
  /** The document that the file belongs to. */
  readonly code: string;
  readonly mediaType: MediaType;
  readonly size: number;
  readonly sha256: string;
}

/** An uploaded file as measured. */
export interface FoundFile {
  /** Detected from its bytes; null where the type isn't accepted. */
  readonly mediaType: MediaType | null;
  readonly size: number;
  readonly sha256: string;
}

export interface OpinionFacts {
  readonly agency: Agency;
  /** Both null while the opinion is awaited. */
  readonly verdict: Verdict | null;
  readonly givenAt: string | null;
}

/** The facts that decide a command on a case. */
export interface CaseSituation {
  readonly case: CaseSubject;
  /** The version of the type that the case is on, in its arrangement. */
  readonly caseType: ArrangedCaseType;
  readonly documents: readonly CaseDocumentFacts[];
  readonly opinions: readonly OpinionFacts[];
  readonly child: CaseChild | null;
  /** The place of a facility that the case has or had. */
  readonly place: CasePlaceFacts | null;
  /** Set where the employer has ended, for a case that awaits its applicant. */
  readonly isEmployerEnded?: boolean;
  readonly lastEvent: CaseEvent;
  /** Codes of the documents in the last supplement request. Each needs a new file, also where it has one. */
  readonly askedFor: readonly string[];
  /** The calendar of working days in force. */
  readonly calendar: Calendar;
}

/**
 * Returns the documents of the last supplement request.
 * @param events the whole log of a case, in order
 */
export function lastAskedFor(events: readonly CaseEvent[]): readonly string[] {
  return events.findLast(({ kind }) => kind === 'SUPPLEMENT_REQUESTED')?.documents ?? [];
}

/** Returns the agency that leads the review and decides. */
export function leadAgency({ opinionsFrom }: Pick<CaseTypeFacts, 'opinionsFrom'>): Agency {
  return opinionsFrom.at(-1) ?? RECEIVING_AGENCY;
}

/**
 * Returns the agency that handles a case in a state: the receiving agency until acceptance, then the lead; null where
 * no agency has to act.
 */
export function handlerIn(state: CaseState, caseType: Pick<CaseTypeFacts, 'opinionsFrom'>): Agency | null {
  switch (state) {
    case 'SUBMITTED':
    case 'TRANSFERRED':
      return RECEIVING_AGENCY;
    case 'ACCEPTED':
    case 'UNDER_REVIEW':
    case 'SPECIAL_PROCEDURE':
    case 'PUBLIC_NOTICE':
    case 'APPROVED':
    case 'REJECTED':
    case 'RECONSIDERATION':
    case 'REVERSED':
      return leadAgency(caseType);
    case 'DRAFT':
    case 'SUPPLEMENT_REQUIRED':
    case 'NOT_ACCEPTED':
    case 'DELIVERED':
    case 'CLOSED':
    case 'WITHDRAWN':
    case 'LAPSED':
    case 'UPHELD':
      return null;
  }
}

/** Returns the party that has to act next. A draft without its required recommendation waits for the employer. */
export function waitedFor({ state, recommended }: CaseCourse, caseType: Pick<CaseTypeFacts, 'rule'>): WaitedFor {
  return state === 'DRAFT' && !recommended && needsRecommendation(caseType) ? 'EMPLOYER' : WAITING_ON[state];
}

/** Returns the effect of an event on the decision, the outcome, the rating, the zone and the applicant's identity. */
function changedBy(
  { identity }: CaseHead,
  event: CaseEvent,
): Partial<Pick<CaseHead, 'decision' | 'outcome' | 'rating' | 'zoneId' | 'identity'>> & { counter?: undefined } {
  switch (event.kind) {
    case 'APPROVED':
    case 'REJECTED':
    case 'NOT_ACCEPTED':
      return {
        decision: { approved: event.kind === 'APPROVED', decidedAt: event.at, reasons: event.reasons ?? [] },
        outcome: null,
      };
    case 'IDENTITY_VERIFIED':
      return identity ? { identity: { ...identity, verifiedBy: 'OFFICER', verifiedAt: event.at } } : {};
    case 'RATED':
      return { rating: event.rating ?? null };
    case 'TRANSFERRED':
      return event.toZone === undefined ? {} : { zoneId: event.toZone, counter: undefined };
    default:
      return {};
  }
}

/**
 * Returns the case after one more event; null where its state doesn't allow the event.
 * @param before the case, or its head
 */
export function caseAfter<Head extends CaseHead>(
  before: Head,
  event: CaseEvent,
  caseType: Pick<CaseTypeFacts, 'opinionsFrom' | 'rule'>,
): Head | null {
  const course = afterEvent(before.course, event);
  if (!course) return null;
  return {
    ...before,
    ...changedBy(before, event),
    course,
    waitingOn: waitedFor(course, caseType),
    handler: handlerIn(course.state, caseType),
    updatedAt: event.at,
  };
}
