/** Requests for missing documents (一次性告知): the reason for each, and how the applicant reaches the agency. */

import { LOCALES } from '../../locale.ts';
import type { Agency } from '../agency.ts';
import type { CaseDocumentFacts } from '../file.ts';
import type { CaseEvent } from '../fold.ts';
import type { AgencyContact, RecordedReason, StatedReason, SupplementReason } from './supplement-reason.ts';

const MAX_NOTE_CHARACTERS = 500;
const MAX_PLACE_CHARACTERS = 200;
/** Digits, with the marks between them. */
const PHONE = /^\+?[\d][\d ()-]{2,30}$/;

/** A fault of a supplement request. */
export interface SupplementFault {
  readonly field: readonly string[];
  readonly message: string;
}

/**
 * Returns the faults of stated reasons. A document that has been received is asked for again for a stated reason only;
 * one that has not is missing, which needs no statement.
 */
export function faultsOfReasons(
  asked: readonly string[],
  reasons: readonly StatedReason[],
  documents: readonly CaseDocumentFacts[],
): readonly SupplementFault[] {
  const faults: SupplementFault[] = [];
  for (const [i, { document, note }] of reasons.entries()) {
    const field = ['reasons', `${i}`];
    if (!asked.includes(document)) faults.push({ field, message: 'The document of this reason is not asked for.' });
    if (reasons.findIndex((one) => one.document === document) < i) {
      faults.push({ field, message: 'A document has one reason.' });
    }
    if (note !== null && (note.trim() === '' || [...note].length > MAX_NOTE_CHARACTERS)) {
      faults.push({ field: [...field, 'note'], message: `A note has 1 to ${MAX_NOTE_CHARACTERS} characters.` });
    }
  }
  const isReceived = (code: string) => documents.some((one) => one.code === code && one.version !== null);
  const unreasoned = asked.filter((code) => isReceived(code) && !reasons.some(({ document }) => document === code));
  for (const code of unreasoned) {
    const message = `Say why ${code} is asked for again: it has been received.`;
    faults.push({ field: ['reasons'], message });
  }
  return faults;
}

/** Returns the faults of a stated contact. */
export function faultsOfContact(contact: AgencyContact | null): readonly SupplementFault[] {
  if (!contact) return [];
  const { phone, place } = contact;
  const faults: SupplementFault[] = [];
  if (!PHONE.test(phone)) {
    faults.push({ field: ['contact', 'phone'], message: 'A telephone number has 3 to 32 digits, blanks and hyphens.' });
  }
  const texts = place ? LOCALES.map((locale) => place[LANGUAGE_OF[locale]]) : [];
  if (!texts.every((text) => text.trim() !== '' && [...text].length <= MAX_PLACE_CHARACTERS)) {
    const message = `A place has 1 to ${MAX_PLACE_CHARACTERS} characters.`;
    faults.push({ field: ['contact', 'place'], message });
  }
  return faults;
}

const LANGUAGE_OF = { ZH: 'zh', JA: 'ja', EN: 'en' } as const;

/** Returns the reasons as the event stores them: one for each document, in the order asked. */
export function recordedReasons(asked: readonly string[], reasons: readonly StatedReason[]): readonly RecordedReason[] {
  return asked.map((document) => ({
    document,
    reason: reasons.find((one) => one.document === document)?.reason ?? 'MISSING',
  }));
}

/** The request that the applicant has to answer. */
export interface OpenRequest {
  readonly askedAt: string;
  /** The last day to supply the documents. */
  readonly until: string;
  readonly agency: Agency | null;
  readonly contact: AgencyContact | null;
}

/** Returns the open supplement request of a case; null where none is open. */
export function openRequest(events: readonly CaseEvent[]): OpenRequest | null {
  const asked = lastRequest(events);
  if (!asked || asked.until === undefined) return null;
  return { askedAt: asked.at, until: asked.until, agency: asked.agency ?? null, contact: asked.contact ?? null };
}

/** Returns the reason for which a document is asked for; null where it isn't, or where none was recorded. */
export function reasonOf(events: readonly CaseEvent[], { code, status }: CaseDocumentFacts): SupplementReason | null {
  if (status !== 'ASKED' && status !== 'REFUSED') return null;
  return lastRequest(events)?.asked?.find(({ document }) => document === code)?.reason ?? null;
}

/** The last request, unless the applicant has answered it, or the case has ended. */
function lastRequest(events: readonly CaseEvent[]): CaseEvent | null {
  const at = events.findLastIndex(({ kind }) => kind === 'SUPPLEMENT_REQUESTED');
  const after = events.slice(at + 1);
  const isOpen = after.every(({ kind }) => STAYS_OPEN.has(kind));
  return at >= 0 && isOpen ? (events[at] ?? null) : null;
}

/** Events that leave a request open. */
const STAYS_OPEN: ReadonlySet<CaseEvent['kind']> = new Set(['DOCUMENT_SUPPLIED', 'RECOMMENDED', 'CONSENT_GIVEN']);
