import { isNews, quietUntil } from '../../domain/news/message.ts';
import { nextAttempt } from '../../domain/webhooks/delivery-retry.ts';
import type { OutboxEntry } from '../../domain/webhooks/webhook.ts';
import { log } from '../../log.ts';
import { type ContactItem, openContact, readContact } from '../../storage/person-keys/contacts.ts';
import { claimDelivery, type Ended, endAttempt } from '../../storage/talent/webhooks/deliveries.ts';
import { type DeliveryState, webhookId } from '../deliver-to-endpoint.ts';
import type { Notifier } from '../notifier.ts';
import { failed, faultOf, type SendResult } from './channel.ts';

/** The state of a message to the applicant of an entry's case. */
export interface ToldApplicant {
  readonly id: string;
  readonly state: DeliveryState;
}

/**
 * Tells the applicant of an entry's case that there is news, if they have set a contact. Messages are claimed, repeated
 * and given up as webhooks are. At quiet hours the message waits until the morning.
 */
export async function tellApplicant(notifier: Notifier, entry: OutboxEntry): Promise<ToldApplicant> {
  // The same after a change of the contact, so that nobody is told twice.
  const id = `news_${entry.caseId}`;
  const settled: ToldApplicant = { id, state: { is: 'SETTLED' } };
  if (!isNews(entry)) return settled;
  const contact = await readContact(notifier.contacts, entry.caseId);
  if (!contact) return settled;
  const now = notifier.now();
  const quiet = notifier.channels().hasQuietHours ? quietUntil(now) : null;
  if (quiet) return { id, state: { is: 'WAITING', until: quiet.toISOString() } };

  const place = { caseId: entry.caseId, entry: entry.entry, endpointId: id };
  const claim = await claimDelivery(notifier.outbox, place, { mayBeNew: contact.since <= entry.at, now });
  if (claim.is === 'GIVEN_UP' || claim.is === 'WAITING' || claim.is === 'TAKEN') return { id, state: claim };
  if (claim.is !== 'CLAIMED') return settled;

  const result = await send(notifier, contact, webhookId(id, entry), now);
  const ended = endOf(result, claim.attempts, now);
  await endAttempt(notifier.outbox, place, claim.lease, ended);
  if (result.is === 'SENT') return settled;
  const { caseId, channel } = contact;
  const report = { case: caseId, entry: entry.entry, channel, attempts: claim.attempts, fault: result.fault };
  if (ended.state === 'WAITING') {
    log.warn('An applicant could not be told of news', report);
    return { id, state: { is: 'WAITING', until: ended.until } };
  }
  log.error('An applicant was not told of news after all attempts', report);
  return { id, state: { is: 'GIVEN_UP' } };
}

async function send(notifier: Notifier, contact: ContactItem, id: string, now: Date): Promise<SendResult> {
  const { channel, maskedAddress, receiptNumber, locale } = contact;
  const sender = notifier.channels().senders[channel];
  if (!sender) return failed('NO_PROVIDER');
  try {
    const address = await openContact(notifier.keyring, contact);
    return await sender({ id, address, maskedAddress, receiptNumber, locale }, now);
  } catch (error) {
    return failed(faultOf(error));
  }
}

function endOf(result: SendResult, attempts: number, now: Date): Ended {
  if (result.is === 'SENT') return { state: 'DELIVERED', status: null };
  const next = result.isFinal ? null : nextAttempt({ attempts, now, retryAfter: null, random: Math.random() });
  return next ? { state: 'WAITING', status: null, until: next.toISOString() } : { state: 'GIVEN_UP', status: null };
}
