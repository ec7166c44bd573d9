import type { Config, StoreName } from '../../config.ts';
import { withDatabase } from '../../local/database/with-database.ts';
import { type Connection, connect, openTable } from '../../storage/dynamodb/connection.ts';
import type { Table } from '../../storage/dynamodb/table.ts';

/** The tables that a command works on, and what they were opened by. */
export interface CommandTables {
  readonly settings: Config;
  readonly connection: Connection;
  open(store: StoreName): Table;
}

interface CommandScope {
  /** Names the command in cursors and idempotency keys. */
  readonly owner: string;
  /** The time for the whole command; without one it takes as long as it needs. */
  readonly timeoutMs?: number;
  /** Allows data of an older version, which a migration works on. */
  readonly ofAnyVersion?: boolean;
}

/**
 * Does a command's work on the tables that the settings name, or on those of the embedded database. The connection is
 * closed afterwards, so that the process can end.
 * @throws CodedError CONFIGURATION as `withDatabase` does
 */
export async function withTables(
  settings: Config,
  { owner, timeoutMs, ofAnyVersion = false }: CommandScope,
  work: (tables: CommandTables) => Promise<void>,
): Promise<void> {
  const workOn = async (found: Config) => {
    const connection = connect(found);
    const scope = {
      deadline: timeoutMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeoutMs,
      signal: timeoutMs === undefined ? new AbortController().signal : AbortSignal.timeout(timeoutMs),
      owner,
    };
    try {
      await work({ settings: found, connection, open: (store) => openTable(connection, store, scope) });
    } finally {
      connection.dynamo.destroy();
    }
  };
  await withDatabase(settings, workOn, { ofAnyVersion });
}
