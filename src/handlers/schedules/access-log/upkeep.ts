import type { Context } from 'aws-lambda';
import { config } from '../../../config.ts';
import { log } from '../../../log.ts';
import { openVerifier } from '../../../storage/access-log/open.ts';
import { openTable } from '../../../storage/dynamodb/connection.ts';
import { batchWaiting } from '../../../storage/talent/access-log/batch-waiting.ts';
import { cutAccessLog } from '../../../storage/talent/access-log/cut.ts';
import { invocationScope } from '../../invocation-scope.ts';
import { processConnection } from '../../process.ts';

const settings = config();
const connection = processConnection(settings);

/** How long an entry is left to the stream, which normally brings it within seconds. */
const STREAM_PATIENCE_MS = 10 * 60_000;

/** Batches the entries that the stream has left, and deletes entries up to the signed cuts. It runs every hour. */
export async function handler(_event?: unknown, context?: Context): Promise<void> {
  const table = openTable(connection, 'talent', invocationScope(context));
  const { batched, failed } = await batchWaiting(table, new Date(Date.now() - STREAM_PATIENCE_MS));
  if (failed.length > 0) log.error('Entries of the access log cannot be batched', { entries: failed });
  const cut = await cutAccessLog(table, await openVerifier(settings));
  if (batched + cut > 0) log.info('The access log is batched and cut', { batched, cut });
}
