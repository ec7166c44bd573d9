import type { Config } from '../config.ts';
import { openTable } from '../storage/connection.ts';
import type { Scope, Table } from '../storage/table.ts';
import { processConnection } from './process-connection.ts';

/** The credentials table, for one request. */
export function openCredentials(settings: Config, { deadline, signal }: Omit<Scope, 'owner'>): Table {
  return openTable(processConnection(settings), 'credentials', { deadline, signal, owner: 'auth' });
}
