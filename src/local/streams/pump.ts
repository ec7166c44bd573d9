import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreams } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { log } from '../../log.ts';
import type { Invoke } from '../lambda-function.ts';
import type { StreamSource } from '../service.ts';
import { type Changes, changesOf } from './changes.ts';
import { streamProgress } from './checkpoint.ts';
import { deliver } from './delivery.ts';
import { type StreamReader, streamReader } from './reader.ts';

/** Pause before a read that follows a change, so that a burst of writes is one read. */
const BURST_MS = 20;
const RETRY_DELAY_MS = 200;
const FAILURE_PAUSE_MS = 1_000;
const END = 'END';

export interface StreamConsumer {
  readonly name: string;
  /** The table's actual name. */
  readonly tableName: string;
  readonly source: StreamSource;
  readonly invoke: Invoke;
}

export interface StreamPump {
  /** Settles when all current records, and those that consumers add meanwhile, are consumed. */
  drain(): Promise<void>;
  /** Waits for batches in progress. The next start delivers the rest. */
  stop(): Promise<void>;
}

/**
 * Stands in for Lambda's event source mappings: passes the records of each table's stream to its consumers, in order,
 * at least once. The position is stored in `folder`, so that a restart continues there.
 * @throws CodedError CONFIGURATION if a table has no stream, or a filter is not supported
 */
export async function startStreamPump(options: {
  readonly endpoint: string;
  readonly folder: string;
  readonly consumers: readonly StreamConsumer[];
  /** The embedded database's file, which is watched; undefined for a database elsewhere, which is asked all the time. */
  readonly databaseFile: string | undefined;
  readonly retryDelayMs?: number;
}): Promise<StreamPump> {
  const { endpoint, folder, databaseFile, retryDelayMs = RETRY_DELAY_MS } = options;
  const client = {
    endpoint,
    region: config().region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const tables = new DynamoDB(client);
  const streams = new DynamoDBStreams(client);
  const stopping = new AbortController();
  const changes = changesOf(databaseFile);
  const pumps = await Promise.all(
    options.consumers.map(async (consumer) => {
      const reader = streamReader(streams, await streamOf(tables, consumer.tableName));
      return consumerPump(consumer, reader, { folder, retryDelayMs, changes, signal: stopping.signal });
    }),
  );
  tables.destroy();
  return {
    async drain() {
      let moved = true;
      while (moved) moved = (await Promise.all(pumps.map((pump) => pump.pass()))).includes(true);
    },
    async stop() {
      stopping.abort();
      await Promise.all(pumps.map((pump) => pump.ended));
      changes.close();
      streams.destroy();
    },
  };
}

async function streamOf(tables: DynamoDB, tableName: string): Promise<string> {
  const { Table } = await tables.describeTable({ TableName: tableName });
  if (Table?.LatestStreamArn !== undefined) return Table.LatestStreamArn;
  throw new CodedError('CONFIGURATION', `The table ${tableName} lacks the stream that serverless.yml declares.`);
}

interface ConsumerPump {
  /** Consumes the available records. Resolves to true if there were any. */
  pass(): Promise<boolean>;
  readonly ended: Promise<void>;
}

interface PumpSettings {
  readonly folder: string;
  readonly retryDelayMs: number;
  readonly changes: Changes;
  readonly signal: AbortSignal;
}

function consumerPump(
  { name, source, invoke }: StreamConsumer,
  reader: StreamReader,
  { folder, retryDelayMs, changes, signal }: PumpSettings,
): ConsumerPump {
  const progress = streamProgress(folder, name, reader.arn);
  const passes = recordFilter(source.filterPatterns);

  const readShard = async (shard: string) => {
    const { records, closed } = await reader.readAfter(shard, progress.done(shard));
    const advance = (record: DynamoDBRecord) => progress.advance(shard, record.dynamodb?.SequenceNumber ?? '');
    const delivery = { source, consumer: name, invoke, retryDelayMs, signal, advance, bury: progress.bury };
    const wanted = records.filter(passes);
    for (let from = 0; from < wanted.length; from += source.batchSize) {
      await deliver(wanted.slice(from, from + source.batchSize), delivery);
    }
    const last = records.at(-1);
    if (last !== undefined) advance(last);
    else if (closed) progress.advance(shard, END);
    return last !== undefined || closed;
  };

  const readAndDeliver = async () => {
    const shards = await reader.shards();
    const open = new Set(shards.map(({ id }) => id).filter((id) => progress.done(id) !== END));
    let moved = false;
    for (const { id, parent } of shards) {
      if (!open.has(id) || (parent !== undefined && open.has(parent))) continue;
      if (await readShard(id)) moved = true;
    }
    return moved;
  };

  // One pass at a time: a consumer gets each record once and in order.
  let latest: Promise<unknown> = Promise.resolve();
  const pass = () => {
    const next = latest.then(() => (signal.aborted ? false : readAndDeliver()));
    latest = next.catch(() => undefined);
    return next;
  };

  const run = async () => {
    while (!signal.aborted) {
      const seen = changes.count();
      try {
        if (await pass()) continue;
        await changes.after(seen, signal);
        await sleep(BURST_MS, undefined, { signal });
      } catch (error) {
        if (signal.aborted) break;
        log.warn('A stream could not be read', { consumer: name, error: String(error) });
        await sleep(FAILURE_PAUSE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    await latest;
  };
  return { pass, ended: run() };
}

/** A stream record as JSON, e.g. `{ eventName, dynamodb: { NewImage } }`. */
type Json = Readonly<Record<string, unknown>>;

/**
 * Makes a filter from Lambda's FilterCriteria, as far as they are used here. A record passes if one of the patterns
 * matches. A pattern matches if all its members do, and a list if any of its values does, e.g. `{ eventName: ["INSERT"]
 * }`. Without patterns, everything passes.
 * @throws CodedError CONFIGURATION for an unsupported comparison (`prefix`, `exists`, …)
 */
export function recordFilter(patterns: readonly unknown[]): (record: object) => boolean {
  for (const pattern of patterns) check(pattern);
  if (patterns.length === 0) return () => true;
  return (record) => patterns.some((pattern) => matches(pattern, record));
}

function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.includes(value);
  if (!isObject(pattern) || !isObject(value)) return false;
  return Object.entries(pattern).every(([name, inner]) => matches(inner, value[name]));
}

function check(pattern: unknown): void {
  const values = Array.isArray(pattern) ? pattern : undefined;
  if (values !== undefined && values.length > 0 && values.every(isPlain)) return;
  if (values !== undefined || !isObject(pattern)) {
    throw new CodedError(
      'CONFIGURATION',
      `The stream filter ${JSON.stringify(pattern)} is not supported: use lists of strings, booleans or null.`,
    );
  }
  Object.values(pattern).forEach(check);
}

const isPlain = (value: unknown) => value === null || typeof value === 'string' || typeof value === 'boolean';
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
