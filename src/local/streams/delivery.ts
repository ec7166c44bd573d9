import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import { log } from '../../log.ts';
import type { Invoke } from '../lambda-function.ts';
import type { StreamSource } from '../service.ts';

export interface Delivery {
  readonly source: StreamSource;
  readonly consumer: string;
  readonly invoke: Invoke;
  /** Milliseconds before the first retry. They double with each further one, up to a minute. */
  readonly retryDelayMs: number;
  /** Aborts when the pump stops. The next start delivers the rest. */
  readonly signal: AbortSignal;
  /** Called in order: all records up to this one are processed. */
  advance(last: DynamoDBRecord): void;
  bury(records: readonly DynamoDBRecord[]): void;
}

const batchResponse = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().nullish() })) });

/**
 * Delivers one batch as Lambda's event source mapping does. Records before the first failure are done; the rest is
 * retried `maximumRetryAttempts` times, then stored as failed. With bisecting, a batch whose first record fails is
 * tried in halves, which doesn't count as a retry, so that a bad record ends up alone.
 */
export async function deliver(batch: readonly DynamoDBRecord[], delivery: Delivery, retried = 0): Promise<void> {
  const { source, signal } = delivery;
  signal.throwIfAborted();
  const failedFrom = await firstFailure(batch, delivery);
  const lastDone = batch[failedFrom - 1];
  if (lastDone !== undefined) delivery.advance(lastDone);
  const rest = batch.slice(failedFrom);
  const last = rest.at(-1);
  if (last === undefined) return;

  if (failedFrom === 0 && rest.length > 1 && source.bisectBatchOnFunctionError) {
    const half = Math.ceil(rest.length / 2);
    await deliver(rest.slice(0, half), delivery, retried);
    await deliver(rest.slice(half), delivery, retried);
    return;
  }
  if (retried >= source.maximumRetryAttempts) {
    log.error('Stream records failed after all retries', { consumer: delivery.consumer, records: rest.length });
    delivery.bury(rest);
    delivery.advance(last);
    return;
  }
  await sleep(Math.min(60_000, delivery.retryDelayMs * 2 ** retried), undefined, { signal });
  await deliver(rest, delivery, retried + 1);
}

/** Returns the index of the first failed record; the batch's length if none failed. */
async function firstFailure(batch: readonly DynamoDBRecord[], delivery: Delivery): Promise<number> {
  const { source, consumer, invoke } = delivery;
  let answer: unknown;
  try {
    answer = await invoke({ Records: batch });
  } catch (error) {
    log.warn('A stream consumer failed on a batch', { consumer, records: batch.length, error: String(error) });
    return 0;
  }
  if (!source.reportBatchItemFailures || answer === undefined || answer === null) return batch.length;
  const parsed = batchResponse.safeParse(answer);
  if (!parsed.success) return 0;
  const failed = parsed.data.batchItemFailures.map(({ itemIdentifier }) =>
    batch.findIndex((record) => record.dynamodb?.SequenceNumber === itemIdentifier),
  );
  // An identifier outside the batch (-1) fails all of it.
  return failed.length === 0 ? batch.length : Math.max(0, Math.min(...failed));
}
