import { createHash } from 'node:crypto';
import { transact } from '../dynamodb/transaction.ts';
import { put } from '../dynamodb/write.ts';
import type { PrimaryKey } from '../tables.ts';
import type { Migration } from './migration.ts';

interface Listed extends PrimaryKey {
  readonly type: 'UntaggedReceipts';
  readonly prints: string;
}

interface CaseSecret extends PrimaryKey {
  readonly type: 'CaseSecret';
  readonly receiptNumber: string;
}

/**
 * Lists the receipt numbers that have a secret, by eight characters of each one's hash. Secrets of before have no tag that
 * shows a wrong one: those of listed numbers are looked up also while a flood of wrong ones comes from the same network.
 * A number too many in the list costs a read. Each page of items writes the same item again.
 */
export const untaggedReceipts: Migration = {
  version: 7,
  name: 'list-untagged-receipts',
  async run({ pages, table }) {
    for await (const secrets of pages<CaseSecret>('credentials', ['CaseSecret'])) {
      const prints = secrets.map(({ receiptNumber }) =>
        createHash('sha256').update(receiptNumber).digest('base64url').slice(0, 8),
      );
      const key = { pk: 'UNTAGGED_RECEIPTS', sk: secrets[0]?.receiptNumber ?? '' };
      const listed: Listed = { ...key, type: 'UntaggedReceipts', prints: prints.join('') };
      await transact(table('credentials'), [put<never>(listed)]);
    }
  },
};
