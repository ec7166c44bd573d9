import { CodedError } from '../../errors.ts';
import { ScanCommand } from '../dynamodb/client/dynamo.ts';
import { readItem } from '../dynamodb/read.ts';
import { sendRead } from '../dynamodb/send.ts';
import type { Table } from '../dynamodb/table.ts';
import { dataVersionKeys, type PrimaryKey } from '../tables.ts';

/** The item with the version of a table's data. */
export interface StampItem extends PrimaryKey {
  readonly type: 'DataVersion';
  readonly version: number;
}

export const stampItem = (version: number): StampItem => ({ ...dataVersionKeys.stamp(), type: 'DataVersion', version });

/** The version of data that were written before tables had a stamp. */
const UNSTAMPED_VERSION = 1;

/**
 * Returns the version of a table's data; null for an empty table, which suits any version.
 * @throws CodedError CONFIGURATION where no version of this code writes its stamp
 */
export async function versionOfTable(table: Table): Promise<number | null> {
  const stamp = await readItem<StampItem>(table, dataVersionKeys.stamp(), { consistent: true });
  if (stamp === null) return (await isEmpty(table)) ? null : UNSTAMPED_VERSION;
  const { version } = stamp;
  if (Number.isSafeInteger(version) && version >= UNSTAMPED_VERSION) return version;
  throw new CodedError(
    'CONFIGURATION',
    `The data version of the table ${table.name} is ${JSON.stringify(version)}, which no Bridgehead writes: restore the table from a backup, or name another one.`,
  );
}

async function isEmpty(table: Table): Promise<boolean> {
  const command = new ScanCommand({ TableName: table.name, Limit: 1, ConsistentRead: true });
  const { Items = [] } = await sendRead(table, (send) => table.dynamo.send(command, send));
  return Items.length === 0;
}
