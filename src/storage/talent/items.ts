/**
 * The items of the talent table, as stored, each beside the function that makes it from its facts. Personal data are in
 * masked form only.
 */
import { isRecommended } from '../../domain/access/case-relation.ts';
import type { CaseKind, CaseRoute, CaseTypeFacts } from '../../domain/case-types/case-type.ts';
import type { Agency } from '../../domain/cases/agency.ts';
import type { StepLimit } from '../../domain/cases/deadline.ts';
import { type DeadlineNotice, type Due, noticeId } from '../../domain/cases/due.ts';
import type { CaseChild, CaseDocumentFacts, CaseHead, Declared, OpinionFacts } from '../../domain/cases/file.ts';
import type { CaseEvent } from '../../domain/cases/fold.ts';
import type { Claim } from '../../domain/work-list/claim.ts';
import type { Work } from '../../domain/work-list/work-item.ts';
import { shardOf, talentIndexes, talentKeys } from '../tables.ts';
import type { SealedFields } from './people/items.ts';

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

/** Any version of a case type, including the current one. It never changes. */
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

/** Masked forms, made by `domain/people/masking.ts` before storage. */
export interface MaskedApplicant {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
}

/** A case. Its head is folded from its events, in the transaction that appends one. */
export interface CaseFacts extends CaseHead {
  readonly id: string;
  readonly receiptNumber: string;
  readonly kind: CaseKind;
  readonly route: CaseRoute;
  /** The version of the case's type, which the case stays on. */
  readonly caseTypeId: string;
  readonly caseTypeVersion: number;
  /** The arrangement of that version; missing where the case type itself holds. */
  readonly arrangement?: string;
  /** The applicant, as the issuer names them (`Viewer.person`); never an identity number. */
  readonly applicantId: string;
  /** The agencies whose opinions the version requires; the deciding one is last. */
  readonly opinionsFrom: readonly Agency[];
  /** The limits of that version. Deadlines are computed from them on each read. */
  readonly limits: readonly StepLimit[];
  /** Null after the person's erasure. */
  readonly applicant: MaskedApplicant | null;
  readonly beneficiary: {
    readonly relation: 'SELF' | 'SPOUSE' | 'CHILD' | 'PARENT';
    /** Free text of the applicant. */
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
  // A case before its submission is in no officer's list.
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

/** The case of a receipt number. */
export type ReceiptItem = ReturnType<typeof receiptItem>;
export function receiptItem(receiptNumber: string, caseId: string) {
  return { receiptNumber, caseId, ...talentKeys.receipt(receiptNumber), type: 'Receipt' as const };
}

/** One event of a case. It is appended and never changes. */
export type CaseEventItem = ReturnType<typeof caseEventItem>;
export function caseEventItem(caseId: string, event: CaseEvent) {
  return { ...event, caseId, ...talentKeys.event(caseId, event.sequence), type: 'CaseEvent' as const };
}

/** An event that statistics have counted, with the instant of counting. */
export type CountedEventItem = CaseEventItem & { readonly countedAt: string };

export type CaseDocumentItem = ReturnType<typeof caseDocumentItem>;
export function caseDocumentItem(
  caseId: string,
  /** `sealed`: the officer's note to the applicant; null after the applicant's erasure. */
  document: CaseDocumentFacts & { readonly sealed?: SealedFields<'note'> | null },
) {
  return { ...document, caseId, ...talentKeys.document(caseId, document.code), type: 'CaseDocument' as const };
}

export type OpinionItem = ReturnType<typeof opinionItem>;
export function opinionItem(caseId: string, opinion: OpinionFacts) {
  return { ...opinion, caseId, ...talentKeys.opinion(caseId, opinion.agency), type: 'Opinion' as const };
}

/** The stored facts of a child, without name and birth date. */
export type CaseChildItem = ReturnType<typeof caseChildItem>;
export function caseChildItem(caseId: string, child: CaseChild) {
  return { ...child, caseId, ...talentKeys.caseChild(caseId), type: 'CaseChild' as const };
}

/**
 * A work item in an agency's list. `worklist(zone, agency, state, dueBefore)` is one Query of an index, oldest due
 * first.
 */
export type WorkItem = ReturnType<typeof workItem>;
export function workItem(work: Work, claim: Claim | null = null) {
  const { caseId, zoneId, agency, state, dueOn } = work;
  return {
    ...work,
    /** Changes of the work item leave the claim unchanged. */
    claim,
    ...talentKeys.work(caseId, agency),
    ...talentIndexes.workOfAgency(zoneId, agency, dueOn, caseId),
    ...talentIndexes.workInState(zoneId, agency, state, dueOn, caseId),
    type: 'Work' as const,
  };
}

/** The next due event of a case, found by its day, and by the calendar of its days. */
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

/** A deadline notice of a case. It is put once and never changes. */
export type DeadlineNoticeItem = ReturnType<typeof deadlineNoticeItem>;
export function deadlineNoticeItem(caseId: string, notice: DeadlineNotice) {
  return { ...notice, caseId, ...talentKeys.notice(caseId, noticeId(notice)), type: 'DeadlineNotice' as const };
}

/** The day up to which due events are processed, and the calendars of stored days. */
export type DeadlineBookmarkItem = ReturnType<typeof deadlineBookmarkItem>;
export function deadlineBookmarkItem(doneUpTo: string, calendars: readonly string[]) {
  return {
    ...talentKeys.deadlineBookmark(),
    doneUpTo,
    calendars: new Set(calendars),
    type: 'DeadlineBookmark' as const,
  };
}

/** The outbox entry of an event: its case and number, without personal data. */
export interface OutboxFacts {
  readonly caseId: string;
  readonly sequence: number;
  readonly kind: CaseEvent['kind'];
  /** The zone that handles the case after the event. */
  readonly zoneId: string;
  /** Another zone that is told: the one that transferred the case by the event, or whose counter received it. */
  readonly fromZoneId?: string | undefined;
  /** Set where the case is still a draft after the event. */
  readonly isDraft?: boolean | undefined;
  readonly at: string;
}

/**
 * An outbox entry, put with its event. The delivery sets `delivered` and removes `gsi1pk` and `gsi1sk` with one
 * conditional write.
 */
export type OutboxItem = ReturnType<typeof outboxItem>;
export function outboxItem(facts: OutboxFacts) {
  const { caseId, sequence, fromZoneId, at } = facts;
  const key = talentKeys.outbox(caseId, sequence);
  const ofGiver = fromZoneId === undefined ? {} : talentIndexes.feedOfGiver(fromZoneId, at, caseId, key.sk);
  return { ...facts, ...key, ...toBeDelivered(facts, key.sk), ...ofGiver };
}

/**
 * Returns the attributes of every outbox entry: it waits for delivery, and is found by zone and day.
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

/** Returns the outbox entry of a deadline notice. The zone of the counter is told too. */
export function noticeOutboxItem(
  { id: caseId, zoneId, counter }: Pick<CaseFacts, 'id' | 'zoneId' | 'counter'>,
  notice: DeadlineNotice,
) {
  const { kind, step, dueOn, at } = notice;
  const key = talentKeys.outboxOfNotice(caseId, noticeId(notice));
  const toCounter = counter && {
    fromZoneId: counter.zoneId,
    ...talentIndexes.feedOfGiver(counter.zoneId, at, caseId, key.sk),
  };
  return {
    caseId,
    kind,
    step,
    dueOn,
    zoneId,
    at,
    ...key,
    ...toBeDelivered({ caseId, zoneId, at }, key.sk),
    ...toCounter,
  };
}

/** The delivery of an outbox entry to one endpoint. */
export interface DeliveryFacts {
  readonly caseId: string;
  readonly entry: string;
  readonly endpointId: string;
  readonly state: 'WAITING' | 'DELIVERED' | 'GIVEN_UP';
  readonly attempts: number;
  /** The earliest instant of the next attempt. */
  readonly nextAttemptAt: string;
  /** The status of the newest response; null without a response. */
  readonly lastStatus: number | null;
  /** The lease of the running attempt. Another one starts only after the next attempt is due. */
  readonly lease: string | null;
  /** The instant of the last attempt; null before the first one. */
  readonly attemptedAt: string | null;
}

export type DeliveryItem = ReturnType<typeof deliveryItem>;
/**
 * @param listedAt the instant by which the endpoint's log lists the delivery: the last attempt or the request for one
 */
export function deliveryItem(facts: DeliveryFacts, listedAt: string) {
  const { caseId, entry, endpointId } = facts;
  return {
    ...facts,
    ...talentKeys.delivery(caseId, entry, endpointId),
    ...talentIndexes.deliveriesTo(endpointId, listedAt, caseId, entry),
    type: 'Delivery' as const,
  };
}
