import type { Context } from 'aws-lambda';
import { config } from '../config.ts';
import { looksKeptSince } from '../domain/look.ts';
import { log } from '../log.ts';
import { securityEvent } from '../security-event.ts';
import { openAnchors, openSigner } from '../storage/access-log/open.ts';
import { openTable } from '../storage/connection.ts';
import { signChains } from '../storage/talent/sign-chains.ts';
import { processConnection } from './process-connection.ts';
import { streamScope } from './stream-scope.ts';

const settings = config();
const connection = processConnection(settings);

/** Once a day: signs where the chains of looks end, and anchors it outside the table. It can lengthen and change none. */
export async function handler(_event?: unknown, context?: Context): Promise<void> {
  const table = openTable(connection, 'talent', streamScope(context));
  const [signer, anchors] = await Promise.all([openSigner(settings), openAnchors(settings)]);
  const now = new Date();
  const { refused, ...done } = await signChains(table, { signer, anchors, now, keptSince: looksKeptSince(now) });
  if (done.signed > 0) log.info('Chains of looks are signed', done);
  if (refused.length > 0) {
    log.error('Chains of looks have lost what was signed of them', { chains: refused });
    securityEvent(log, { kind: 'ACCESS_LOG_BROKEN', code: 'SIGNED_ENTRIES_LOST', count: refused.length });
  }
}
