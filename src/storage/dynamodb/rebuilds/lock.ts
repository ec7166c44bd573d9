import { randomUUID } from 'node:crypto';
import { CodedError } from '../../../errors.ts';
import type { PrimaryKey } from '../../tables.ts';
import { readItem } from '../read.ts';
import type { Table } from '../table.ts';
import { MAX_WRITES, transact } from '../transaction.ts';
import { attributeIs, type Condition, check, put, remove, type Write } from '../write.ts';

/** A rebuild without a renewal for this long counts as dead, and another one may replace it. */
const DEAD_AFTER_MS = 60_000;

type Lost = 'LOCK_LOST';

/** Commits writes in transactions that check the lock. */
export async function writeAll<Refusal>(
  table: Table,
  lock: RebuildLock,
  writes: readonly Write<Refusal>[],
): Promise<void> {
  const room = MAX_WRITES - 1;
  for (let start = 0; start < writes.length; start += room) {
    const outcome = await transact<Lost | Refusal>(table, [lock.check, ...writes.slice(start, start + room)]);
    if (!outcome.committed && outcome.refusals.some(({ refusal }) => refusal === 'LOCK_LOST')) throw lockLost();
  }
}

/** A lock of a rebuild. Every transaction that counts checks that no other rebuild has it. */
export interface RebuildLock {
  /** The check of the lock, for a transaction. */
  readonly check: Write<Lost>;
  /** True if the lock was that of a rebuild that has died: consumers have counted nothing since. */
  readonly isTakenOver: boolean;
  renew(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Acquires the lock.
 * @throws CodedError CONFLICT where another rebuild is running
 */
export async function acquireLock(table: Table, key: PrimaryKey): Promise<RebuildLock> {
  const owner = randomUUID();
  const item = () => ({ ...key, type: 'RebuildLock', owner, aliveAt: Date.now() });
  const dead: Condition = {
    expression: 'attribute_not_exists(pk) OR #aliveAt < :dead',
    names: { '#aliveAt': 'aliveAt' },
    values: { ':dead': Date.now() - DEAD_AFTER_MS },
  };
  const mine = { when: attributeIs('owner', owner), otherwise: 'LOCK_LOST' } as const;
  const commit = async (write: Write<Lost>) => {
    const outcome = await transact(table, [write]);
    if (!outcome.committed) throw lockLost();
  };
  const isTakenOver = (await readItem(table, key, { consistent: true })) !== null;
  await commit(put(item(), { when: dead, otherwise: 'LOCK_LOST' }));
  let renewed = Date.now();
  return {
    check: check(key, mine),
    isTakenOver,
    async renew() {
      if (Date.now() - renewed < DEAD_AFTER_MS / 6) return;
      await commit(put(item(), mine));
      renewed = Date.now();
    },
    release: () => commit(remove(key, mine)),
  };
}

function lockLost(): CodedError {
  return new CodedError('CONFLICT', 'Another rebuild of the tallies is running, or died within the last minute.');
}
