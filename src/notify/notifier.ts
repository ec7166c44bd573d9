import type { Reach, Resolve } from '@bridgehead/federation';
import type { Config } from '../config.ts';
import { type Connection, openTable } from '../storage/dynamodb/connection.ts';
import type { Scope, Table } from '../storage/dynamodb/table.ts';
import type { Keyring } from '../storage/person-keys/keyring.ts';

/** What is needed to tell zones' systems of what stands in the outbox. */
export interface Notifier {
  /** Talent's table: the entries, and how they stand with each endpoint. */
  readonly outbox: Table;
  /** The credentials' table: the endpoints. */
  readonly endpoints: Table;
  readonly keyring: Keyring;
  readonly reach: Reach;
  /** How names are resolved. Default: by the name servers of this machine. */
  readonly resolve?: Resolve;
  readonly now: () => Date;
}

/** Endpoints on the machine itself are called in local mode only. */
export const reachOf = ({ mode }: Pick<Config, 'mode'>): Reach => (mode === 'local' ? 'public-or-loopback' : 'public');

export function openNotifier(
  settings: Pick<Config, 'mode'>,
  connection: Connection,
  keyring: Keyring,
  scope: Scope,
): Notifier {
  return {
    outbox: openTable(connection, 'talent', scope),
    endpoints: openTable(connection, 'credentials', scope),
    keyring,
    reach: reachOf(settings),
    now: () => new Date(),
  };
}
