/**
 * The items of the talent table, as they are stored, each beside the function that makes it: what goes in are the facts,
 * what comes out has its keys. Of a person there are only masked forms here.
 */
import { isRecommended } from '../../domain/access/relation.ts';
import type { CaseKind, CaseRoute, CaseTypeFacts } from '../../domain/case-types/case-type.ts';
import type { Agency } from '../../domain/cases/agency.ts';
import type { StepLimit } from '../../domain/cases/deadline.ts';
import type { Due } from '../../domain/cases/due.ts';
import type { CaseChild, CaseDocumentFacts, CaseHead, Declared, OpinionFacts } from '../../domain/cases/file.ts';
import type { CaseEvent } from '../../domain/cases/fold.ts';
import { type DeadlineNotice, noticeId } from '../../domain/cases/notice.ts';
import type { Claim } from '../../domain/work-list/claim.ts';
import type { Work } from '../../domain/work-list/work-item.ts';
import { shardOf, talentIndexes, talentKeys } from '../tables.ts';

export type { CaseKind, CaseRoute, CaseTypeFacts } from '../../domain/case-types/case-type.ts';
export type { CaseDocumentFacts, OpinionFacts, OutcomeRecord } from '../../domain/cases/file.ts';

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

/** Masked forms, made by `domain/people/masking.ts` before they were stored. */
export interface MaskedApplicant {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
}

