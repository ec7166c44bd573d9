import type { Context } from 'aws-lambda';
import { config } from '../../../config.ts';
import { log } from '../../../log.ts';
import { openVerifier } from '../../../storage/access-log/open.ts';
import { openTable } from '../../../storage/dynamodb/connection.ts';
import { batchWaiting } from '../../../storage/talent/access-log/batch-waiting.ts';
import { cutAccessLog } from '../../../storage/talent/access-log/cut.ts';
import { processConnection } from '../../connection.ts';
import { invocationScope } from '../../invocation-scope.ts';

const settings = config();
const connection = processConnection(settings);

/** The stream brings an entry within seconds; the stream has given up on an entry that waits longer, or never had it. */
const STREAM_PATIENCE_MS = 10 * 60_000;

/** Every hour: batches the entries that the stream has left, and deletes entries up to the cuts that are signed. */
export async function handler(_event?: unknown, context?: Context): Promise<void> {
  const table = openTable(connection, 'talent', invocationScope(context));
  const { batched, failed } = await batchWaiting(table, new Date(Date.now() - STREAM_PATIENCE_MS));
  if (failed.length > 0) log.error('Entries of the access log cannot be batched', { entries: failed });
  const cut = await cutAccessLog(table, await openVerifier(settings));
  if (batched + cut > 0) log.info('The access log is kept up', { batched, cut });
}
