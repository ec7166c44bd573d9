/** Officers' addresses for digests of their agency's work, each encrypted by a key of its own that the zone's master key wraps. */
import type { Agency } from '../../domain/cases/agency.ts';
import type { Locale } from '../../domain/locale.ts';
import { maskContact, type NewsChannel, type StatedContact } from '../../domain/news/contact.ts';
import { digestsEndOn } from '../../domain/news/digest.ts';
import { readItem, readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { DIGEST_CONTACTS, personKeyKeys } from '../tables.ts';
import { type Sealed, seal, unseal } from './cipher.ts';
import type { Keyring } from './keyring.ts';

/** The name of an officer's contact. */
export interface DigestPlace {
  readonly zoneId: string;
  readonly agency: Agency;
  /** A hash that names the officer in this agency and zone. */
  readonly officer: string;
}

export interface DigestContactFacts extends DigestPlace {
  readonly version: number;
  readonly channel: NewsChannel;
  readonly maskedAddress: string;
  readonly locale: Locale;
  /** RFC 3339. */
  readonly since: string;
  /** The last day of digests, `YYYY-MM-DD`. */
  readonly endsOn: string;
  readonly wrapped: string;
  readonly sealed: { readonly address: Sealed };
}

export type DigestContactItem = ReturnType<typeof digestContactItem>;
export function digestContactItem(facts: DigestContactFacts) {
  const { zoneId, agency, officer } = facts;
  return { ...facts, ...personKeyKeys.digestContact(zoneId, agency, officer), type: 'DigestContact' as const };
}

/** Each contact has a key of its own, which is never replaced. */
const KEY_VERSION = 1;
const nameOf = (zoneId: string) => ({ zoneId, use: 'CONTACTS', version: KEY_VERSION }) as const;
const placeOf = ({ zoneId, agency, officer }: DigestPlace) =>
  ({ table: 'personKeys', ...personKeyKeys.digestContact(zoneId, agency, officer), field: 'address' }) as const;

/** Encrypts a stated contact of an officer, by a new key that the officer's zone wraps. */
export async function sealDigestContact(
  keyring: Keyring,
  place: DigestPlace,
  { channel, address, locale }: StatedContact,
  { version, now }: { readonly version: number; readonly now: Date },
): Promise<DigestContactItem> {
  const { bytes, wrapped } = await keyring.make(nameOf(place.zoneId));
  return digestContactItem({
    ...place,
    version,
    channel,
    maskedAddress: maskContact({ channel, address }),
    locale,
    since: now.toISOString(),
    endsOn: digestsEndOn(now),
    wrapped,
    sealed: { address: seal({ version: KEY_VERSION, bytes }, placeOf(place), address) },
  });
}

/**
 * Decrypts the address of a contact.
 * @throws CodedError PERSONAL_DATA_UNAVAILABLE
 */
export async function openDigestContact(keyring: Keyring, contact: DigestContactItem): Promise<string> {
  const bytes = await keyring.open(nameOf(contact.zoneId), contact.wrapped);
  return unseal({ version: KEY_VERSION, bytes }, placeOf(contact), contact.sealed.address).toString('utf8');
}

/** Returns an officer's contact, read consistently; null where there is none. */
export function readDigestContact(
  keys: Table,
  { zoneId, agency, officer }: DigestPlace,
): Promise<DigestContactItem | null> {
  return readItem<DigestContactItem>(keys, personKeyKeys.digestContact(zoneId, agency, officer), { consistent: true });
}

/** Returns the contacts of all officers who opted in, by agency, in one Query. */
export function digestContacts(keys: Table): Promise<readonly DigestContactItem[]> {
  return readRange<DigestContactItem>(keys, { partition: DIGEST_CONTACTS, consistent: true });
}
