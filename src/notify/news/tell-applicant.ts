import { isNews, newsText, quietUntil } from '../../domain/news/message.ts';
import type { OutboxEntry } from '../../domain/webhooks/webhook.ts';
import { log } from '../../log.ts';
import { openContact, readContact, removeEndedContact } from '../../storage/person-keys/contacts.ts';
import { type DeliveryState, webhookId } from '../deliver-to-endpoint.ts';
import type { Notifier } from '../notifier.ts';
import { attemptMessage, sendByChannel } from './attempt-message.ts';
import { GONE } from './channel.ts';

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
  const times = { mayBeNew: contact.since <= entry.at, now };
  const { state, failure } = await attemptMessage(notifier.outbox, place, times, () => {
    const message = { id: webhookId(id, entry), words: newsText(contact.receiptNumber, contact.locale) };
    return sendByChannel(notifier.channels(), contact, message, () => openContact(notifier.keyring, contact), now);
  });
  if (failure?.fault === GONE.fault) await removeEndedContact(notifier.contacts, contact);
  else if (failure) {
    const report = { case: contact.caseId, entry: entry.entry, channel: contact.channel, ...failure };
    if (state.is === 'WAITING') log.warn('An applicant could not be told of news', report);
    else log.error('An applicant was not told of news after all attempts', report);
  }
  return { id, state };
}
