import { CALENDAR } from '../../../domain/calendar/calendar.ts';
import { addDays, dayInShanghai } from '../../../domain/calendar/day.ts';
import { missingOrLess } from '../../dynamodb/condition.ts';
import { readItem, readRange } from '../../dynamodb/read.ts';
import { isOver } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { update } from '../../dynamodb/write.ts';
import { type PrimaryKey, SHARDS, talentIndexes, talentKeys } from '../../tables.ts';
import type { DeadlineBookmarkItem } from '../items.ts';
import { type Done, lookAfterCase, NOTHING_DONE, recomputeCase } from './look-after-case.ts';

/** What a run has done. */
export interface LookedAfter extends Done {
  /** Cases that it can't look after: the next run tries again. */
  readonly failed: readonly FailedCase[];
  /** False where time was over before all was done: the next run goes on. */
  readonly isFinished: boolean;
}

interface FailedCase {
  readonly caseId: string;
  readonly error: unknown;
}

/** There is none before the first run, and no day in it before the first that is done. */
type Bookmark = PrimaryKey & Partial<DeadlineBookmarkItem>;

/** A system whose schedule has never run is younger than that. */
const FIRST_LOOK_BACK_DAYS = 31;
/** A day is done once it is over for longer than any request can take that writes to it. */
const SETTLED_AFTER_MS = 3_600_000;

/**
 * Looks after all that has fallen due: notes ends that come near or are missed, deems accepted, lets lapse; and computes
 * days anew that come from another calendar. Each once, however often and at once this runs; after an outage it goes on at
 * the day where it stopped, and a case that it fails at keeps no other waiting.
 */
export async function lookAfterDeadlines(table: Table, now: Date, calendar = CALENDAR): Promise<LookedAfter> {
  const bookmark = await readItem<Bookmark>(table, talentKeys.deadlineBookmark(), { consistent: true });
  const known = bookmark?.calendars ?? new Set<string>();
  if (!known.has(calendar.version)) await rememberCalendar(table, calendar.version);
  const run = new Run(table);
  for (const version of [...known].filter((other) => other !== calendar.version)) {
    const ofCalendar = (shard: number) => talentIndexes.dueByCalendar(version, shard, '').gsi2pk;
    await run.each('gsi2', ofCalendar, (id) => recomputeCase(table, id, { now, calendar }));
  }
  const today = dayInShanghai(now);
  const settled = addDays(dayInShanghai(new Date(now.getTime() - SETTLED_AFTER_MS)), -1);
  let day = addDays(bookmark?.doneUpTo ?? addDays(today, -FIRST_LOOK_BACK_DAYS), 1);
  for (let isWhole = true; day <= today && !isOver(table); day = addDays(day, 1)) {
    const onDay = (shard: number) => talentIndexes.dueOn(day, shard, '').gsi1pk;
    const { cases, isDone } = await run.each('gsi1', onDay, (id) => lookAfterCase(table, id, { now, calendar }));
    isWhole &&= isDone;
    // Days on which nothing fell due are quickly read again.
    if (isWhole && day <= settled && (cases > 0 || day === settled)) await moveBookmark(table, day);
  }
  return { ...run.done, failed: run.failed, isFinished: !isOver(table) };
}

/** One run over parts of an index, and what has come of it. */
class Run {
  done: Done = NOTHING_DONE;
  readonly failed: FailedCase[] = [];
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** @returns how many cases stand in a part of an index, and whether all of them are looked after */
  async each(index: 'gsi1' | 'gsi2', partition: (shard: number) => string, look: (id: string) => Promise<Done>) {
    let cases = 0;
    let isDone = true;
    const parts = Array.from({ length: SHARDS }, async (_, shard) => {
      const keys = await readRange<PrimaryKey>(this.#table, { index, partition: partition(shard) });
      cases += keys.length;
      for (const { pk } of keys) isDone = (await this.#one(pk, look)) && isDone;
    });
    const thrown = (await Promise.allSettled(parts)).find(({ status }) => status === 'rejected');
    if (thrown?.status === 'rejected' && !isOver(this.#table)) throw thrown.reason;
    return { cases, isDone: isDone && !thrown };
  }

  async #one(caseId: string, look: (id: string) => Promise<Done>): Promise<boolean> {
    if (isOver(this.#table)) return false;
    try {
      const { noted, acted, recomputed, moved } = await look(caseId);
      this.done = {
        noted: this.done.noted + noted,
        acted: this.done.acted + acted,
        recomputed: this.done.recomputed + recomputed,
        moved: this.done.moved + moved,
      };
      return true;
    } catch (error) {
      // What the end of time has broken off has not failed.
      if (!isOver(this.#table)) this.failed.push({ caseId, error });
      return false;
    }
  }
}

async function rememberCalendar(table: Table, version: string): Promise<void> {
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
