import { attributeIs } from '../dynamodb/condition.ts';
import { transact } from '../dynamodb/transaction.ts';
import { update } from '../dynamodb/write.ts';
import type { PrimaryKey } from '../tables.ts';
import type { Migration } from './migration.ts';

/** A stored answer of version 1: the input's SHA-256 stood beside it without a key, so that an identity number could be tried. */
interface OnceItemOfVersion1 extends PrimaryKey {
  readonly type: 'Idempotency';
  readonly inputHash?: string;
}

/** Takes the hashes of inputs away. The answers stay: a mutation that is sent again is answered as before, and not done twice. */
export const dropInputHashes: Migration = {
  version: 3,
  name: 'drop-input-hashes',
  async run({ pages, table }) {
    for (const store of ['parks', 'enterprises', 'talent', 'linkages'] as const) {
      for await (const page of pages<OnceItemOfVersion1>(store, ['Idempotency'])) {
        for (const item of page) {
          if (item.inputHash === undefined) continue;
          const isOld = { when: attributeIs('inputHash', item.inputHash), otherwise: 'DONE' as const };
          await transact(table(store), [update(item, { remove: ['inputHash'] }, isOld)]);
        }
      }
    }
  },
};