/** The head is folded from the case's events, in the transaction that appends one. */
export interface CaseFacts extends CaseHead {
  readonly id: string;
  readonly receiptNumber: string;
  readonly kind: CaseKind;
  readonly route: CaseRoute;
  /** In the version that the case was accepted under. */
  readonly caseTypeId: string;
  readonly caseTypeVersion: number;
  /** Whose case it is: what the issuer calls the person (`Viewer.person`); never a number of theirs. */
  readonly applicantId: string;
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
  readonly declared?: Declared | null;
  readonly enterpriseId: string | null;
  readonly parkId: string | null;
  readonly policyId: string | null;
  /** RFC 3339, UTC, with milliseconds. */
  readonly openedAt: string;
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

export type CaseDocumentItem = ReturnType<typeof caseDocumentItem>;
export function caseDocumentItem(caseId: string, document: CaseDocumentFacts) {
  return { ...document, caseId, ...talentKeys.document(caseId, document.code), type: 'CaseDocument' as const };
}

export type OpinionItem = ReturnType<typeof opinionItem>;
export function opinionItem(caseId: string, opinion: OpinionFacts) {
  return { ...opinion, caseId, ...talentKeys.opinion(caseId, opinion.agency), type: 'Opinion' as const };
}

/** What is kept of a child: no name and no birth date. */
export type CaseChildItem = ReturnType<typeof caseChildItem>;
export function caseChildItem(caseId: string, child: CaseChild) {
  return { ...child, caseId, ...talentKeys.caseChild(caseId), type: 'CaseChild' as const };
}

/** A case in an agency's list: `worklist(zone, agency, state, dueBefore)` is one Query of an index, oldest due first. */
export type WorkItem = ReturnType<typeof workItem>;
export function workItem(work: Work, claim: Claim | null = null) {
  const { caseId, zoneId, agency, state, dueOn } = work;
  return {
    ...work,
    /** What changes the work leaves it as it is. */
    claim,
    ...talentKeys.work(caseId, agency),
    ...talentIndexes.workOfAgency(zoneId, agency, dueOn, caseId),
    ...talentIndexes.workInState(zoneId, agency, state, dueOn, caseId),
    type: 'Work' as const,
  };
}

/** What falls due next in a case: found by its day, and by the calendar that its days were computed with. */
export type DueItem = ReturnType<typeof dueItem>;
export function dueItem(due: Due) {
  const { caseId, on, ends } = due;
  const shard = shardOf(caseId);
  return {
    ...due,
    ...talentKeys.due(caseId),
    ...(on === null ? {} : talentIndexes.dueOn(on, shard, caseId)),
    ...(ends === null ? {} : talentIndexes.dueByCalendar(ends.calendarVersion, shard, caseId)),
    calendarVersion: ends?.calendarVersion ?? null,
    type: 'Due' as const,
  };
}

/** What the clock has brought about in a case: put once, never changed. */
export type DeadlineNoticeItem = ReturnType<typeof deadlineNoticeItem>;
export function deadlineNoticeItem(caseId: string, notice: DeadlineNotice) {
  return { ...notice, caseId, ...talentKeys.notice(caseId, noticeId(notice)), type: 'DeadlineNotice' as const };
}

/** Up to which day all that fell due is looked after, and by which calendars days may have been computed. */
export type DeadlineBookmarkItem = ReturnType<typeof deadlineBookmarkItem>;
export function deadlineBookmarkItem(doneUpTo: string, calendars: readonly string[]) {
  return {
    ...talentKeys.deadlineBookmark(),
    doneUpTo,
    calendars: new Set(calendars),
    type: 'DeadlineBookmark' as const,
  };
}

/** An event that others are to be told of: which one of which case, and nothing of a person. */
export interface OutboxFacts {
  readonly caseId: string;
  readonly sequence: number;
  readonly kind: CaseEvent['kind'];
  /** The zone that answers for the case after the event. */
  readonly zoneId: string;
  /** The zone that has given it away by the event. */
  readonly fromZoneId?: string | undefined;
  /** Whether the case isn't handed in after the event. */
  readonly isDraft?: boolean | undefined;
  readonly at: string;
}

/** Put with the event; whoever delivers it sets `delivered` and removes `gsi1pk` and `gsi1sk` with one conditional write. */
export type OutboxItem = ReturnType<typeof outboxItem>;
export function outboxItem(facts: OutboxFacts) {
  const { caseId, sequence, fromZoneId, at } = facts;
  const key = talentKeys.outbox(caseId, sequence);
  const ofGiver = fromZoneId === undefined ? {} : talentIndexes.feedOfGiver(fromZoneId, at, caseId, key.sk);
  return { ...facts, ...key, ...toBeDelivered(facts, key.sk), ...ofGiver };
}

/**
 * What every entry of the outbox has, whatever it tells of: it waits for its delivery, and is found by zone and day.
 * @param entry the sort key of its item in the partition `OUTBOX#<case>`
 */
export function toBeDelivered({ caseId, zoneId, at }: Pick<OutboxFacts, 'caseId' | 'zoneId' | 'at'>, entry: string) {
  return {
    delivered: false,
    ...talentIndexes.undelivered(shardOf(caseId), at, caseId, entry),
    ...talentIndexes.feed(zoneId, at, caseId, entry),
    type: 'Outbox' as const,
  };
}

/** A notice that others are to be told of. */
export function noticeOutboxItem(caseId: string, zoneId: string, notice: DeadlineNotice) {
  const { kind, step, dueOn, at } = notice;
  const key = talentKeys.outboxOfNotice(caseId, noticeId(notice));
  return { caseId, kind, step, dueOn, zoneId, at, ...key, ...toBeDelivered({ caseId, zoneId, at }, key.sk) };
}

/** How an entry of the outbox stands with one endpoint. */
export interface DeliveryFacts {
  readonly caseId: string;
  readonly entry: string;
  readonly endpointId: string;
  readonly state: 'WAITING' | 'DELIVERED' | 'GIVEN_UP';
  readonly attempts: number;
  /** The earliest instant of the next attempt. */
  readonly nextAttemptAt: string;
  /** The status of the newest answer; null where there was none. */
  readonly lastStatus: number | null;
  /** The mark of whoever is at it: nobody else begins before the next attempt is due. */
  readonly lease: string | null;
}

export type DeliveryItem = ReturnType<typeof deliveryItem>;
export function deliveryItem(facts: DeliveryFacts) {
  const { caseId, entry, endpointId } = facts;
  return { ...facts, ...talentKeys.delivery(caseId, entry, endpointId), type: 'Delivery' as const };
}
