/** What is kept of a case beside its log, and what each event makes of it. */
import { type CaseBinding, RECEIVING_AGENCY } from '../access/relation.ts';
import type { CaseKind, CaseRoute, CaseTypeFacts } from '../case-types/case-type.ts';
import type { MediaType } from '../documents/media-type.ts';
import type { Localized } from '../locale.ts';
import type { IdentityFacts } from '../people/identity.ts';
import type { Agency, Verdict } from './agency.ts';
import type { StepLimit } from './deadline.ts';
import { afterEvent, type CaseCourse, type CaseEvent } from './fold.ts';
import { type CaseState, WAITING_ON, type WaitedFor } from './state.ts';

export type OutcomeRecord =
  | {
      readonly kind: 'HukouPermit';
      readonly permitNumber: string | null;
      /** Hexadecimal SHA-256 of the result document. */
      readonly documentSha256: string;
      readonly validTo: string | null;
    }
  | {
      readonly kind: 'HousingOffer';
      readonly facilityKind: string;
      /** Whole fen; for a subsidy: a month, or once. */
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
  /** Of a refusal. */
  readonly reasons: readonly Localized[];
}

/** The part of a case that its events change. */
export interface CaseHead {
  /** Folded from the case's events; `course.version` is the case's version. */
  readonly course: CaseCourse;
  readonly waitingOn: WaitedFor;
  readonly handler: Agency | null;
  /** The zone that answers for it: its officers handle it. */
  readonly zoneId: string;
  readonly decision: CaseDecisionFacts | null;
  readonly outcome: OutcomeRecord | null;
  /** 1 to 5. */
  readonly rating: number | null;
  /** Of the applicant, as the case was opened or an officer has verified it since; missing where nothing is known of it. */
  readonly identity?: IdentityFacts;
  readonly updatedAt: string;
}

/** What the applicant states; null where they did not. */
export interface Declared {
  /** The zone that they live in. */
  readonly residenceZoneId: string | null;
  /** Whether they own a dwelling in the city. */
  readonly ownsDwelling: boolean | null;
}

/** A case as far as rules look at it. */
export interface CaseSubject
  extends CaseHead,
    Pick<CaseBinding, 'id' | 'applicantId' | 'enterpriseId' | 'opinionsFrom'> {
  /** Masked forms; null once the applicant was erased. */
  readonly applicant: object | null;
  readonly kind: CaseKind;
  readonly route: CaseRoute;
  /** The limits of its type's version, which it keeps. */
  readonly limits: readonly StepLimit[];
  readonly beneficiary: { readonly relation: 'SELF' | 'SPOUSE' | 'CHILD' | 'PARENT' } | null;
  /** Null once the applicant was erased. */
  readonly declared?: Declared | null;
}

/** What is known of the child that a case is about, apart from everything else and never by name or birth date. */
export interface CaseChild {
  /** Whole years on the day that the case type asks about, or on the day of opening where it asks about none. */
  readonly age: number;
  /** On the day of opening: then a guardian's consent is needed (PIPL, art. 31). */
  readonly isUnderFourteen: boolean;
}

export interface CaseDocumentFacts {
  readonly code: string;
  readonly name: Localized;
  readonly status: 'ASKED' | 'RECEIVED' | 'CHECKED' | 'REFUSED';
  /** Both null until it is received; the hash is hexadecimal SHA-256. */
  readonly version: number | null;
  readonly sha256: string | null;
}

/** One file of a document, as it was taken in. It is never changed: another one is another version. */
export interface DocumentVersionFacts {
  readonly code: string;
  /** 1, 2, 3 … of its document. */
  readonly version: number;
  /** The upload that it came by: its file is found by it. */
  readonly uploadId: string;
  readonly mediaType: MediaType;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly receivedAt: string;
}

/** What was said of a file before it was sent. */
export interface AnnouncedFile {
  /** Of the upload. */
  readonly id: string;
  /** The document that it is for. */
  readonly code: string;
  readonly mediaType: MediaType;
  readonly size: number;
  readonly sha256: string;
}

/** What a file that was sent is. */
export interface FoundFile {
  /** By its own bytes; null where it is nothing that is taken in. */
  readonly mediaType: MediaType | null;
  readonly size: number;
  readonly sha256: string;
}

export interface OpinionFacts {
  readonly agency: Agency;
  /** Both null while it is awaited. */
  readonly verdict: Verdict | null;
  readonly givenAt: string | null;
}

/** All that an action on a case is decided by. */
export interface CaseSituation {
  readonly case: CaseSubject;
  /** In the version that the case keeps. */
  readonly caseType: CaseTypeFacts;
  readonly documents: readonly CaseDocumentFacts[];
  readonly opinions: readonly OpinionFacts[];
  readonly child: CaseChild | null;
  readonly lastEvent: CaseEvent;
  /** Codes of the documents that were asked for last, in another version where they were there: each must come. */
  readonly askedFor: readonly string[];
}

/** @param events the whole log of a case, in order */
export function lastAskedFor(events: readonly CaseEvent[]): readonly string[] {
  return events.findLast(({ kind }) => kind === 'SUPPLEMENT_REQUESTED')?.documents ?? [];
}

/** The agency that leads the review and decides. */
export function leadAgency({ opinionsFrom }: Pick<CaseTypeFacts, 'opinionsFrom'>): Agency {
  return opinionsFrom.at(-1) ?? RECEIVING_AGENCY;
}

/** Who has the case in hand in a state: the receiving agency until it is accepted, then the lead; null where nothing is to be done. */
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

/** Who has to do the next thing: a draft without the recommendation that it needs waits for the employer. */
export function waitedFor(course: CaseCourse, { conditions }: Pick<CaseTypeFacts, 'conditions'>): WaitedFor {
  const lacksRecommendation = conditions?.recommendation === true && !course.recommended;
  return course.state === 'DRAFT' && lacksRecommendation ? 'EMPLOYER' : WAITING_ON[course.state];
}

/** What an event makes of the decision, the outcome, the rating, the zone and the applicant's identity. */
function changedBy(
  { identity }: CaseHead,
  event: CaseEvent,
): Partial<Pick<CaseHead, 'decision' | 'outcome' | 'rating' | 'zoneId' | 'identity'>> {
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
      return event.toZone === undefined ? {} : { zoneId: event.toZone };
    default:
      return {};
  }
}

/**
 * The case after one more event; null where that may not happen then.
 * @param before the case, or the head of one
 */
export function caseAfter<Head extends CaseHead>(
  before: Head,
  event: CaseEvent,
  caseType: Pick<CaseTypeFacts, 'opinionsFrom' | 'conditions'>,
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
