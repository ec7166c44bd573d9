import { CALENDAR } from '../../domain/calendar.ts';
import { dueOf, fallenDue, type Watched } from '../../domain/cases/due.ts';
import type { DeadlineNotice } from '../../domain/cases/notice.ts';
import type { CaseTypeFacts } from '../../domain/cases/type.ts';
import { addDays, shanghaiInstant } from '../../domain/day.ts';
import type { PrimaryKey } from '../../storage/tables.ts';
import { deadlineBookmarkItem, deadlineNoticeItem, dueItem } from '../../storage/talent/items.ts';
import type { DemoCase } from './cases.ts';

/** As if the schedule had always run: what it would have noted of the case by the anchor day, and what falls due next. */
export function* caseDeadlineItems(
  { facts }: DemoCase,
  caseType: CaseTypeFacts,
  anchor: string,
): Generator<PrimaryKey> {
  const noted: DeadlineNotice[] = [];
  const watched: Watched = { case: facts, caseType, noted };
  let due = dueOf(watched, facts.openedAt.slice(0, 10));
  while (due?.on && due.on <= anchor) {
    const { notices, action } = fallenDue(watched, shanghaiInstant(due.on, '00:30:00'));
    if (action || notices.length === 0) throw new Error(`${facts.id} should have been done with by the anchor day`);
    noted.push(...notices);
    due = dueOf(watched, due.on);
  }
  for (const notice of noted) yield deadlineNoticeItem(facts.id, notice);
  const next = dueOf(watched, anchor);
  if (next) yield dueItem(next);
}

/** From which day on the schedule has to look. */
export const demoBookmarkItem = (anchor: string) => deadlineBookmarkItem(addDays(anchor, -1), [CALENDAR.version]);
