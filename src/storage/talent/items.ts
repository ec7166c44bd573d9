/**
 * The items of the talent table, as they are stored, each beside the function that makes it: what goes in are the facts,
 * what comes out has its keys. Of a person there are only masked forms here.
 */
import { isRecommended } from '../../domain/access/relation.ts';
import type { StepLimit } from '../../domain/case-deadline.ts';
import type { Agency, CaseCourse, CaseEvent } from '../../domain/case-fold.ts';
import type { WaitedFor } from '../../domain/case-state.ts';
import type { Localized } from '../../domain/locale.ts';
import { talentIndexes, talentKeys } from '../tables.ts';

export const CASE_KINDS = ['HUKOU', 'HOUSING', 'SCHOOLING'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

export type CaseRoute =
  | 'ACADEMIC'
  | 'QUALIFICATION'
  | 'SKILL'
  | 'ENTREPRENEUR'
  | 'URGENTLY_NEEDED'
  | 'TALENT_APARTMENT'
  | 'PUBLIC_RENTAL'
  | 'RENT_SUBSIDY'
  | 'PURCHASE_SUBSIDY'
  | 'KINDERGARTEN'
  | 'PRIMARY_SCHOOL';

export interface CaseTypeFacts {
  readonly id: string;
  readonly version: number;
  readonly kind: CaseKind;
  readonly route: CaseRoute;
  readonly name: Localized;
  /** The policy that it carries out. */
  readonly policyId: string | null;
  readonly requiredDocuments: readonly {
    readonly code: string;
    readonly name: Localized;
    readonly required: boolean;
  }[];
  readonly opinionsFrom: readonly Agency[];
  /** Both days included; null where applications are taken always. */
  readonly window: { readonly opensOn: string; readonly closesOn: string } | null;
  readonly limits: readonly StepLimit[];
  readonly retentionYears: number;
}

/** The current version of a case type. */
export type CaseTypeItem = ReturnType<typeof caseTypeItem>;
export function caseTypeItem(caseType: CaseTypeFacts) {
  return {
    ...caseType,
    ...talentKeys.caseType(caseType.id),
    ...talentIndexes.caseTypes(caseType.id),
    ...talentIndexes.caseTypesOfKind(caseType.kind, caseType.id),
    type: 'CaseType' as const,
  };
}

/** Any version of a case type, the current one too: it never changes. */
export type CaseTypeVersionItem = ReturnType<typeof caseTypeVersionItem>;
export function caseTypeVersionItem(caseType: CaseTypeFacts) {
  return {
    ...caseType,
    ...talentKeys.caseTypeVersion(caseType.id, caseType.version),
    type: 'CaseTypeVersion' as const,
  };
}

export type PolicyCaseTypesItem = ReturnType<typeof policyCaseTypesItem>;
export function policyCaseTypesItem(policyId: string, caseTypeIds: readonly string[]) {
  return { policyId, caseTypeIds, ...talentKeys.caseTypesOfPolicy(policyId), type: 'PolicyCaseTypes' as const };
}

/** Masked forms, made by `domain/masking.ts` before they were stored. */
export interface MaskedApplicant {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
}

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

export interface CaseFacts {
  readonly id: string;
  readonly receiptNumber: string;
  readonly kind: CaseKind;
  readonly route: CaseRoute;
  /** In the version that the case was accepted under. */
  readonly caseTypeId: string;
  readonly caseTypeVersion: number;
  /** Folded from the case's events, in the transaction that appends one; `course.version` is the case's version. */
  readonly course: CaseCourse;
  readonly waitingOn: WaitedFor;
  readonly handler: Agency | null;
  /** Whose case it is: what the issuer calls the person (`Viewer.person`); never a number of theirs. */
  readonly applicantId: string;
  /** The zone that answers for it: its officers handle it. */
  readonly zoneId: string;
  /** The agencies that the version asks for their opinion, the one that decides last. */
  readonly opinionsFrom: readonly Agency[];
  /** The limits of that version: a case keeps them, and its deadlines are computed from them when it is read. */
  readonly limits: readonly StepLimit[];
  /** Null once the person was erased. */
  readonly applicant: MaskedApplicant | null;
  readonly beneficiary: {
    readonly relation: 'SELF' | 'SPOUSE' | 'CHILD' | 'PARENT';
    /** The applicant's own words. */
    readonly label?: string;
  } | null;
  readonly decision: {
    readonly approved: boolean;
    readonly decidedAt: string;
    readonly reasons: readonly Localized[];
  } | null;
  readonly outcome: OutcomeRecord | null;
  /** 1 to 5. */
  readonly rating: number | null;
  readonly enterpriseId: string | null;
  readonly parkId: string | null;
  readonly policyId: string | null;
  /** RFC 3339, UTC, with milliseconds. */
  readonly openedAt: string;
  readonly updatedAt: string;
}

export type CaseItem = ReturnType<typeof caseItem>;
export function caseItem(facts: CaseFacts) {
  const order = `${facts.openedAt}#${facts.id}`;
  const { zoneId, parkId, enterpriseId, course } = facts;
  // What isn't handed in is in no officer's list.
  const isHandedIn = course.submittedOn !== null;
  return {
    ...facts,
    ...talentKeys.case(facts.id),
    ...(isHandedIn && parkId !== null ? talentIndexes.casesOfPark(zoneId, parkId, order) : {}),
    ...(isHandedIn && parkId !== null ? talentIndexes.casesInState(zoneId, parkId, course.state, order) : {}),
    ...(isHandedIn && enterpriseId !== null ? talentIndexes.casesOfEnterprise(zoneId, enterpriseId, order) : {}),
    ...(enterpriseId !== null && isRecommended(facts) ? talentIndexes.casesOfEmployer(enterpriseId, order) : {}),
    type: 'TalentCase' as const,
  };
}

/** A case in its applicant's list. */
export type ApplicantCaseItem = ReturnType<typeof applicantCaseItem>;
export function applicantCaseItem({ id, applicantId, openedAt }: Pick<CaseFacts, 'id' | 'applicantId' | 'openedAt'>) {
  return {
    caseId: id,
    ...talentKeys.caseOfApplicant(id),
    ...talentIndexes.casesOfApplicant(applicantId, `${openedAt}#${id}`),
    type: 'ApplicantCase' as const,
  };
}

/** Which case has a receipt number. */
export type ReceiptItem = ReturnType<typeof receiptItem>;
export function receiptItem(receiptNumber: string, caseId: string) {
  return { receiptNumber, caseId, ...talentKeys.receipt(receiptNumber), type: 'Receipt' as const };
}

/** One event of a case: appended, never changed. */
export type CaseEventItem = ReturnType<typeof caseEventItem>;
export function caseEventItem(caseId: string, event: CaseEvent) {
  return { ...event, caseId, ...talentKeys.event(caseId, event.sequence), type: 'CaseEvent' as const };
}

/** An event whose change is in the statistics: `countedAt` is when it was counted. */
export type CountedEventItem = CaseEventItem & { readonly countedAt: string };

export interface CaseDocumentFacts {
  readonly code: string;
  readonly name: Localized;
  readonly status: 'ASKED' | 'RECEIVED' | 'CHECKED' | 'REFUSED';
  /** Both null until it is received; the hash is hexadecimal SHA-256. */
  readonly version: number | null;
  readonly sha256: string | null;
}

export type CaseDocumentItem = ReturnType<typeof caseDocumentItem>;
export function caseDocumentItem(caseId: string, document: CaseDocumentFacts) {
  return { ...document, caseId, ...talentKeys.document(caseId, document.code), type: 'CaseDocument' as const };
}

export interface OpinionFacts {
  readonly agency: Agency;
  /** Both null while it is awaited. */
  readonly verdict: 'AGREE' | 'DISAGREE' | null;
  readonly givenAt: string | null;
}

export type OpinionItem = ReturnType<typeof opinionItem>;
export function opinionItem(caseId: string, opinion: OpinionFacts) {
  return { ...opinion, caseId, ...talentKeys.opinion(caseId, opinion.agency), type: 'Opinion' as const };
}
