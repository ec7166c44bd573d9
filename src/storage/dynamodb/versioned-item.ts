import type { Versioned } from '../../domain/records/record.ts';
import { isStorable, type PrimaryKey } from '../tables.ts';
import { batchRead } from './batch.ts';
import { commitOnce, type Earlier, earlierOf, type OnceOutcome, type OnceRequest, onceKey } from './idempotency.ts';
import { readItem } from './read.ts';
import type { Table } from './table.ts';
import { STALE, type Stale } from './transaction.ts';
import { isNew, put, versionIs, type Write } from './write.ts';

export type VersionedItem = PrimaryKey & Versioned & { readonly type: string };

interface VersionChange {
  /** The version that was seen; null for a new item. */
  readonly before: Versioned | null;
  readonly after: VersionedItem;
  readonly history: PrimaryKey;
}

/** The earlier outcome of an idempotency key, and the items that were read beside it. */
interface ReadBesideKey {
  readonly earlier: Earlier;
  /** Returns the item with a sort key; null where there is none, or it was not asked for. */
  itemAt<Item extends PrimaryKey>(sk: string): Item | null;
}

/**
 * Reads the earlier outcome of a key, and items whose sort keys differ, in one consistent batch. What can't be stored is
 * not there.
 */
export async function readBesideKey(
  table: Table,
  once: OnceRequest,
  wanted: readonly PrimaryKey[],
): Promise<ReadBesideKey> {
  const keys = [onceKey(table, once), ...wanted].filter(isStorable);
  const found = await batchRead<PrimaryKey>(table, keys, { consistent: true });
  const items = new Map(found.map((item, i) => [keys[i]?.sk, item]));
  return {
    earlier: await earlierOf(table, found[0] ?? null, once),
    itemAt: <Item extends PrimaryKey>(sk: string) => (items.get(sk) ?? null) as Item | null,
  };
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
