import { CALENDAR } from '../../../domain/calendar/calendar.ts';
import { addDays, shanghaiInstant } from '../../../domain/calendar/day.ts';
import type { CaseTypeFacts } from '../../../domain/case-types/case-type.ts';
import { type DeadlineNotice, dueOf, fallenDue, type Watched } from '../../../domain/cases/due.ts';
import type { Claim } from '../../../domain/work-list/claim.ts';
import { type Work, workOf } from '../../../domain/work-list/work-item.ts';
import type { PrimaryKey } from '../../../storage/tables.ts';
import { deadlineBookmarkItem, deadlineNoticeItem, dueItem, workItem } from '../../../storage/talent/items.ts';
import { type CountedAs, countedWorkItem, workTallyItems } from '../../../storage/talent/work-list/work-count-items.ts';
import { DEMO_OFFICERS } from '../officers.ts';
import type { DemoCase } from './cases.ts';

/** Agencies' work-list entries of cases, and their counts, because an import makes no stream records. */
export interface DemoWork {
  /** Yields the entries of a case, each with its counted form. */
  of(made: DemoCase, caseType: CaseTypeFacts): Generator<PrimaryKey>;
  /** Returns the sums over all cases made. */
  sums(): readonly PrimaryKey[];
}

/**
 * Makes the work lists.
 * @param anchor the day that counts as today; paused limits are computed for it
 */
export function demoWork(anchor: string): DemoWork {
  // Keyed by place, of which there are few, instead of by case.
  const counts = new Map<string, { readonly entry: CountedAs; readonly by: number }>();
  return {
    *of(made, caseType) {
      for (const work of workOf(made.facts, caseType, anchor, CALENDAR)) {
        yield workItem(work, claimOf(work, made));
        yield countedWorkItem(work);
        const place = `${work.zoneId} ${work.agency} ${work.dueOn} ${work.state}`;
        counts.set(place, { entry: work, by: (counts.get(place)?.by ?? 0) + 1 });
      }
    },
    sums: () => workTallyItems(counts.values()),
  };
}

/** One of so many reviews is claimed; the park office, whose list a local officer opens first, has claimed none. */
const CLAIMED_ONE_OF = 4;

/** Returns the claim of a reviewing agency's officer, an hour after the review began; null where nobody has claimed the work. */
function claimOf({ zoneId, agency }: Work, { facts: { receiptNumber, course }, events }: DemoCase): Claim | null {
  if (course.state !== 'UNDER_REVIEW' || agency === 'PARK') return null;
  const begun = events.findLast(({ kind }) => kind === 'REVIEW_STARTED');
  const officer = DEMO_OFFICERS.find((each) => each.zone === zoneId && each.agency === agency);
  if (!begun || !officer || Number(receiptNumber.slice(-6)) % CLAIMED_ONE_OF !== 0) return null;
  return { by: officer.person, at: new Date(Date.parse(begun.at) + 3_600_000).toISOString() };
}

/**
 * Yields the schedule's state of a case, as if the schedule had always run: its reminders by the anchor day and the
 * next due one.
 */
export function* caseDeadlineItems(
  { facts }: DemoCase,
  caseType: CaseTypeFacts,
  anchor: string,
): Generator<PrimaryKey> {
  const recorded: DeadlineNotice[] = [];
  const watched: Watched = { case: facts, caseType, recorded };
  let due = dueOf(watched, facts.openedAt.slice(0, 10), CALENDAR);
  while (due?.on && due.on <= anchor) {
    const { notices, action } = fallenDue(watched, shanghaiInstant(due.on, '00:30:00'), CALENDAR);
    if (action || notices.length === 0) throw new Error(`${facts.id} should have been done with by the anchor day`);
    recorded.push(...notices);
    due = dueOf(watched, due.on, CALENDAR);
  }
  for (const notice of recorded) yield deadlineNoticeItem(facts.id, notice);
  const next = dueOf(watched, anchor, CALENDAR);
  if (next) yield dueItem(next);
}

/** Returns the bookmark with the day from which the schedule starts. */
export const demoBookmarkItem = (anchor: string) => deadlineBookmarkItem(addDays(anchor, -1), [CALENDAR.version]);
