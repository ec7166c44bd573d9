import { type IdentityFacts, type KnownIdentity, UNVERIFIED } from '../../../domain/people/identity.ts';
import {
  type Child,
  type GuardianConsent,
  maskPerson,
  PERSON_FIELDS,
  type Person,
  type PersonField,
} from '../../../domain/people/person.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { isNew, versionIs } from '../../dynamodb/condition.ts';
import { type InputKey, personInputKey } from '../../dynamodb/input-keys.ts';
import { keyLoader } from '../../dynamodb/item-loader.ts';
import { createLoader, type Loader } from '../../dynamodb/loader.ts';
import { readItem, readRange } from '../../dynamodb/read.ts';
import { STALE } from '../../dynamodb/transaction.ts';
import { put } from '../../dynamodb/write.ts';
import type { IdNumberItem, PersonKeysItem } from '../../person-keys/items.ts';
import { readZoneKeys } from '../../person-keys/zone-keys.ts';
import { type PrimaryKey, personKeyKeys, talentKeys } from '../../tables.ts';
import { type ChildItem, childItem, type PersonItem, personItem, type SealedFields } from './items.ts';
import { findPersonKey, holdPersonKey, openField, type SealingWrite, sealFields, type TalentTable } from './sealing.ts';

/** A person as everybody who may see them at all does. */
export interface MaskedPerson {
  readonly personId: string;
  readonly masked: Person;
}

/** What is known of a person's number when their data are stored. */
export interface StatedNumber {
  readonly identity: IdentityFacts;
  /** The version of the person's record that the identity was decided by: another one is STALE. */
  readonly seen: number | undefined;
}

export interface SealedPerson {
  /** What a case keeps of its applicant. */
  readonly masked: Person;
  /** For the transaction that the data came with; where their conditions don't hold: STALE. */
  readonly writes: readonly SealingWrite[];
  /** What the person's inputs are hashed by, from this transaction on. */
  readonly inputKey: InputKey;
  /** Encrypts more of the same person's, for an item of the talent table that is written in the same transaction. */
  into<Field extends string>(key: PrimaryKey, fields: Readonly<Record<Field, string>>): SealedFields<Field>;
}

/** An item of the talent table that holds encrypted fields. */
type Holder<Field extends string> = PrimaryKey & { readonly sealed: SealedFields<Field> };

/** Personal data: encrypted field by field, by a key a person, and shown in masked forms. */
export interface People {
  /** Masked forms; decrypts nothing: one BatchGet for many. */
  readonly byId: Loader<string, MaskedPerson | null>;
  /**
   * Encrypts a person's data, new ones or others than before.
   * @param zoneId the zone that asks for them: by its master key the person's key is kept, and in it the person is found
   * once the number is verified
   * @param stated what is known of the number; unverified where nothing is said
   */
  seal(personId: string, zoneId: string, person: Person, now: Date, stated?: StatedNumber): Promise<SealedPerson>;
  /** Returns the number that a person has stated, with what is known of it. */
  identityOf(item: PersonItem | null): Promise<KnownIdentity | null>;
  /**
   * The whole value; null where nothing is kept of the person, or nothing any more. Who is shown it must have been noted.
   * @throws CodedError PERSONAL_DATA_UNAVAILABLE
   */
  open(personId: string, field: PersonField): Promise<string | null>;
  /** Returns the accounts whose verified identity number it is in a zone, oldest names first: one Query. */
  accountsOf(zoneId: string, idNumber: string): Promise<readonly string[]>;
  /** Encrypts more of a person whose data are kept, for any item of the talent table; null where nothing is kept of them. */
  sealInto<Field extends string>(
    personId: string,
    key: PrimaryKey,
    fields: Readonly<Record<Field, string>>,
  ): Promise<SealedFields<Field> | null>;
  /** A whole value out of such an item, as `open`. */
  openFrom<Field extends string>(personId: string, item: Holder<Field>, field: Field): Promise<string | null>;
  /** Encrypts a child's data beside its guardian's, by a key of its own. STALE where there is such a child already. */
  sealChild(
    names: { readonly guardianId: string; readonly childId: string; readonly zoneId: string },
    child: Child,
    consent: GuardianConsent,
    now: Date,
  ): Promise<readonly SealingWrite[]>;
  /** As `open`. Never for another subgraph, a partner or an analyst. */
  openChild(guardianId: string, childId: string): Promise<Child | null>;
}

