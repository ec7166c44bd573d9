import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { deliverEntries } from '../../notify/deliver.ts';
import { type ExchangedCode, exchangeCode } from '../../notify/news/wechat-code.ts';
import { openNotifier } from '../../notify/notifier.ts';
import { withSecrets } from '../../secrets.ts';
import { keyringOf } from '../../storage/person-keys/keyring.ts';
import { secretsManager } from '../../storage/secrets-manager.ts';
import { talentPartitions } from '../../storage/tables.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';

const settings = config();
const connection = processConnection(settings);
const keyring = keyringOf(settings);

const entryKey = z.strictObject({ pk: z.string().startsWith(talentPartitions.outbox('')), sk: z.string().min(1) });
const deliveryRequest = z.strictObject({ entries: z.array(entryKey).min(1).max(100) });
/** The keys of new outbox entries. */
export type DeliveryRequest = z.infer<typeof deliveryRequest>;

/** A code of WeChat's authorization page, which talent has exchanged where the account's secret is. */
const exchangeRequest = z.strictObject({ exchange: z.strictObject({ code: z.string().min(1).max(128) }) });

/**
 * Delivers new outbox entries to the zones' systems, and tells applicants of news; or exchanges a code of WeChat's. A
 * failing receiver is no failure here: the sweeper tries it again. An unreadable entry stops no other. Throws if the state of an entry can't be read or written, so that Lambda repeats
 * the request. Entries delivered by then are not sent again.
 */
export const handler = withSecrets(
  settings,
  ['newsChannels'],
  secretsManager(settings),
  async (event: unknown, context?: Context): Promise<ExchangedCode | undefined> => {
    const asked = exchangeRequest.safeParse(event);
    if (asked.success) return exchangeCode(settings, asked.data.exchange.code);
    const request = deliveryRequest.safeParse(event);
    if (!request.success) throw new CodedError('BAD_USER_INPUT', 'The payload is no list of outbox entries.');
    const notifier = openNotifier(settings, connection, keyring, invocationScope(context));
    const failed = await deliverEntries(notifier, request.data.entries);
    if (failed.length > 0) {
      throw new CodedError('STORE_UNAVAILABLE', `${failed.length} outbox entries could not be read or written.`);
    }
    return undefined;
  },
);
