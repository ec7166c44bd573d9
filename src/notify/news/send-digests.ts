/** Digests to officers who opted in: counts of their agency's list, once each working morning. */
import { dayInShanghai } from '../../domain/calendar/day.ts';
import { digestText, isDigestTime } from '../../domain/news/digest.ts';
import { countWork, type WorkCounts } from '../../domain/work-list/count.ts';
import { log } from '../../log.ts';
import { loadCalendar } from '../../storage/calendar/calendar-in-force.ts';
import { readRange } from '../../storage/dynamodb/read.ts';
import type { Table } from '../../storage/dynamodb/table.ts';
import {
  type DigestContactItem,
  digestContacts,
  openDigestContact,
} from '../../storage/person-keys/digest-contacts.ts';
import type { Keyring } from '../../storage/person-keys/keyring.ts';
import { talentPartitions } from '../../storage/tables.ts';
import { type WorkTallyItem, workOfDay } from '../../storage/talent/work-list/work-count-items.ts';
import { webhookId } from '../deliver-to-endpoint.ts';
import { CALL_MS } from '../send.ts';
import { attemptMessage, sendByChannel } from './attempt-message.ts';
import type { NewsChannels } from './channels.ts';

/** The dependencies of digests. */
export interface DigestSender {
  /** Talent's table: counts of work lists, the calendar, and the state of messages. */
  readonly work: Table;
  /** The table of persons' keys: the officers' contacts. */
  readonly contacts: Table;
  readonly channels: () => NewsChannels;
  readonly keyring: Keyring;
  readonly now: Date;
}

/** The outcome of a run. */
export interface SentDigests {
  readonly sent: number;
  readonly failed: number;
  /** Messages for which the run had no time; the next one sends them. */
  readonly left: number;
}

/** Messages that are sent concurrently. */
const MAX_CONCURRENT = 8;
/** Part of a run's time that is reserved for recording a call's result. */
const RESERVE_MS = 3_000;

/**
 * Sends the digests of a day that are not sent yet. A message's id names officer and day, so a repeated one can be told.
 * An agency with nothing to do sends none.
 */
export async function sendDigests(sender: DigestSender): Promise<SentDigests> {
  const { now, work, contacts } = sender;
  const calendar = await loadCalendar(work);
  if (sender.channels().hasQuietHours && !isDigestTime(now, calendar)) return { sent: 0, failed: 0, left: 0 };
  const today = dayInShanghai(now);
  const rest = (await digestContacts(contacts)).filter(({ endsOn }) => endsOn >= today);
  const countsOf = countsOfAgencies(work, async (days) => countWork(days.map(workOfDay), today, calendar));
  const done = { sent: 0, failed: 0 };
  const worker = async () => {
    while (Date.now() + CALL_MS + RESERVE_MS < work.deadline) {
      const contact = rest.shift();
      if (!contact) return;
      const outcome = await tellOfficer(sender, contact, countsOf, today).catch((error: unknown) => {
        log.error('The state of a digest cannot be read or written', { digest: contact.officer }, error);
        return 'failed' as const;
      });
      if (outcome !== null) done[outcome] += 1;
    }
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENT }, worker));
  return { ...done, left: rest.length };
}

type CountsOf = (contact: DigestContactItem) => Promise<WorkCounts>;

/** Reads the counts of each agency's list once a run. */
function countsOfAgencies(work: Table, count: (days: readonly WorkTallyItem[]) => Promise<WorkCounts>): CountsOf {
  const known = new Map<string, Promise<WorkCounts>>();
  return ({ zoneId, agency }) => {
    const partition = talentPartitions.workTallies(zoneId, agency);
    const counts = known.get(partition) ?? readRange<WorkTallyItem>(work, { partition }).then(count);
    known.set(partition, counts);
    return counts;
  };
}

/** @returns null where there was nothing to send */
async function tellOfficer(
  sender: DigestSender,
  contact: DigestContactItem,
  countsOf: CountsOf,
  today: string,
): Promise<'sent' | 'failed' | null> {
  const counts = await countsOf(contact);
  if (counts.total === 0) return null;
  // The same after a change of the address, so that nobody is told twice.
  const endpointId = `digest_${contact.officer}`;
  const place = { caseId: endpointId, entry: today, endpointId };
  let isSent = false;
  const { state, failure } = await attemptMessage(sender.work, place, { mayBeNew: true, now: sender.now }, async () => {
    const message = { id: webhookId(endpointId, place), words: digestText(contact.agency, counts, contact.locale) };
    const address = () => openDigestContact(sender.keyring, contact);
    const result = await sendByChannel(sender.channels(), contact, message, address, sender.now);
    isSent = result.is === 'SENT';
    return result;
  });
  if (!failure) return isSent ? 'sent' : null;
  const report = { digest: contact.officer, channel: contact.channel, ...failure };
  if (state.is === 'GIVEN_UP') log.error('An officer was not sent the digest of a day', report);
  else log.warn('An officer could not be sent the digest of a day', report);
  return 'failed';
}
