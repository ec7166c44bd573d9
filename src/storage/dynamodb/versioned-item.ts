import type { Versioned } from '../../domain/records/record.ts';
import type { PrimaryKey } from '../tables.ts';
import { isNew, versionIs } from './condition.ts';
import { commitOnce, type OnceOutcome, type OnceRequest } from './idempotency.ts';
import { readItem } from './read.ts';
import type { Table } from './table.ts';
import { STALE, type Stale } from './transaction.ts';
import { put, type Write } from './write.ts';

export type VersionedItem = PrimaryKey & Versioned & { readonly type: string };

interface VersionChange {
  /** The version that was seen; null for a new item. */
  readonly before: Versioned | null;
  readonly after: VersionedItem;
  readonly history: PrimaryKey;
}

/**
 * Writes the next version of an item in one transaction: the item in the place of the version that was seen, its history
 * item, which is new, further writes, and the key's record. The answer is the item's key.
 */
export function commitVersion<Refusal = never>(
  table: Table,
  once: OnceRequest,
  { before, after, history }: VersionChange,
  others: readonly Write<Refusal | Stale>[],
): Promise<OnceOutcome<Refusal | Stale>> {
  return commitOnce<Refusal | Stale>(
    table,
    once,
    [after.pk, after.sk],
    [
      put<Refusal | Stale>(after, { when: versionIs(before?.version ?? 0), otherwise: STALE }),
      put<Refusal | Stale>(history, { when: isNew, otherwise: STALE }),
      ...others,
    ],
  );
}

/** Reads the item of an answer that `commitVersion` recorded, as it is now. */
export async function answeredVersion<Item extends PrimaryKey>(
  table: Table,
  [pk = '', sk = '']: readonly string[],
): Promise<Item> {
  const item = await readItem<Item>(table, { pk, sk }, { consistent: true });
  if (!item) throw new Error('a record that was answered is not there');
  return item;
}
