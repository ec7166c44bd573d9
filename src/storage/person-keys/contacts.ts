/** Applicants' addresses for news of their cases, each encrypted by a key of its own that the zone's master key wraps. */
import { isIdOf } from '../../domain/ids.ts';
import type { Locale } from '../../domain/locale.ts';
import { maskContact, type NewsChannel, type StatedContact } from '../../domain/news/contact.ts';
import { readItem } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { transact } from '../dynamodb/transaction.ts';
import { attributeIs, remove } from '../dynamodb/write.ts';
import { personKeyKeys } from '../tables.ts';
import { type Sealed, seal, unseal } from './cipher.ts';
import type { Keyring } from './keyring.ts';

export interface ContactFacts {
  readonly caseId: string;
  readonly receiptNumber: string;
  readonly channel: NewsChannel;
  readonly maskedAddress: string;
  readonly locale: Locale;
  /** RFC 3339. Earlier events are not told. */
  readonly since: string;
  /** The zone whose master key wraps this contact's key. */
  readonly zoneId: string;
  readonly wrapped: string;
  readonly sealed: { readonly address: Sealed };
}

export type ContactItem = ReturnType<typeof contactItem>;
export function contactItem(facts: ContactFacts) {
  return { ...facts, ...personKeyKeys.contact(facts.caseId), type: 'NewsContact' as const };
}

/** Each contact has a key of its own, which is never replaced. */
const KEY_VERSION = 1;
const nameOf = (zoneId: string) => ({ zoneId, use: 'CONTACTS', version: KEY_VERSION }) as const;
const placeOf = (caseId: string) =>
  ({ table: 'personKeys', ...personKeyKeys.contact(caseId), field: 'address' }) as const;

/** A new key of one contact. */
export type ContactKey = Awaited<ReturnType<Keyring['make']>>;

/** Makes the key of a contact. */
export const newContactKey = (keyring: Keyring, zoneId: string): Promise<ContactKey> => keyring.make(nameOf(zoneId));

/** Encrypts a stated contact for its case, by a key that the case's zone wraps. */
export function sealContact(
  { bytes, wrapped }: ContactKey,
  of: { readonly id: string; readonly receiptNumber: string; readonly zoneId: string },
  { channel, address, locale }: StatedContact,
  now: Date,
): ContactItem {
  return contactItem({
    caseId: of.id,
    receiptNumber: of.receiptNumber,
    channel,
    maskedAddress: maskContact({ channel, address }),
    locale,
    since: now.toISOString(),
    zoneId: of.zoneId,
    wrapped,
    sealed: { address: seal({ version: KEY_VERSION, bytes }, placeOf(of.id), address) },
  });
}

/**
 * Decrypts the address of a contact.
 * @throws CodedError PERSONAL_DATA_UNAVAILABLE
 */
export async function openContact(keyring: Keyring, { caseId, zoneId, wrapped, sealed }: ContactItem): Promise<string> {
  const bytes = await keyring.open(nameOf(zoneId), wrapped);
  return unseal({ version: KEY_VERSION, bytes }, placeOf(caseId), sealed.address).toString('utf8');
}

/** Returns the contact of a case, read consistently: a removed one is told nothing more. */
export async function readContact(keys: Table, caseId: string): Promise<ContactItem | null> {
  if (!isIdOf('case', caseId)) return null;
  return readItem<ContactItem>(keys, personKeyKeys.contact(caseId), { consistent: true });
}

/** Removes a contact whose address has ended, unless the applicant has set another one meanwhile. */
export async function removeEndedContact(keys: Table, contact: ContactItem): Promise<void> {
  await transact(keys, [remove(contact, { when: attributeIs('wrapped', contact.wrapped), otherwise: 'REPLACED' })]);
}