export function openPeople(table: TalentTable): People {
  const { keys, keyring } = table;
  const items = keyLoader<string, PersonItem>(table, talentKeys.person);
  const keyItems = createLoader<string, PersonKeysItem | null>((ids) =>
    batchRead<PersonKeysItem>(keys, ids.map(personKeyKeys.person), { consistent: true }),
  );
  const openFrom: People['openFrom'] = async (personId, item, field) => {
    const key = await findPersonKey(table, await keyItems.load(personId), item.sealed[field].key);
    return key && openField(key, item, field);
  };
  const maskedOf = async (personId: string): Promise<MaskedPerson | null> => {
    const item = await items.load(personId);
    return item && { personId, masked: item.masked };
  };
  return {
    byId: { load: maskedOf, loadMany: (ids) => Promise.all(ids.map(maskedOf)) },
    async seal(personId, zoneId, person, now, { identity, seen } = { identity: UNVERIFIED, seen: undefined }) {
      const isVerified = identity.verifiedBy !== null;
      const [held, before] = await Promise.all([
        holdPersonKey(table, personId, zoneId, isVerified ? person.idNumber : undefined, now),
        readItem<PersonItem>(table, talentKeys.person(personId), { consistent: true }),
      ]);
      const version = seen ?? before?.version ?? 0;
      const masked = maskPerson(person);
      const sealed = sealFields(held.key, talentKeys.person(personId), only(person));
      const item = personItem({
        personId,
        masked,
        sealed,
        identity,
        version: version + 1,
        sealedAt: now.toISOString(),
      });
      return {
        masked,
        writes: [...held.writes, put(item, { when: versionIs(version), otherwise: STALE })],
        inputKey: personInputKey(personId, held.key),
        into: (key, fields) => sealFields(held.key, key, fields),
      };
    },
    async open(personId, field) {
      const [item] = await Promise.all([items.load(personId), keyItems.load(personId)]);
      return item && openFrom(personId, item, field);
    },
    async identityOf(item) {
      const idNumber = item && (await openFrom(item.personId, item, 'idNumber'));
      return item && idNumber !== null ? { ...(item.identity ?? UNVERIFIED), idNumber } : null;
    },
    async accountsOf(zoneId, idNumber) {
      const zoneKeys = await readZoneKeys(keys, keyring, zoneId);
      if (!zoneKeys) return [];
      const { keyId, hash } = await zoneKeys.lookUp(idNumber);
      const { pk: partition } = personKeyKeys.idNumber(zoneId, keyId, hash, '');
      const found = await readRange<IdNumberItem>(keys, { partition, consistent: true });
      return found.map(({ personId }) => personId);
    },
    async sealInto(personId, at, fields) {
      const key = await findPersonKey(table, await keyItems.load(personId));
      return key && sealFields(key, at, fields);
    },
    openFrom,
    async sealChild({ guardianId, childId, zoneId }, { name, birthDate }, consent, now) {
      const { key, writes } = await holdPersonKey(table, childId, zoneId, undefined, now);
      const sealed = sealFields(key, talentKeys.childOfPerson(guardianId, childId), { name, birthDate });
      const item = childItem({ childId, guardianId, consent, sealed, sealedAt: now.toISOString() });
      return [...writes, put(item, { when: isNew, otherwise: STALE })];
    },
    async openChild(guardianId, childId) {
      const item = await readItem<ChildItem>(table, talentKeys.childOfPerson(guardianId, childId));
      if (!item) return null;
      const [name, birthDate] = await Promise.all(
        (['name', 'birthDate'] as const).map((field) => openFrom(childId, item, field)),
      );
      return name == null || birthDate == null ? null : { name, birthDate };
    },
  };
}

/** Nothing is stored that isn't known to be of a person. */
function only(person: Person): Person {
  return Object.fromEntries(PERSON_FIELDS.map((field) => [field, person[field]])) as Record<PersonField, string>;
}
