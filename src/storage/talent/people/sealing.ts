import type { Person } from '../../../domain/people/person.ts';
import { type SearchedField, searchTexts } from '../../../domain/people/search.ts';
import { personInputKey } from '../../dynamodb/idempotency.ts';
import { readItem } from '../../dynamodb/read.ts';
import type { InputKeys, Table } from '../../dynamodb/table.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import {
  and,
  attributeIs,
  type Condition,
  existsWithout,
  isNew,
  put,
  remove,
  update,
  type Write,
} from '../../dynamodb/write.ts';
import { type DataKey, seal, unavailable, unseal } from '../../person-keys/cipher.ts';
import {
  idNumberItem,
  type LookUpFacts,
  type PersonKeysItem,
  personKeysItem,
  searchEntryItem,
} from '../../person-keys/items.ts';
import type { Keyring } from '../../person-keys/keyring.ts';
import { newPersonKey, openPersonKey, wrapPersonKey } from '../../person-keys/person-key.ts';
import { readZoneKeys, zoneKeysOf } from '../../person-keys/zone-keys.ts';
import { type PrimaryKey, personKeyKeys, type TableNames } from '../../tables.ts';
import type { Uploads } from '../../uploads/uploads.ts';
import type { SealedFields } from './items.ts';

/** The talent table, with the stores of its persons' keys, its secrets and its files. */
export interface TalentTable extends Table {
  /** The table of persons' keys. */
  readonly keys: Table;
  readonly keyring: Keyring;
  /** The table with the secrets of receipt numbers. */
  readonly credentials: Table;
  /** The store of cases' files. */
  readonly uploads: Uploads;
}

/** Opens the talent table of a request with these stores. */
export function openTalentTable(
  table: Table,
  {
    tables,
    keyring,
    uploads,
  }: {
    readonly tables: Pick<TableNames, 'personKeys' | 'credentials'>;
    readonly keyring: Keyring;
    readonly uploads: Uploads;
  },
): TalentTable {
  const beside = (name: string): Table => ({ ...table, name });
  const keys = beside(tables.personKeys);
  const inputKeys = applicantsInputKeys(keys, keyring, table.inputKeys);
  return { ...table, inputKeys, keys, credentials: beside(tables.credentials), keyring, uploads };
}

/**
 * Returns input keys that hash applicants' inputs with their own keys, if they have one, and other inputs as before.
 */
function applicantsInputKeys(keys: Table, keyring: Keyring, others: InputKeys): InputKeys {
  const keysOf = (person: string) => readItem<PersonKeysItem>(keys, personKeyKeys.person(person), { consistent: true });
  /** The latest read that a mutation began with its load: after a refused commit it loads anew. */
  let begun: { readonly person: string; readonly item: ReturnType<typeof keysOf> } | undefined;
  return {
    prepare(person) {
      begun = { person, item: keysOf(person) };
      // A fault is reported where the key is needed.
      begun.item.catch(() => undefined);
    },
    async current(person) {
      const known = person !== undefined && begun?.person === person ? begun.item : undefined;
      const key = person === undefined ? null : await findPersonKey({ keys, keyring }, await (known ?? keysOf(person)));
      return person === undefined || key === null ? others.current(person) : personInputKey(person, key);
    },
    async named(name) {
      if ('secret' in name) return others.named(name);
      const { person, version } = name;
      const item = await keysOf(person);
      if (item?.keys[String(version)] === undefined) return null;
      const key = await findPersonKey({ keys, keyring }, item, version);
      return key && personInputKey(person, key);
    },
  };
}

export type SealingWrite = Write<Stale>;

/** A person's key, and its writes for the transaction of the data that it encrypts. */
export interface EnsuredKey {
  readonly key: DataKey;
  readonly writes: readonly SealingWrite[];
}

/** The values by which a person is found from now on; each is absent without a change. */
export interface FoundBy {
  /** A verified identity number. */
  readonly verified?: string | undefined;
  /** The stated fields by which officers of the zone search. */
  readonly stated?: Pick<Person, SearchedField>;
  /** The person's keys where they have been read, consistently. Read where absent. */
  readonly keys?: PersonKeysItem | null;
}

