/** The writes of a case's changes: the case and its event, and what follows from it in lists, deadlines and places. */
import type { Calendar } from '../../../domain/calendar/calendar.ts';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import type { CaseTypeFacts } from '../../../domain/case-types/case-type.ts';
import type { Agency } from '../../../domain/cases/agency.ts';
import type { CaseChange } from '../../../domain/cases/decide.ts';
import { type DeadlineNotice, dueOf } from '../../../domain/cases/due.ts';
import type { CaseSituation } from '../../../domain/cases/file.ts';
import type { CaseEvent } from '../../../domain/cases/fold.ts';
import type { CaseBeginning } from '../../../domain/cases/open.ts';
import { type CasePlaceFacts, FACILITY_FULL } from '../../../domain/cases/place.ts';
import { agenciesInCharge, workOf, workZone } from '../../../domain/work-list/work-item.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import {
  and,
  attributeIs,
  attributeIsLess,
  type Condition,
  courseVersionIs,
  isNew,
  put,
  remove,
  update,
  versionIs,
  type Write,
} from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';
import { movedEnds, noticeWrites } from '../deadlines/record-notices.ts';
import {
  applicantCaseItem,
  type CaseFacts,
  type CaseItem,
  caseChildItem,
  caseDocumentItem,
  caseEventItem,
  caseItem,
  dueItem,
  opinionItem,
  outboxItem,
  receiptItem,
} from '../items.ts';
import { casePlaceItem } from '../places/items.ts';
import { writeWork } from '../work-list/work-list.ts';
import type { CaseFile } from './cases.ts';

/** The facts beside an event that decide what falls due after it. */
interface EventContext {
  readonly caseType: CaseTypeFacts;
  readonly recorded: readonly DeadlineNotice[];
  readonly now: Date;
  readonly calendar: Calendar;
}

/** Returns the writes that every change of a case has: its event, the outbox entry, and the next due event. */
function writesAfter(
  after: CaseFacts,
  event: CaseEvent,
  { caseType, recorded, now, calendar }: EventContext,
): Write<Stale>[] {
  const { id, zoneId, course } = after;
  const { sequence, kind, at } = event;
  const isDraft = course.submittedOn === null;
  const today = dayInShanghai(now);
  const due = dueOf({ case: after, caseType, recorded }, today, calendar);
  return [
    put<Stale>(caseEventItem(id, event), { when: isNew, otherwise: STALE }),
    put(
      outboxItem({
        caseId: id,
        sequence,
        kind,
        zoneId,
        fromZoneId: event.fromZone ?? after.counter?.zoneId,
        isDraft,
        at,
      }),
    ),
    due ? put(dueItem(due)) : remove(talentKeys.due(id)),
  ];
}

/** Returns the writes of a change of a case as loaded. */
export function changeWrites(loaded: CaseSituation & CaseFile, change: CaseChange, now: Date): Write<Stale>[] {
  const { case: before, caseType, calendar } = loaded;
  // After a change of the calendar, this change may come before the schedule that recomputes the days.
  const moved = movedEnds(loaded, { now, calendar });
  const after = caseItem({ ...before, ...change.head });
  const inCharge = agenciesInCharge(after, caseType);
  const wereInCharge = agenciesInCharge(before, caseType);
  const released = wereInCharge.filter((agency) => !inCharge.includes(agency));
  const isSameList = (agency: Agency) => workZone(before) === workZone(after) && wereInCharge.includes(agency);
  return [
    put<Stale>(after, { when: isAsLoaded(before), otherwise: STALE }),
    ...writesAfter(after, change.event, { caseType, recorded: [...loaded.notices, ...moved], now, calendar }),
    ...noticeWrites(loaded, moved),
    ...workOf(after, caseType, dayInShanghai(now), calendar).map((work) => writeWork(work, isSameList(work.agency))),
    ...released.map((agency) => remove<Stale>(talentKeys.work(after.id, agency))),
    ...change.documents.map((document) => put<Stale>(caseDocumentItem(after.id, document))),
    ...change.opinions.map((opinion) => put<Stale>(opinionItem(after.id, opinion))),
  ];
}

/**
 * Returns the condition that the case has had no event and no erasure since it was loaded. An erasure removes the
 * masked forms, and is no event.
 */
export function isAsLoaded({ course, applicant }: CaseItem): Condition {
  return and(courseVersionIs(course.version), attributeIs('applicant', applicant));
}

/** Returns the writes that open a case. */
export function openingWrites(
  beginning: CaseBeginning,
  { caseType, calendar, now }: Omit<EventContext, 'recorded'>,
): Write<Stale>[] {
  const { case: opened, event, documents, child } = beginning;
  return [
    put<Stale>(caseItem(opened), { when: isNew, otherwise: STALE }),
    // If another case has this number, the caller tries again with another number.
    put<Stale>(receiptItem(opened.receiptNumber, opened.id), { when: isNew, otherwise: STALE }),
    put(applicantCaseItem(opened)),
    ...writesAfter(opened, event, { caseType, recorded: [], now, calendar }),
    ...workOf(opened, caseType, dayInShanghai(now), calendar).map((work) => writeWork(work, false)),
    ...documents.map((document) => put<Stale>(caseDocumentItem(opened.id, document))),
    ...(child ? [put<Stale>(caseChildItem(opened.id, child))] : []),
  ];
}

/** The refusal of a place beyond a facility's capacity. */
export type FacilityFull = typeof FACILITY_FULL;

/**
 * Returns the writes of a change of a case's place: the place, and the facility's counter. Two changes of one place
 * exclude each other, and no decision takes a place beyond the capacity, however many come at once.
 */
export function placeWrites(
  caseId: string,
  before: CasePlaceFacts | null,
  after: CasePlaceFacts | null,
): Write<Stale | FacilityFull>[] {
  if (!after) return [];
  const counter = talentKeys.placesOf(after.facilityId);
  const ifFree = { when: attributeIsLess('taken', 'capacity'), otherwise: FACILITY_FULL };
  return [
    put<Stale>(casePlaceItem(caseId, after), { when: versionIs(before?.version ?? 0), otherwise: STALE }),
    after.endedAt === null
      ? update<FacilityFull>(counter, { add: { taken: 1, changes: 1 } }, ifFree)
      : update(counter, { add: { taken: -1, changes: 1 } }),
  ];
}
