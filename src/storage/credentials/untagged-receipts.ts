import { createHash } from 'node:crypto';
import { readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { credentialKeys, type PrimaryKey, UNTAGGED_RECEIPTS } from '../tables.ts';

/**
 * Characters of a receipt number's fingerprint: 48 bits of its hash. With 100,000 listed numbers, one foreign number in
 * 3 billion matches.
 */
const PRINT_CHARACTERS = 8;
/** Upper bound of receipt numbers in one item: 240 KB. */
const MAX_RECEIPTS = 30_000;

/** The receipt numbers whose secrets are older than tags, stored as a part of each one's hash. */
export interface UntaggedReceipts {
  has(receiptNumber: string): boolean;
}

interface UntaggedReceiptsItem extends PrimaryKey {
  readonly type: 'UntaggedReceipts';
  /** The fingerprints, one after the other. */
  readonly prints: string;
}

/** Returns the items that list receipt numbers, each stored under its first number. */
export function untaggedReceiptsItems(receiptNumbers: readonly string[]): UntaggedReceiptsItem[] {
  const items: UntaggedReceiptsItem[] = [];
  for (let at = 0; at < receiptNumbers.length; at += MAX_RECEIPTS) {
    const part = receiptNumbers.slice(at, at + MAX_RECEIPTS);
    const key = credentialKeys.untaggedReceipts(part[0] ?? '');
    items.push({ ...key, type: 'UntaggedReceipts', prints: part.map(printOf).join('') });
  }
  return items;
}

/** Reads the whole list: one Query for each megabyte, once per instance. */
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
