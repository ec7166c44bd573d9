import { transact } from '../dynamodb/transaction.ts';
import { attributeIs, update } from '../dynamodb/write.ts';
import type { PrimaryKey } from '../tables.ts';
import type { Migration } from './migration.ts';

/**
 * A stored answer of version 1. It has the input's SHA-256 without a key, so that an identity number could be guessed.
 */
interface OnceItemOfVersion1 extends PrimaryKey {
  readonly type: 'Idempotency';
  readonly inputHash?: string;
}

/**
 * Removes the hashes of inputs. The answers stay, so that a repeated mutation gets its answer and is not carried out
 * twice.
 */
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
