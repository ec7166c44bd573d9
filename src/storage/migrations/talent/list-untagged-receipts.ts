import { createHash } from 'node:crypto';
import { transact } from '../../dynamodb/transaction.ts';
import { put } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

interface Listed extends PrimaryKey {
  readonly type: 'UntaggedReceipts';
  readonly prints: string;
}

interface CaseSecret extends PrimaryKey {
  readonly type: 'CaseSecret';
  readonly receiptNumber: string;
}

/**
 * Lists the receipt numbers that have a secret, by eight characters of each one's hash. Older secrets have no tag that
 * reveals a wrong one. Listed numbers are therefore looked up even during a flood of wrong ones from the same network.
 * A false match costs one read. A repeated page writes the same item again.
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
