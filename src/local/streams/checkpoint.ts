import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';

/** A consumer's position in a stream and its failed records, both on disk. */
export interface StreamProgress {
  /** Returns the sequence number up to which a shard is processed: `END` for all of it, undefined for nothing. */
  done(shard: string): string | undefined;
  advance(shard: string, sequenceNumber: string): void;
  /** Stores records that failed at every attempt, one JSON line each, for inspection. */
  bury(records: readonly DynamoDBRecord[]): void;
}

const checkpoint = z.object({ streamArn: z.string(), shards: z.record(z.string(), z.string()) });

/**
 * Opens the progress of a consumer.
 * @param folder created if needed; holds `<consumer>.json` and, after a failure, `<consumer>.dead.jsonl`
 * @param streamArn progress of another stream is ignored
 */
export function streamProgress(folder: string, consumer: string, streamArn: string): StreamProgress {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${consumer}.json`);
  const stored = read(file);
  const shards = stored?.streamArn === streamArn ? stored.shards : {};
  return {
    done: (shard) => shards[shard],
    advance(shard, sequenceNumber) {
      if (shards[shard] === sequenceNumber) return;
      shards[shard] = sequenceNumber;
      writeFileSync(`${file}.new`, JSON.stringify({ streamArn, shards }));
      renameSync(`${file}.new`, file);
    },
    bury: (records) =>
      appendFileSync(
        join(folder, `${consumer}.dead.jsonl`),
        records.map((record) => `${JSON.stringify(record)}\n`).join(''),
      ),
  };
}

/** Reads a checkpoint. An unreadable one restarts the stream: consumers detect repeated records. */
function read(file: string): z.infer<typeof checkpoint> | undefined {
  try {
    return checkpoint.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
