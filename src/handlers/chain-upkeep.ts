import type { Context } from 'aws-lambda';
import { config } from '../config.ts';
import { looksKeptSince } from '../domain/look.ts';
import { log } from '../log.ts';
import { openVerifier } from '../storage/access-log/open.ts';
import { openTable } from '../storage/connection.ts';
import { chainWaiting } from '../storage/talent/chain-waiting.ts';
import { cutChains } from '../storage/talent/cut-chains.ts';
import { processConnection } from './process-connection.ts';
import { streamScope } from './stream-scope.ts';

const settings = config();
const connection = processConnection(settings);

/** The stream brings a look within seconds; what waits longer it has given up, or never had. */
const STREAM_PATIENCE_MS = 10 * 60_000;

/** Every hour: chains the looks that the stream has left, and cuts chains at the checkpoints that the signer has signed. */
export async function handler(_event?: unknown, context?: Context): Promise<void> {
  const table = openTable(connection, 'talent', streamScope(context));
  const now = new Date();
  const { chained, failed } = await chainWaiting(table, new Date(now.getTime() - STREAM_PATIENCE_MS), now);
  if (failed.length > 0) log.error('Looks cannot be chained', { looks: failed });
  const cut = await cutChains(table, await openVerifier(settings), looksKeptSince(now));
  if (chained + cut > 0) log.info('Chains of looks are kept up', { chained, cut });
}
