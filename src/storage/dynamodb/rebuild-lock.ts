import { randomUUID } from 'node:crypto';
import { CodedError } from '../../errors.ts';
import type { PrimaryKey } from '../tables.ts';
import { attributeIs, type Condition } from './condition.ts';
import type { Table } from './table.ts';
import { MAX_WRITES, transact } from './transaction.ts';
import { check, put, remove, type Write } from './write.ts';

/** A rebuild that says nothing for so long is dead, and another one may take its place. */
const DEAD_AFTER_MS = 60_000;

type Lost = 'LOCK_LOST';

/** Writes in transactions that hold to the lock. */
export async function writeAll<Refusal>(
  table: Table,
  lock: RebuildLock,
  writes: readonly Write<Refusal>[],
): Promise<void> {
  const room = MAX_WRITES - 1;
  for (let start = 0; start < writes.length; start += room) {
    const outcome = await transact<Lost | Refusal>(table, [lock.held, ...writes.slice(start, start + room)]);
    if (!outcome.committed && outcome.refusals.some(({ refusal }) => refusal === 'LOCK_LOST')) throw lockLost();
  }
}

/** While it is held nobody else counts: every transaction that does looks whether it is there. */
export interface RebuildLock {
  /** Holds a transaction to the lock. */
  readonly held: Write<Lost>;
  renew(): Promise<void>;
  release(): Promise<void>;
}

/** @throws CodedError CONFLICT where another rebuild is at work */
export async function takeLock(table: Table, key: PrimaryKey): Promise<RebuildLock> {
  const owner = randomUUID();
  const item = () => ({ ...key, type: 'RebuildLock', owner, aliveAt: Date.now() });
  const dead: Condition = {
    expression: 'attribute_not_exists(pk) OR #aliveAt < :dead',
    names: { '#aliveAt': 'aliveAt' },
    values: { ':dead': Date.now() - DEAD_AFTER_MS },
  };
  const mine = { when: attributeIs('owner', owner), otherwise: 'LOCK_LOST' } as const;
  const hold = async (write: Write<Lost>) => {
    const outcome = await transact(table, [write]);
    if (!outcome.committed) throw lockLost();
  };
  await hold(put(item(), { when: dead, otherwise: 'LOCK_LOST' }));
  let renewed = Date.now();
  return {
    held: check(key, mine),
    async renew() {
      if (Date.now() - renewed < DEAD_AFTER_MS / 6) return;
      await hold(put(item(), mine));
      renewed = Date.now();
    },
    release: () => hold(remove(key, mine)),
  };
}

function lockLost(): CodedError {
  return new CodedError('CONFLICT', 'Another rebuild of the tallies is at work, or died within the last minute.');
}
