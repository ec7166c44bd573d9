import { readItem } from '../../dynamodb/read.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { existsWithout, update } from '../../dynamodb/write.ts';
import type { PrimaryKey } from '../../tables.ts';
import type { Migration } from '../migration.ts';

/** Adds the applicant to the secret of each receipt, so that their access log can report its use to them. */
export const nameOwnersOfReceipts: Migration = {
  version: 5,
  name: 'name-owners-of-receipts',
  async run({ table, pages }) {
    for await (const page of pages<OldSecret>('credentials', ['CaseSecret'])) {
      for (const secret of page) {
        const of = await readItem<OldCase>(table('talent'), { pk: secret.caseId, sk: 'CASE' }, { consistent: true });
        if (!of) continue;
        const isOld = { when: existsWithout('applicantId'), otherwise: 'DONE' as const };
        await transact(table('credentials'), [update(secret, { set: { applicantId: of.applicantId } }, isOld)]);
      }
    }
  },
};

interface OldSecret extends PrimaryKey {
  readonly type: 'CaseSecret';
  readonly caseId: string;
}

interface OldCase extends PrimaryKey {
  readonly applicantId: string;
}
