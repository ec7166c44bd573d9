import { type CaseCount, countsOfChange } from '../../../domain/statistics/counting.ts';
import { nextMonth } from '../../../domain/statistics/period.ts';
import { addCaseTallies } from '../../../domain/statistics/tally.ts';
import { CodedError } from '../../../errors.ts';
import { calendarInForce } from '../../calendar/calendar-in-force.ts';
import { backOff } from '../../dynamodb/backoff.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { attributeIs, check, existsWithout, isNew, update } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';
import type { CaseItem } from '../items.ts';
import { type ClosingItem, countersOf, tallyPlace } from './items.ts';

/** A case before and after one write to it. */
export interface CaseChange {
  readonly before: CaseItem | null;
  readonly after: CaseItem;
}

/**
 * Upper bound of changes per transaction of 100 writes: each takes a mark and at most three sums, and each kind a check
 * of its closing.
 */
const MAX_CHANGES = 24;

/**
 * Counts changes of cases in the statistics of their months, each once: the transaction that counts an event also marks
 * it. Changes may come repeatedly and in any order.
 * @throws faults of `transact`. Some changes may be counted by then; call it again with all.
 */
export async function countCases(table: Table, changes: readonly CaseChange[], now: Date): Promise<void> {
  // A write without an event, such as a claim or an erasure, changes no count.
  const moves = changes.filter(({ before, after }) => before?.course.version !== after.course.version);
  const distinct = [...new Map(moves.map((change) => [markOf(change).pk + markOf(change).sk, change])).values()];
  for (let at = 0; at < distinct.length; at += MAX_CHANGES) {
    await countBatch(table, distinct.slice(at, at + MAX_CHANGES), now);
  }
}

async function countBatch(table: Table, changes: readonly CaseChange[], now: Date): Promise<void> {
  const calendar = await calendarInForce(table, now);
  let rest = changes;
  for (let attempt = 0; rest.length > 0; ) {
    const closed = await closedMonths(table, rest);
    const counts = rest.flatMap(({ before, after }) =>
      countsOfChange(before, after, { at: after.updatedAt, calendar }),
    );
    const open = counts.map((count) => ({ ...count, month: openMonth(count.month, closed.get(count.kind) ?? null) }));
    const outcome = await transact<Refusal>(table, [
      check<Refusal>(talentKeys.statisticsLock(), { when: isNew, otherwise: 'REBUILDING' }),
      ...rest.map((change) =>
        update<'COUNTED'>(
          markOf(change),
          { set: { countedAt: now.toISOString() } },
          { when: existsWithout('countedAt'), otherwise: 'COUNTED' },
        ),
      ),
      ...Array.from(closed, ([kind, month]) =>
        check<Refusal>(talentKeys.closing(kind), {
          when: month === null ? isNew : attributeIs('month', month),
          otherwise: 'CLOSED',
        }),
      ),
      ...sumCaseCounts(open).map((count) => {
        const { key, identity } = tallyPlace(count);
        return update(key, { set: identity, add: countersOf(count.add) });
      }),
    ]);
    if (outcome.committed) return;
    const counted = new Set(
      outcome.refusals.flatMap(({ write, refusal }) => (refusal === 'COUNTED' ? [write - 1] : [])),
    );
    rest = rest.filter((_, i) => !counted.has(i));
    const isRebuilding = outcome.refusals.some(({ refusal }) => refusal === 'REBUILDING');
    if (isRebuilding && !(await backOff(table, attempt++))) {
      throw new CodedError(
        'CONFLICT',
        'The statistics of cases are being rebuilt: nothing else can be counted meanwhile.',
      );
    }
  }
}

type Refusal = 'COUNTED' | 'CLOSED' | 'REBUILDING';

/** Returns the last closed month of each kind among the changes; null where none is closed yet. */
async function closedMonths(table: Table, changes: readonly CaseChange[]): Promise<ReadonlyMap<string, string | null>> {
  const kinds = [...new Set(changes.map(({ after }) => after.kind))];
  const items = await batchRead<ClosingItem>(table, kinds.map(talentKeys.closing), { consistent: true });
  return new Map(kinds.map((kind, i) => [kind, items[i]?.month ?? null]));
}

/** Returns the month itself, or the first open month after a closed one, for late changes. */
function openMonth(month: string, closed: string | null): string {
  return closed !== null && month <= closed ? nextMonth(closed) : month;
}

function markOf({ after }: CaseChange) {
  return talentKeys.event(after.id, after.course.version);
}

/** Returns the sums of counts, one for each tally. */
export function sumCaseCounts(counts: Iterable<CaseCount>): readonly CaseCount[] {
  const sums = new Map<string, CaseCount>();
  for (const count of counts) {
    const { pk, sk } = tallyPlace(count).key;
    const before = sums.get(`${pk} ${sk}`);
    sums.set(`${pk} ${sk}`, before ? { ...before, add: addCaseTallies(before.add, count.add) } : count);
  }
  return [...sums.values()];
}
