import type { PrimaryKey } from '../../tables/key.ts';
import { readItem, scanPage } from '../read.ts';
import type { Table } from '../table.ts';
import { transact } from '../transaction.ts';
import { put } from '../write.ts';

/** The position of a pass over a table. */
interface PositionItem extends PrimaryKey {
  readonly type: string;
  /** The last key that was read; null once the pass is complete. */
  readonly after: PrimaryKey | null;
}

/** A pass over a table that an interrupted command continues. */
export interface Pass<Item extends { readonly type: string }> {
  /** The item that stores the position, in the same table. The caller deletes it when all passes are complete. */
  readonly position: PrimaryKey & { readonly type: string };
  /** The types of items that are wanted. */
  readonly types: readonly Item['type'][];
  /** Items that DynamoDB reads for one page, of any type. */
  readonly itemsAPage?: number;
  /** Called after each page with the number of items that DynamoDB read for it. */
  readonly onRead?: (items: number) => void;
}

/**
 * Scans all items of some types, page by page. The position is stored after each page, so that a repeated pass continues
 * with the page where it was interrupted, and reads nothing once it is complete.
 */
export async function* resumablePages<Item extends { readonly type: string }>(
  table: Table,
  { position, types, itemsAPage, onRead = () => {} }: Pass<Item>,
): AsyncGenerator<Item[]> {
  const reached = await readItem<PositionItem>(table, position, { consistent: true });
  if (reached?.after === null) return;
  let after = reached?.after;
  do {
    const page = await scanPage<Item>(table, types, { after, ...(itemsAPage && { itemsAPage }) });
    if (page.items.length > 0) yield page.items;
    onRead(page.scanned);
    after = page.after;
    const next: PositionItem = { ...position, after: after ?? null };
    await transact(table, [put<never>(next)]);
  } while (after !== undefined);
}
