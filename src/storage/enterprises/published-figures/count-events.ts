import { CodedError } from '../../../errors.ts';
import { backOff } from '../../dynamodb/backoff.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { UpdateCommand } from '../../dynamodb/client/dynamo.ts';
import { isConditionFailed } from '../../dynamodb/client/store-error.ts';
import { sendWrite } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { MAX_WRITES, transact } from '../../dynamodb/transaction.ts';
import { check, existsWithout, isNew, missingOrLess, update, updateExpression } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type { EnterpriseEvent, ParkFiguresItem } from '../items.ts';
import { type Count, countsOf, isSound, lastReportedDays, sumCounts } from './counting.ts';

/**
 * Counts events in the sums of their parks, each once: the transaction that counts an event also marks it. So events
 * may come repeatedly and in any order.
 * @returns the keys of events that can't be counted; all others are counted
 * @throws CodedError CONFLICT where a rebuild of the tallies lasts beyond the deadline; faults of `transact`. Some
 * events may be counted by then; call it again with all.
 */
export async function countEvents(
  table: Table,
  keys: readonly PrimaryKey[],
  now: Date,
): Promise<readonly PrimaryKey[]> {
  const events = await batchRead<EnterpriseEvent>(table, distinct(keys), { consistent: true });
  const known = events.filter((event) => event !== null);
  const sound = known.filter(isSound);
  const uncounted = sound.filter(({ countedAt }) => countedAt === undefined);
  for (const batch of batchesOf(uncounted)) await countBatch(table, batch, now);
  for (const [parkId, day] of lastReportedDays(sound)) await raiseLastDay(table, parkId, day);
  return known.filter((event) => !isSound(event));
}

function distinct(keys: readonly PrimaryKey[]): PrimaryKey[] {
  return [...new Map(keys.map((key) => [`${key.pk}\0${key.sk}`, key])).values()];
}

/** Counters that one update adds to: an expression has at most 4 KB, and a counter takes 13 bytes of it. */
const MAX_COUNTERS_AN_UPDATE = 300;

/**
 * Groups events as one transaction allows: a mark each, the sums that they change, and the check of the lock. No sum
 * changes in more counters than one update adds to.
 */
function batchesOf(events: readonly EnterpriseEvent[]): EnterpriseEvent[][] {
  const batches: EnterpriseEvent[][] = [];
  let sums: readonly Count[] = [];
  for (const event of events) {
    const own = countsOf(event);
    const together = sumCounts([...sums, ...own]);
    const batch = batches.at(-1);
    const fits = together.every(({ add }) => Object.keys(add).length <= MAX_COUNTERS_AN_UPDATE);
    if (batch && fits && batch.length + 1 + together.length + 1 <= MAX_WRITES) {
      batch.push(event);
      sums = together;
    } else {
      batches.push([event]);
      sums = sumCounts(own);
    }
  }
  return batches;
}

async function countBatch(table: Table, events: readonly EnterpriseEvent[], now: Date): Promise<void> {
  let rest = events;
  for (let attempt = 0; rest.length > 0; ) {
    const outcome = await transact<'REBUILDING' | 'COUNTED'>(table, [
      check(enterpriseKeys.rebuildLock(), { when: isNew, otherwise: 'REBUILDING' }),
      ...rest.map((event) =>
        update<'COUNTED'>(
          event,
          { set: { countedAt: now.toISOString() } },
          { when: existsWithout('countedAt'), otherwise: 'COUNTED' },
        ),
      ),
      ...sumCounts(rest.flatMap(countsOf)).map(addTo),
    ]);
    if (outcome.committed) return;
    const counted = new Set(
      outcome.refusals.flatMap(({ write, refusal }) => (refusal === 'COUNTED' ? [write - 1] : [])),
    );
    rest = rest.filter((_, i) => !counted.has(i));
    if (counted.size === 0 && !(await backOff(table, attempt++))) {
      throw new CodedError('CONFLICT', 'The tallies are being rebuilt. Events are counted afterwards.');
    }
  }
}

function addTo({ key, identity, add }: Count) {
  return update(key, { set: identity, add });
}

/**
 * Raises the last reported day outside the transaction, where a later day would refuse all events. A repeated or late
 * call changes nothing.
 */
async function raiseLastDay(table: Table, parkId: string, day: string): Promise<void> {
  const { pk, sk } = enterpriseKeys.parkFigures(parkId);
  const set = { type: 'ParkFigures', parkId, lastReportedOn: day } satisfies Omit<ParkFiguresItem, keyof PrimaryKey>;
  const command = new UpdateCommand({
    TableName: table.name,
    Key: { pk, sk },
    ...updateExpression({ set }, missingOrLess('lastReportedOn', day)),
  });
  try {
    await sendWrite(table, () => table.dynamo.send(command));
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}
