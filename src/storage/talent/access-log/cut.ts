import { cutText } from '../../../domain/access-log/anchor.ts';
import { leavesOf } from '../../../domain/access-log/batch.ts';
import { ACCESS_LOG_LANES } from '../../../domain/access-log/entry.ts';
import { CodedError } from '../../../errors.ts';
import type { LogVerifier } from '../../access-log/signing.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { accessLogKeys } from '../../tables.ts';
import type { CutItem } from './items.ts';
import { readBatches } from './seal.ts';
import { deleteItem, forEachOf } from './write-new.ts';

/**
 * Deletes the entries whose retention period is over: each lane's batches up to its signed cut. A repeated call
 * continues an interrupted one.
 * @returns the number of deleted entries
 */
export async function cutAccessLog(table: Table, verifier: LogVerifier): Promise<number> {
  let deleted = 0;
  for (const lane of ACCESS_LOG_LANES) {
    const cut = await readItem<CutItem>(table, accessLogKeys.cut(lane), { consistent: true });
    if (!cut) continue;
    if (!verifier.verify(cutText(cut), cut.signature)) {
      throw new CodedError('CONFIGURATION', `The cut of lane ${lane} is not signed by the signer.`);
    }
    for (const batch of await readBatches(table, lane, 1, cut.number)) {
      await forEachOf(leavesOf(batch), ({ log, entry }) => deleteItem(table, accessLogKeys.part(log, entry)));
      await forEachOf(batch.entries, (entry) => deleteItem(table, accessLogKeys.entry(entry)));
      await deleteItem(table, batch);
      deleted += batch.entries.length;
    }
  }
  return deleted;
}