/** Returns the key that encrypts a person's data: their own, or a new one, wrapped by the zone's key. */
export async function ensurePersonKey(
  { keys, keyring }: TalentTable,
  personId: string,
  zoneId: string,
  { verified, stated, keys: read }: FoundBy,
  now: Date,
): Promise<EnsuredKey> {
  const [known, zoneKeys] = await Promise.all([
    read === undefined
      ? readItem<PersonKeysItem>(keys, personKeyKeys.person(personId), { consistent: true })
      : Promise.resolve(read),
    zoneKeysOf(keys, keyring, zoneId, now),
  ]);
  const zones = new Map([[zoneId, zoneKeys]]);
  const [before, searchedBefore] = [known?.lookUps ?? [], known?.searched ?? []];
  for (const other of known ? [known, ...before, ...searchedBefore] : []) {
    if (!zones.has(other.zoneId)) zones.set(other.zoneId, await zoneKeysOf(keys, keyring, other.zoneId, now));
  }
  /** Returns the hashes of texts in the zone of the request, and in those where the person is found already. */
  const hashesOf = async (texts: readonly string[], found: readonly LookUpFacts[]) => {
    const there = new Set([zoneId, ...found.map((lookUp) => lookUp.zoneId)]);
    const hashed = [...there].flatMap((zone) => texts.map((text) => zones.get(zone)!.lookUp(text)));
    return Promise.all(hashed);
  };
  const lookUps = verified === undefined ? before : await hashesOf([verified], before);
  const searched = stated === undefined ? searchedBefore : await hashesOf(searchTexts(stated), searchedBefore);
  const moved = [
    ...lookUpWrites(personId, before, lookUps, personKeyKeys.idNumber, idNumberItem),
    ...lookUpWrites(personId, searchedBefore, searched, personKeyKeys.search, searchEntryItem),
  ];
  const found = { lookUps, ...(known?.searched || stated ? { searched } : {}) };
  if (known) {
    const key = await openPersonKey(zones.get(known.zoneId)!, known, known.current);
    const isSame = { when: and(attributeIs('current', known.current), isFoundAs(known)), otherwise: STALE } as const;
    return {
      key,
      writes: [update(known, { set: found }, isSame), ...moved].map((write) => inTable(keys, write)),
    };
  }
  const [key, by] = [newPersonKey(1), await zoneKeys.current()];
  const facts = { personId, zoneId, zoneKey: by.version, current: key.version, ...found };
  const item = personKeysItem({ ...facts, keys: { [key.version]: wrapPersonKey(by, personId, key) } });
  return {
    key,
    writes: [put<Stale>(item, { when: isNew, otherwise: STALE }), ...moved].map((write) => inTable(keys, write)),
  };
}

/** Returns the condition that a person is found by the same values as when the item was read. */
export function isFoundAs({ lookUps, searched }: PersonKeysItem): Condition {
  return and(attributeIs('lookUps', lookUps), searched ? attributeIs('searched', searched) : existsWithout('searched'));
}

/** Returns a person's stored key; null where there is none, or after an erasure. */
export async function findPersonKey(
  { keys, keyring }: Pick<TalentTable, 'keys' | 'keyring'>,
  item: PersonKeysItem | null,
  version?: number,
): Promise<DataKey | null> {
  if (!item) return null;
  const zoneKeys = await readZoneKeys(keys, keyring, item.zoneId);
  if (!zoneKeys) throw unavailable();
  return openPersonKey(zoneKeys, item, version ?? item.current);
}

/** Encrypts fields of an item of the talent table. */
export function sealFields<Field extends string>(
  key: DataKey,
  { pk, sk }: PrimaryKey,
  fields: Readonly<Record<Field, string>>,
): SealedFields<Field> {
  const sealed = Object.entries<string>(fields).map(([field, value]) => [
    field,
    seal(key, { table: 'talent', pk, sk, field }, value),
  ]);
  return Object.fromEntries(sealed) as Record<Field, ReturnType<typeof seal>>;
}

/** @throws CodedError PERSONAL_DATA_UNAVAILABLE where the field was not sealed there */
export function openField<Field extends string>(
  key: DataKey,
  { pk, sk, sealed }: PrimaryKey & { readonly sealed: SealedFields<Field> },
  field: Field,
): string {
  return unseal(key, { table: 'talent', pk, sk, field }, sealed[field]).toString('utf8');
}

function lookUpWrites(
  personId: string,
  before: readonly LookUpFacts[],
  after: readonly LookUpFacts[],
  keyOf: typeof personKeyKeys.idNumber,
  itemOf: typeof idNumberItem | typeof searchEntryItem,
): SealingWrite[] {
  const has = (list: readonly LookUpFacts[], { zoneId, keyId, hash }: LookUpFacts) =>
    list.some((other) => other.zoneId === zoneId && other.keyId === keyId && other.hash === hash);
  return [
    ...before
      .filter((lookUp) => !has(after, lookUp))
      .map(({ zoneId, keyId, hash }) => remove<Stale>(keyOf(zoneId, keyId, hash, personId))),
    ...after.filter((lookUp) => !has(before, lookUp)).map((lookUp) => put<Stale>(itemOf(lookUp, personId))),
  ];
}

/** Returns a write to another table than its transaction's. */
export function inTable<Refused>(table: Table, write: Write<Refused>): Write<Refused> {
  return { ...write, action: () => write.action(table.name) };
}
