import type { Context } from 'aws-lambda';
import { config } from '../../../config.ts';
import { accessLogKeptSince } from '../../../domain/access-log/entry.ts';
import { log } from '../../../log.ts';
import { securityEvent } from '../../../security-event.ts';
import { openAnchors, openSigner } from '../../../storage/access-log/open.ts';
import { openTable } from '../../../storage/dynamodb/connection.ts';
import { sealAccessLog } from '../../../storage/talent/access-log/seal.ts';
import { invocationScope } from '../../invocation-scope.ts';
import { processConnection } from '../../process.ts';

const settings = config();
const connection = processConnection(settings);

/**
 * Registers new batches of the access log, signs the heads of its lanes and anchors them outside the table. It runs
 * every two minutes.
 */
export async function handler(_event?: unknown, context?: Context): Promise<void> {
  const table = openTable(connection, 'talent', invocationScope(context));
  const [signer, anchors] = await Promise.all([openSigner(settings), openAnchors(settings)]);
  const now = new Date();
  const { refused, ...done } = await sealAccessLog(table, {
    signer,
    anchors,
    now,
    keptSince: accessLogKeptSince(now),
  });
  if (done.isAnchored) log.info('The access log is anchored', done);
  if (refused.length > 0) {
    log.error('The access log lacks registered or anchored entries', { lanes: refused.map(String) });
    securityEvent(log, { kind: 'ACCESS_LOG_BROKEN', code: 'REGISTERED_ENTRIES_LOST', count: refused.length });
  }
}
