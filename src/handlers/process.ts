import type { Config } from '../config.ts';
import { type Connection, connect, openTable } from '../storage/dynamodb/connection.ts';
import type { Scope, Table } from '../storage/dynamodb/table.ts';
import { traceStore } from '../tracing/store-spans.ts';
import type { Tracing } from '../tracing/tracing.ts';

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

let tracing: Promise<Tracing | undefined> | undefined;

/**
 * Returns the one tracing of this process, with the calls of its connection. Undefined where no collector is set: then
 * OpenTelemetry is never loaded.
 */
export function processTracing(settings: Config): Promise<Tracing | undefined> {
  tracing ??= openTracing(settings);
  return tracing;
}

async function openTracing(settings: Config): Promise<Tracing | undefined> {
  const { traces, mode, stage } = settings;
  if (traces === undefined) return undefined;
  const { otlpTracing } = await import('../tracing/otlp.ts');
  // A function's instance stands still between two requests, so it sends what it has before it answers.
  const opened = otlpTracing({ ...traces, stage, sendsBeforeAnswer: mode === 'aws' });
  traceStore(opened, processConnection(settings).dynamo);
  return opened;
}
