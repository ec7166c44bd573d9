import type { Config } from '../config.ts';
import { type Connection, connect } from '../storage/connection.ts';

let connection: Connection | undefined;

/** The one connection of this process, with the settings of whoever asks first: all have the same. */
export function processConnection(settings: Config): Connection {
  connection ??= connect(settings);
  return connection;
}
