import type { Calendar } from '../../../domain/calendar/calendar.ts';
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { caseDeadlines } from '../../../domain/cases/deadline.ts';
import { type DeadlineNotice, type Due, dueOf, endsOf, noticeId, noticesOfMove } from '../../../domain/cases/due.ts';
import type { CaseSituation } from '../../../domain/cases/file.ts';
import { workOf } from '../../../domain/work-list/work-item.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale, transact } from '../../dynamodb/transaction.ts';
import { attributeIs, check, courseVersionIs, isNew, put, remove, type Write } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';
import type { CaseFile } from '../cases/cases.ts';
import { deadlineNoticeItem, dueItem, noticeOutboxItem } from '../items.ts';
import { writeWork } from '../work-list/work-list.ts';

export type LoadedSituation = CaseSituation & CaseFile;

/** The time and the calendar of processing. */
export interface DeadlineContext {
  readonly now: Date;
  readonly calendar: Calendar;
}

/**
 * Records notices of a case, each once, with their outbox entries, and the next due event. It makes no event, so that
 * it conflicts with no change of the case by others.
 * @returns false where the case has changed since, or another run has recorded the same
 */
export async function recordNotices(
  table: Table,
  situation: LoadedSituation,
  notices: readonly DeadlineNotice[],
  { now, calendar }: DeadlineContext,
): Promise<boolean> {
  const due = dueAfter(situation, notices, { now, calendar });
  const writes = [isUnchanged(situation), ...noticeWrites(situation, notices), dueWrite(situation, due)];
  return (await transact(table, writes)).committed;
}

/** Returns the next due event after these notices are recorded. */
export function dueAfter(
  { case: of, caseType, notices: recorded }: LoadedSituation,
  notices: readonly DeadlineNotice[],
  { now, calendar }: DeadlineContext,
): Due | null {
  return dueOf({ case: of, caseType, recorded: [...recorded, ...notices] }, dayInShanghai(now), calendar);
}

/**
 * Recomputes the days of a case that another calendar computed, and records the moved ends.
 * @returns the notices, none where the days are the same; null where the case has changed since
 */
export async function recomputeDeadlines(
  table: Table,
  situation: LoadedSituation,
  { now, calendar }: DeadlineContext,
): Promise<readonly DeadlineNotice[] | null> {
  const { case: of, caseType, due: before } = situation;
  if (!before?.ends || before.ends.calendarVersion === calendar.version) return [];
  const notices = movedEnds(situation, { now, calendar });
  const due = dueAfter(situation, notices, { now, calendar });
  const isFirst = { when: attributeIs('calendarVersion', before.calendarVersion), otherwise: STALE } as const;
  const work = workOf(of, caseType, dayInShanghai(now), calendar);
  const outcome = await transact<Stale>(table, [
    isUnchanged(situation),
    due ? put<Stale>(dueItem(due), isFirst) : remove<Stale>(talentKeys.due(of.id), isFirst),
    ...noticeWrites(situation, notices),
    ...work.map((entry) => writeWork(entry, true)),
  ]);
  return outcome.committed ? notices : null;
}

/** Returns the notices of a case's stored ends that another calendar has moved. */
export function movedEnds(
  { case: { course, limits }, due, notices }: Pick<LoadedSituation, 'case' | 'due' | 'notices'>,
  { now, calendar }: DeadlineContext,
): readonly DeadlineNotice[] {
  if (!due?.ends || due.ends.calendarVersion === calendar.version) return [];
  // As of the same day, since the ends of a paused clock move without any change of the calendar.
  const after = caseDeadlines(course, limits, due.asOf, calendar);
  const known = new Set(notices.map(noticeId));
  const moved = after ? noticesOfMove(due.ends, endsOf(after), course.version, now) : [];
  return moved.filter((notice) => !known.has(noticeId(notice)));
}

function isUnchanged({ case: of }: LoadedSituation): Write<Stale> {
  return check(talentKeys.case(of.id), { when: courseVersionIs(of.course.version), otherwise: STALE });
}

function dueWrite({ case: of }: LoadedSituation, due: Due | null): Write<Stale> {
  return due ? put(dueItem(due)) : remove(talentKeys.due(of.id));
}

export function noticeWrites(
  { case: of }: Pick<LoadedSituation, 'case'>,
  notices: readonly DeadlineNotice[],
): Write<Stale>[] {
  return notices.flatMap((notice) => [
    put<Stale>(deadlineNoticeItem(of.id, notice), { when: isNew, otherwise: STALE }),
    put<Stale>(noticeOutboxItem(of, notice)),
  ]);
}
