import { searchTexts } from '../../../domain/people/search.ts';
import { saverOf } from '../../../domain/questions/saved-question.ts';
import type { DataKey } from '../../../storage/person-keys/cipher.ts';
import { newContactKey, sealContact } from '../../../storage/person-keys/contacts.ts';
import { sealDigestContact } from '../../../storage/person-keys/digest-contacts.ts';
import {
  idNumberItem,
  personKeysItem,
  searchEntryItem,
  type ZoneKeysItem,
} from '../../../storage/person-keys/items.ts';
import type { Keyring } from '../../../storage/person-keys/keyring.ts';
import { newPersonKey, wrapPersonKey } from '../../../storage/person-keys/person-key.ts';
import { firstZoneKeys, lookUpHash } from '../../../storage/person-keys/zone-keys.ts';
import { type PrimaryKey, talentKeys } from '../../../storage/tables.ts';
import type { CaseFacts } from '../../../storage/talent/items.ts';
import { personItem, type SealedFields } from '../../../storage/talent/people/items.ts';
import { sealFields } from '../../../storage/talent/people/sealing.ts';
import { demoParks, HEADLINE_PARK } from '../parks/parks.ts';
import { TEDA } from '../parks/zones.ts';
import type { Scale } from '../scale.ts';
import { type DemoPerson, personOf, personsOf } from './persons.ts';

/** The demo's people as stored records and their keys. Records can be read with these keys only. */
export interface SealedPersons {
  /** Encrypts further personal data, for an item of the talent table. */
  into<Field extends string>(
    personId: string,
    key: PrimaryKey,
    fields: Readonly<Record<Field, string>>,
  ): SealedFields<Field>;
  /** For the talent table. */
  records(): Iterable<PrimaryKey>;
  /** For the table of persons' keys. */
  keys(): Iterable<PrimaryKey>;
  /** Encrypts the contact for news of a case of the headline zone, for the same table. */
  contactOf(of: Pick<CaseFacts, 'id' | 'receiptNumber' | 'zoneId' | 'openedAt'>): PrimaryKey;
  /** The contact for digests of the local issuer's sample officer, for the same table. */
  readonly digestContact: PrimaryKey;
}

/** The officer of a local token without further choices. */
const SAMPLE_OFFICER = {
  kind: 'officer',
  person: 'sample-officer',
  agency: 'PARK',
  zone: TEDA,
  roles: [],
} as const;

interface OpenZone {
  readonly item: ZoneKeysItem;
  readonly current: DataKey;
  readonly lookUp: Uint8Array;
}

/**
 * Encrypts the demo's people, each under a new key.
 * @param known a zone's existing keys
 */
export async function sealedPersons(
  scale: Scale,
  now: Date,
  keyring: Keyring,
  known: (zoneId: string) => Promise<ZoneKeysItem | null> = async () => null,
): Promise<SealedPersons> {
  const parks = demoParks(scale);
  const zones = new Map<string, OpenZone>();
  for (const zoneId of new Set(parks.map(({ facts }) => facts.zoneId))) {
    const item = (await known(zoneId)) ?? (await firstZoneKeys(keyring, zoneId, now));
    zones.set(zoneId, await openZone(item, keyring));
  }
  const headline = parks.find(({ id }) => id === HEADLINE_PARK)!;
  const contactKey = await newContactKey(keyring, headline.facts.zoneId);
  const digestContact = await sealDigestContact(
    keyring,
    { zoneId: SAMPLE_OFFICER.zone, agency: SAMPLE_OFFICER.agency, officer: saverOf(SAMPLE_OFFICER) },
    { channel: 'EMAIL', address: 'sample-officer@park.example', locale: 'ZH' },
    { version: 1, now },
  );
  const made = new Map<string, DataKey>();
  const keyOf = (personId: string) => {
    const key = made.get(personId) ?? newPersonKey(1);
    made.set(personId, key);
    return key;
  };
  function* people(): Generator<DemoPerson> {
    for (let number = 1; number <= personsOf(scale); number++) yield personOf(number, parks);
  }
  return {
    digestContact,
    into: (personId, key, fields) => sealFields(keyOf(personId), key, fields),
    contactOf: (of) =>
      sealContact(contactKey, of, { channel: 'SMS', address: '10000000001', locale: 'ZH' }, new Date(of.openedAt)),
    *records() {
      for (const { personId, person, masked, identity } of people()) {
        const sealed = sealFields(keyOf(personId), talentKeys.person(personId), person);
        yield personItem({ personId, masked, sealed, identity, version: 1, sealedAt: now.toISOString() });
      }
    },
    *keys() {
      for (const { item } of zones.values()) yield item;
      for (const { personId, person, park, identity } of people()) {
        const { zoneId } = park.facts;
        const { item, current, lookUp } = zones.get(zoneId)!;
        const found = { zoneId, keyId: item.lookUp.id, hash: lookUpHash(lookUp, person.idNumber) };
        const key = keyOf(personId);
        const keys = { [key.version]: wrapPersonKey(current, personId, key) };
        const facts = { personId, zoneId, zoneKey: current.version, current: key.version, keys };
        const isVerified = identity.verifiedBy !== null;
        const searched = searchTexts(person).map((text) => ({ ...found, hash: lookUpHash(lookUp, text) }));
        yield personKeysItem({ ...facts, lookUps: isVerified ? [found] : [], searched });
        if (isVerified) yield idNumberItem(found, personId);
        for (const entry of searched) yield searchEntryItem(entry, personId);
      }
    },
  };
}

async function openZone(item: ZoneKeysItem, keyring: Keyring): Promise<OpenZone> {
  const { zoneId, current: version, keys, lookUp } = item;
  return {
    item,
    current: { version, bytes: await keyring.open({ zoneId, use: 'PERSON_KEYS', version }, keys[version] ?? '') },
    lookUp: await keyring.open({ zoneId, use: 'LOOK_UP', version: Number(lookUp.id) }, lookUp.wrapped),
  };
}
