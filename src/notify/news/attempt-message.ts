import type { NewsChannel } from '../../domain/news/contact.ts';
import { nextAttempt } from '../../domain/webhooks/delivery-retry.ts';
import type { Table } from '../../storage/dynamodb/table.ts';
import { claimDelivery, type DeliveryPlace, type Ended, endAttempt } from '../../storage/talent/webhooks/deliveries.ts';
import type { DeliveryState } from '../deliver-to-endpoint.ts';
import { failed, faultOf, type NewsMessage, type SendResult } from './channel.ts';
import type { NewsChannels } from './channels.ts';

/** The state of a message after an attempt. */
export interface Attempted {
  readonly state: DeliveryState;
  /** Set where this attempt failed. */
  readonly failure: { readonly attempts: number; readonly fault: string } | null;
}

/**
 * Sends a message once, if it is due and no other run has leased it. Messages are claimed, repeated and given up as
 * webhooks are. Where the result of a send is not recorded, the next run sends again with the same id.
 * @param mayBeNew set where an unknown message is sent
 */
export async function attemptMessage(
  table: Table,
  place: DeliveryPlace,
  { mayBeNew, now }: { readonly mayBeNew: boolean; readonly now: Date },
  send: () => Promise<SendResult>,
): Promise<Attempted> {
  const claim = await claimDelivery(table, place, { mayBeNew, now });
  if (claim.is === 'GIVEN_UP' || claim.is === 'WAITING' || claim.is === 'TAKEN') return { state: claim, failure: null };
  if (claim.is !== 'CLAIMED') return { state: { is: 'SETTLED' }, failure: null };
  const result = await send();
  const ended = endOf(result, claim.attempts, now);
  await endAttempt(table, place, claim.lease, ended);
  if (result.is === 'SENT') return { state: { is: 'SETTLED' }, failure: null };
  const failure = { attempts: claim.attempts, fault: result.fault };
  if (ended.state === 'WAITING') return { state: { is: 'WAITING', until: ended.until }, failure };
  return { state: { is: 'GIVEN_UP' }, failure };
}

function endOf(result: SendResult, attempts: number, now: Date): Ended {
  if (result.is === 'SENT') return { state: 'DELIVERED', status: null };
  const next = result.isFinal ? null : nextAttempt({ attempts, now, retryAfter: null, random: Math.random() });
  return next ? { state: 'WAITING', status: null, until: next.toISOString() } : { state: 'GIVEN_UP', status: null };
}

/** A contact to which a message goes, without its address. */
type Addressee = Pick<NewsMessage, 'maskedAddress' | 'locale'> & { readonly channel: NewsChannel };

/**
 * Sends a message to a contact by the provider of its channel. Throws nothing.
 * @param open decrypts the contact's address
 */
export async function sendByChannel(
  { senders }: NewsChannels,
  { channel, maskedAddress, locale }: Addressee,
  { id, words }: Pick<NewsMessage, 'id' | 'words'>,
  open: () => Promise<string>,
  now: Date,
): Promise<SendResult> {
  const sender = senders[channel];
  if (!sender) return failed('NO_PROVIDER');
  try {
    return await sender({ id, address: await open(), maskedAddress, words, locale }, now);
  } catch (error) {
    return failed(faultOf(error));
  }
}
