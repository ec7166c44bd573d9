import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';

/** How far a consumer has read a stream, and what it could not digest; both on disk. */
export interface StreamProgress {
  /** The sequence number up to which everything of a shard is done, `END` for all of it, undefined for nothing. */
  done(shard: string): string | undefined;
  advance(shard: string, sequenceNumber: string): void;
  /** Keeps records that every attempt failed on, one JSON line each, for a person to look at. */
  bury(records: readonly DynamoDBRecord[]): void;
}

const checkpoint = z.object({ streamArn: z.string(), shards: z.record(z.string(), z.string()) });

/**
 * @param folder made if need be; holds `<consumer>.json` and, once something failed, `<consumer>.dead.jsonl`
 * @param streamArn what was done of another stream doesn't count
 */
export function streamProgress(folder: string, consumer: string, streamArn: string): StreamProgress {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${consumer}.json`);
  const kept = read(file);
  const shards = kept?.streamArn === streamArn ? kept.shards : {};
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

/** A checkpoint that can't be read means reading the stream anew: consumers know what they have seen. */
function read(file: string): z.infer<typeof checkpoint> | undefined {
  try {
    return checkpoint.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
