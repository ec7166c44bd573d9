import { type IdentityFacts, type KnownIdentity, UNVERIFIED } from '../../../domain/people/identity.ts';
import {
  type Child,
  type GuardianConsent,
  maskPerson,
  PERSON_FIELDS,
  type Person,
  type PersonField,
} from '../../../domain/people/person.ts';
import { type SearchedField, searchText } from '../../../domain/people/search.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { personInputKey } from '../../dynamodb/idempotency.ts';
import { createLoader, keyLoader, type Loader } from '../../dynamodb/loader.ts';
import { readItem, readRange } from '../../dynamodb/read.ts';
import type { InputKey } from '../../dynamodb/table.ts';
import { STALE } from '../../dynamodb/transaction.ts';
import { isNew, put, versionIs } from '../../dynamodb/write.ts';
import type { IdNumberItem, PersonKeysItem, SearchEntryItem } from '../../person-keys/items.ts';
import { readZoneKeys } from '../../person-keys/zone-keys.ts';
import { type PrimaryKey, personKeyKeys, talentKeys } from '../../tables.ts';
import { type ChildItem, childItem, type PersonItem, personItem, type SealedFields } from './items.ts';
import { listPersonIn } from './list-person.ts';
import { type PersonWithKeys, readPersonWithKeys } from './person-with-keys.ts';
import {
  ensurePersonKey,
  findPersonKey,
  openField,
  type SealingWrite,
  sealFields,
  type TalentTable,
} from './sealing.ts';

/** A person in masked form. */
export interface MaskedPerson {
  readonly personId: string;
  readonly masked: Person;
}

/** The identity of a person's number when their data are stored. */
export interface StatedNumber {
  readonly identity: IdentityFacts;
  /** The version of the person's record that the identity was decided on. Another version is STALE. */
  readonly seen: number | undefined;
}

export interface SealedPerson {
  /** The masked forms for the applicant's case. */
  readonly masked: Person;
  /** The writes for the transaction of the data. A failed condition is STALE. */
  readonly writes: readonly SealingWrite[];
  /** The key that hashes the person's inputs from this transaction on. */
  readonly inputKey: InputKey;
  /** Encrypts further fields of the same person, for an item of the talent table in the same transaction. */
  into<Field extends string>(key: PrimaryKey, fields: Readonly<Record<Field, string>>): SealedFields<Field>;
}

/** An item of the talent table with encrypted fields. */
type Holder<Field extends string> = PrimaryKey & { readonly sealed: SealedFields<Field> };

