import type { Calendar } from '../../../domain/calendar/calendar.ts';
import { addDays, dayInShanghai } from '../../../domain/calendar/day.ts';
import { loadCalendar } from '../../calendar/calendar-in-force.ts';
import { readItem, readRange } from '../../dynamodb/read.ts';
import { isOver } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { missingOrLess, update } from '../../dynamodb/write.ts';
import { type PrimaryKey, SHARDS, talentIndexes, talentKeys } from '../../tables.ts';
import type { DeadlineBookmarkItem } from '../items.ts';
import { type Done, NOTHING_DONE, processDueCase, recomputeCase } from './process-due-case.ts';

/** The result of a run. */
export interface ProcessedDeadlines extends Done {
  /** Cases that failed. The next run tries them again. */
  readonly failed: readonly FailedCase[];
  /** False where the deadline came first. The next run continues. */
  readonly isFinished: boolean;
}

interface FailedCase {
  readonly caseId: string;
  readonly error: unknown;
}

/** Absent before the first run, and without a day until the first day is done. */
type Bookmark = PrimaryKey & Partial<DeadlineBookmarkItem>;

/** Days before today at which the first run starts. No system is older than that without a run. */
const FIRST_RUN_DAYS = 31;
/** Time after the end of a day until it is settled, which is longer than any request that writes to it. */
const SETTLED_AFTER_MS = 3_600_000;

/**
 * Processes everything due: records notices, deems cases accepted, lets cases lapse, and recomputes days of another
 * calendar. Each happens once, however often and concurrently this runs. After an outage, it continues with the day
 * where it stopped. A failing case blocks no other.
 * @param inForce the calendar to count by; the one in force where absent
 */
export async function processDueDeadlines(table: Table, now: Date, inForce?: Calendar): Promise<ProcessedDeadlines> {
  const calendar = inForce ?? (await loadCalendar(table));
  const bookmark = await readItem<Bookmark>(table, talentKeys.deadlineBookmark(), { consistent: true });
  const known = bookmark?.calendars ?? new Set<string>();
  if (!known.has(calendar.version)) await recordCalendar(table, calendar.version);
  const run = new Run(table);
  for (const version of [...known].filter((other) => other !== calendar.version)) {
    const ofCalendar = (shard: number) => talentIndexes.dueByCalendar(version, shard, '').gsi2pk;
    await run.each('gsi2', ofCalendar, (id) => recomputeCase(table, id, { now, calendar }));
  }
  const today = dayInShanghai(now);
  const settled = addDays(dayInShanghai(new Date(now.getTime() - SETTLED_AFTER_MS)), -1);
  let day = addDays(bookmark?.doneUpTo ?? addDays(today, -FIRST_RUN_DAYS), 1);
  for (let isWhole = true; day <= today && !isOver(table); day = addDays(day, 1)) {
    const onDay = (shard: number) => talentIndexes.dueOn(day, shard, '').gsi1pk;
    const { cases, isDone } = await run.each('gsi1', onDay, (id) => processDueCase(table, id, { now, calendar }));
    isWhole &&= isDone;
    // Days without due events are cheap to read again.
    if (isWhole && day <= settled && (cases > 0 || day === settled)) await moveBookmark(table, day);
  }
  return { ...run.done, failed: run.failed, isFinished: !isOver(table) };
}

/** One run over partitions of an index, and its result. */
class Run {
  done: Done = NOTHING_DONE;
  readonly failed: FailedCase[] = [];
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** @returns the number of cases in a partition of an index, and whether all of them are processed */
  async each(index: 'gsi1' | 'gsi2', partition: (shard: number) => string, process: (id: string) => Promise<Done>) {
    let cases = 0;
    let isDone = true;
    const parts = Array.from({ length: SHARDS }, async (_, shard) => {
      const keys = await readRange<PrimaryKey>(this.#table, { index, partition: partition(shard) });
      cases += keys.length;
      for (const { pk } of keys) isDone = (await this.#one(pk, process)) && isDone;
    });
    const thrown = (await Promise.allSettled(parts)).find(({ status }) => status === 'rejected');
    if (thrown?.status === 'rejected' && !isOver(this.#table)) throw thrown.reason;
    return { cases, isDone: isDone && !thrown };
  }

  async #one(caseId: string, process: (id: string) => Promise<Done>): Promise<boolean> {
    if (isOver(this.#table)) return false;
    try {
      const { recorded, acted, recomputed, moved } = await process(caseId);
      this.done = {
        recorded: this.done.recorded + recorded,
        acted: this.done.acted + acted,
        recomputed: this.done.recomputed + recomputed,
        moved: this.done.moved + moved,
      };
      return true;
    } catch (error) {
      // A case that the deadline interrupted has not failed.
      if (!isOver(this.#table)) this.failed.push({ caseId, error });
      return false;
    }
  }
}

async function recordCalendar(table: Table, version: string): Promise<void> {
  await transact(table, [
    update(talentKeys.deadlineBookmark(), {
      set: { type: 'DeadlineBookmark' },
      add: { calendars: new Set([version]) },
    }),
  ]);
}

async function moveBookmark(table: Table, doneUpTo: string): Promise<void> {
  // Another run may be further already.
  const isFurther = { when: missingOrLess('doneUpTo', doneUpTo), otherwise: 'BEHIND' as const };
  const change = { set: { doneUpTo } };
  await transact(table, [update(talentKeys.deadlineBookmark(), change, isFurther)]);
}
