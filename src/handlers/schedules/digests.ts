import type { Context, ScheduledEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { log } from '../../log.ts';
import { newsChannelsOf } from '../../notify/news/channels.ts';
import { sendDigests } from '../../notify/news/send-digests.ts';
import { withSecrets } from '../../secrets.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { keyringOf } from '../../storage/person-keys/keyring.ts';
import { secretsManager } from '../../storage/secrets-manager.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';

const settings = config();
const connection = processConnection(settings);
const keyring = keyringOf(settings);

/** Sends officers the digests of a working day that are not sent yet. It runs every hour. */
export const handler = withSecrets(
  settings,
  ['newsChannels'],
  secretsManager(settings),
  async ({ time }: Pick<ScheduledEvent, 'time'>, context?: Context) => {
    const scope = invocationScope(context);
    const { left, ...done } = await sendDigests({
      work: openTable(connection, 'talent', scope),
      contacts: openTable(connection, 'personKeys', scope),
      channels: () => newsChannelsOf(settings),
      keyring,
      now: new Date(time),
    });
    if (left > 0) log.warn('Some digests are not sent yet', { ...done, left });
    else if (done.sent + done.failed > 0) log.info('Digests are sent', { ...done });
  },
);