/** Stores personal data: encrypted field by field with one key per person, and in masked forms. */
export interface People {
  /** Loads masked forms, without decryption: one BatchGet for many. */
  readonly byId: Loader<string, MaskedPerson | null>;
  /**
   * Encrypts a person's new or changed data.
   * @param zoneId the zone of the request. Its master key wraps the person's key, and a verified number is found in it.
   * @param stated the identity of the number; unverified where absent
   */
  seal(personId: string, zoneId: string, person: Person, now: Date, stated?: StatedNumber): Promise<SealedPerson>;
  /**
   * Returns a person's stated number, with its identity.
   * @param keyItem the person's keys where they have been read
   */
  identityOf(item: PersonItem | null, keyItem?: PersonKeysItem | null): Promise<KnownIdentity | null>;
  /**
   * Returns the whole value of a field; null where none is stored, or after an erasure. The access must have been
   * recorded.
   * @throws CodedError PERSONAL_DATA_UNAVAILABLE
   */
  open(personId: string, field: PersonField): Promise<string | null>;
  /** Returns the accounts with a verified identity number in a zone, by name: one Query. */
  accountsOf(zoneId: string, idNumber: string): Promise<readonly string[]>;
  /** Returns the persons who stated exactly this value in a zone, by name: one Query. */
  search(zoneId: string, field: SearchedField, value: string): Promise<readonly string[]>;
  /** Reads a person and their keys, for `listIn`. */
  withKeys(personId: string): Promise<PersonWithKeys>;
  /** Lists a person for the searches of a zone that has received a case of theirs. */
  listIn(of: { readonly personId: string; readonly read: PersonWithKeys }, zoneId: string, now: Date): Promise<void>;
  /**
   * Encrypts further fields of a stored person, for any item of the talent table; null where the person isn't stored.
   */
  sealInto<Field extends string>(
    personId: string,
    key: PrimaryKey,
    fields: Readonly<Record<Field, string>>,
  ): Promise<SealedFields<Field> | null>;
  /** Returns a whole value of such an item, as `open`. */
  openFrom<Field extends string>(personId: string, item: Holder<Field>, field: Field): Promise<string | null>;
  /** Encrypts a child's data beside its guardian's, with a key of its own. STALE where the child exists. */
  sealChild(
    names: { readonly guardianId: string; readonly childId: string; readonly zoneId: string },
    child: Child,
    consent: GuardianConsent,
    now: Date,
  ): Promise<readonly SealingWrite[]>;
  /** Returns a child's data, as `open`. Never for another subgraph, a partner or an analyst. */
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
  async function foundBy(zoneId: string, value: string, keyOf: typeof personKeyKeys.idNumber) {
    const zoneKeys = await readZoneKeys(keys, keyring, zoneId);
    if (!zoneKeys) return [];
    const { keyId, hash } = await zoneKeys.lookUp(value);
    const { pk: partition } = keyOf(zoneId, keyId, hash, '');
    const found = await readRange<IdNumberItem | SearchEntryItem>(keys, { partition, consistent: true });
    return found.map(({ personId }) => personId);
  }
  return {
    byId: { load: maskedOf, loadMany: (ids) => Promise.all(ids.map(maskedOf)) },
    async seal(personId, zoneId, person, now, { identity, seen } = { identity: UNVERIFIED, seen: undefined }) {
      const isVerified = identity.verifiedBy !== null;
      const [own, before] = await Promise.all([
        ensurePersonKey(
          table,
          personId,
          zoneId,
          { verified: isVerified ? person.idNumber : undefined, stated: person },
          now,
        ),
        readItem<PersonItem>(table, talentKeys.person(personId), { consistent: true }),
      ]);
      const version = seen ?? before?.version ?? 0;
      const masked = maskPerson(person);
      const sealed = sealFields(own.key, talentKeys.person(personId), only(person));
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
        writes: [...own.writes, put(item, { when: versionIs(version), otherwise: STALE })],
        inputKey: personInputKey(personId, own.key),
        into: (key, fields) => sealFields(own.key, key, fields),
      };
    },
    async open(personId, field) {
      const [item] = await Promise.all([items.load(personId), keyItems.load(personId)]);
      return item && openFrom(personId, item, field);
    },
    async identityOf(item, keyItem) {
      const keysOf = async (person: PersonItem) => keyItem ?? keyItems.load(person.personId);
      const key = item && (await findPersonKey(table, await keysOf(item), item.sealed.idNumber.key));
      const idNumber = item && key && openField(key, item, 'idNumber');
      return item && idNumber !== null ? { ...(item.identity ?? UNVERIFIED), idNumber } : null;
    },
    accountsOf: (zoneId, idNumber) => foundBy(zoneId, idNumber, personKeyKeys.idNumber),
    search: (zoneId, field, value) => foundBy(zoneId, searchText(field, value), personKeyKeys.search),
    withKeys: (personId) => readPersonWithKeys(table, personId),
    listIn: (of, zoneId, now) => listPersonIn(table, of, zoneId, now),
    async sealInto(personId, at, fields) {
      const key = await findPersonKey(table, await keyItems.load(personId));
      return key && sealFields(key, at, fields);
    },
    openFrom,
    async sealChild({ guardianId, childId, zoneId }, { name, birthDate }, consent, now) {
      const { key, writes } = await ensurePersonKey(table, childId, zoneId, {}, now);
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

/** Only known personal fields are stored. */
function only(person: Person): Person {
  return Object.fromEntries(PERSON_FIELDS.map((field) => [field, person[field]])) as Record<PersonField, string>;
}
