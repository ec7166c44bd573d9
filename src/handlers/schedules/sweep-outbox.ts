import type { Context } from 'aws-lambda';
import { config } from '../../config.ts';
import { log } from '../../log.ts';
import { deliverDue } from '../../notify/deliver.ts';
import { openNotifier } from '../../notify/notifier.ts';
import { withSecrets } from '../../secrets.ts';
import { keyringOf } from '../../storage/person-keys/keyring.ts';
import { secretsManager } from '../../storage/secrets-manager.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';

const settings = config();
const connection = processConnection(settings);
const keyring = keyringOf(settings);

/** Delivers the outbox entries that the stream has left and failed ones that are due again. It runs every minute. */
export const handler = withSecrets(
  settings,
  ['newsChannels'],
  secretsManager(settings),
  async (_event?: unknown, context?: Context) => {
    const { due, failed } = await deliverDue(openNotifier(settings, connection, keyring, invocationScope(context)));
    if (due > 0) log.info('The outbox is swept', { due, failed: failed.length });
  },
);
