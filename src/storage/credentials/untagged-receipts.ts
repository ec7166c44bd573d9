import { createHash } from 'node:crypto';
import { readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { credentialKeys, type PrimaryKey, UNTAGGED_RECEIPTS } from '../tables.ts';

/** Characters of a receipt number's print: 48 bits of its hash. A stranger's is taken for one of 100,000 in 3 billion. */
const PRINT_CHARACTERS = 8;
/** Receipt numbers in one item: 240 KB. */
const MAX_RECEIPTS = 30_000;

/** The receipt numbers whose secrets are older than tags, kept as a part of each one's hash. */
export interface UntaggedReceipts {
  has(receiptNumber: string): boolean;
}

interface UntaggedReceiptsItem extends PrimaryKey {
  readonly type: 'UntaggedReceipts';
  /** One after the other. */
  readonly prints: string;
}

/** Makes the items that list these receipt numbers, each under the first that it lists. */
export function untaggedReceiptsItems(receiptNumbers: readonly string[]): UntaggedReceiptsItem[] {
  const items: UntaggedReceiptsItem[] = [];
  for (let at = 0; at < receiptNumbers.length; at += MAX_RECEIPTS) {
    const part = receiptNumbers.slice(at, at + MAX_RECEIPTS);
    const key = credentialKeys.untaggedReceipts(part[0] ?? '');
    items.push({ ...key, type: 'UntaggedReceipts', prints: part.map(printOf).join('') });
  }
  return items;
}

/** Reads the whole list: a Query for each megabyte, once an instance. */
export async function readUntaggedReceipts(table: Table): Promise<UntaggedReceipts> {
  const items = await readRange<UntaggedReceiptsItem>(table, { partition: UNTAGGED_RECEIPTS });
  const prints = new Set<string>();
  for (const item of items) {
    for (let at = 0; at < item.prints.length; at += PRINT_CHARACTERS) {
      prints.add(item.prints.slice(at, at + PRINT_CHARACTERS));
    }
  }
  return { has: (receiptNumber) => prints.has(printOf(receiptNumber)) };
}

function printOf(receiptNumber: string): string {
  return createHash('sha256').update(receiptNumber).digest('base64url').slice(0, PRINT_CHARACTERS);
}
