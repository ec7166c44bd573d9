import type { Reach, Resolve } from '@bridgehead/federation';
import type { Config } from '../config.ts';
import { type Connection, openTable } from '../storage/dynamodb/connection.ts';
import type { Scope, Table } from '../storage/dynamodb/table.ts';
import type { Keyring } from '../storage/person-keys/keyring.ts';
import { type NewsChannels, newsChannelsOf } from './news/channels.ts';

/** The dependencies of deliveries: of webhooks to zones' systems, and of news to applicants. */
export interface Notifier {
  /** Talent's table: the outbox entries and the state of their deliveries. */
  readonly outbox: Table;
  /** The credentials' table: the endpoints. */
  readonly endpoints: Table;
  /** The table of persons' keys: the applicants' contacts. */
  readonly contacts: Table;
  /** Returns the senders of messages to applicants. */
  readonly channels: () => NewsChannels;
  readonly keyring: Keyring;
  readonly reach: Reach;
  /** Name resolution. Default: the name servers of this machine. */
  readonly resolve?: Resolve;
  readonly now: () => Date;
}

/** Returns the reach of webhooks: only local mode may call endpoints on this machine. */
export const reachOf = ({ mode }: Pick<Config, 'mode'>): Reach => (mode === 'local' ? 'public-or-loopback' : 'public');

export function openNotifier(settings: Config, connection: Connection, keyring: Keyring, scope: Scope): Notifier {
  return {
    outbox: openTable(connection, 'talent', scope),
    endpoints: openTable(connection, 'credentials', scope),
    contacts: openTable(connection, 'personKeys', scope),
    channels: () => newsChannelsOf(settings),
    keyring,
    reach: reachOf(settings),
    now: () => new Date(),
  };
}
