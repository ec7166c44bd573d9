import type { Config } from '../config.ts';
import { type Connection, connect, openTable } from '../storage/dynamodb/connection.ts';
import type { Scope, Table } from '../storage/dynamodb/table.ts';

let connection: Connection | undefined;

/**
 * Returns the one connection of this process. The first caller's settings open it; all callers have the same settings.
 */
export function processConnection(settings: Config): Connection {
  connection ??= connect(settings);
  return connection;
}

/** Opens the credentials table for one request. */
export function openCredentials(settings: Config, { deadline, signal }: Omit<Scope, 'owner'>): Table {
  return openTable(processConnection(settings), 'credentials', { deadline, signal, owner: 'auth' });
}
