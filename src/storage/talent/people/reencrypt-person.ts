import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '../../../errors.ts';
import { readItem, readRange } from '../../dynamodb/read.ts';
import { transact } from '../../dynamodb/transaction.ts';
import { and, attributeIs, type Condition, update } from '../../dynamodb/write.ts';
import type { DataKey } from '../../person-keys/cipher.ts';
import type { PersonKeysItem } from '../../person-keys/items.ts';
import { newPersonKey, wrapPersonKey } from '../../person-keys/person-key.ts';
import { SETTLED_MS } from '../../person-keys/rotate-zone.ts';
import { readZoneKeys } from '../../person-keys/zone-keys.ts';
import { type PrimaryKey, personKeyKeys, talentKeys } from '../../tables.ts';
import { casesOfPerson } from './erase-person.ts';
import type { ChildItem, PersonItem, SealedFields } from './items.ts';
import type { PersonFactsItem } from './recorded-facts.ts';
import { findPersonKey, openField, sealFields, type TalentTable } from './sealing.ts';

type Holder = PrimaryKey & { readonly sealed: SealedFields };

/**
 * Replaces the key of a person and of each of their children, after a possible disclosure. All data are encrypted with
 * the new key, and the former key is deleted. A repeated call continues an interrupted one.
 * @param settledMs how long a process may still encrypt with the former key
 * @returns the number of re-encrypted items
 * @throws CodedError CONFIGURATION where the person isn't stored; CONFLICT where other requests change the same items
 */
export async function reencryptPerson(table: TalentTable, personId: string, settledMs = SETTLED_MS): Promise<number> {
  const own = () =>
    readRange<PersonItem | ChildItem | PersonFactsItem>(table, { partition: talentKeys.person(personId).pk });
  const children = (await own()).filter((item) => item.type === 'Child').map(({ childId }) => childId);
  for (const keyOf of [personId, ...children]) await newVersion(table, keyOf);
  await sleep(settledMs, undefined, { signal: table.signal });
  let items = 0;
  for (const childId of children) {
    items += await moveAll(table, childId, async () =>
      (await own()).filter((item) => item.type === 'Child' && item.childId === childId),
    );
  }
  items += await moveAll(table, personId, async () => {
    const cases = await casesOfPerson(table, personId);
    const files = await Promise.all(
      cases
        .flatMap(({ pk }) => [pk, talentKeys.upload(pk, '').pk])
        .map((partition) => readRange<Partial<Holder> & PrimaryKey>(table, { partition })),
    );
    return [...(await own()).filter((item) => item.type !== 'Child'), ...files.flat().filter(isHolder)];
  });
  return items;
}

function isHolder(item: Partial<Holder> & PrimaryKey): item is Holder {
  return item.sealed !== undefined && item.sealed !== null;
}

async function readKeys({ keys }: TalentTable, personId: string): Promise<PersonKeysItem> {
  const item = await readItem<PersonKeysItem>(keys, personKeyKeys.person(personId), { consistent: true });
  if (!item) throw new CodedError('CONFIGURATION', 'No data of this person are stored.');
  return item;
}

/** Adds one version of a key, unless an interrupted run has added it. */
async function newVersion(table: TalentTable, personId: string): Promise<void> {
  const item = await readKeys(table, personId);
  if (Object.keys(item.keys).length > 1) return;
  const zone = await readZoneKeys(table.keys, table.keyring, item.zoneId);
  if (!zone) throw changed();
  const key = newPersonKey(item.current + 1);
  const wrapped = wrapPersonKey(await zone.version(item.zoneKey), personId, key);
  const set = { current: key.version, keys: { ...item.keys, [key.version]: wrapped } };
  const isSame = and(attributeIs('current', item.current), attributeIs('zoneKey', item.zoneKey));
  const { committed } = await transact(table.keys, [update(item, { set }, { when: isSame, otherwise: 'CHANGED' })]);
  if (!committed) throw changed();
}

/** Encrypts items with the current version until none has another one, and then deletes the other versions. */
async function moveAll(table: TalentTable, personId: string, holders: () => Promise<Holder[]>): Promise<number> {
  const item = await readKeys(table, personId);
  const current = await findPersonKey(table, item);
  if (!current) throw changed();
  let moved = 0;
  for (let left = await outdated(holders, current); left.length > 0; left = await outdated(holders, current)) {
    for (const holder of left) moved += await move(table, item, holder, current);
  }
  const set = { keys: { [current.version]: item.keys[current.version] } };
  const isSame = and(attributeIs('current', current.version), attributeIs('zoneKey', item.zoneKey));
  const { committed } = await transact(table.keys, [update(item, { set }, { when: isSame, otherwise: 'CHANGED' })]);
  if (!committed) throw changed();
  return moved;
}

async function outdated(holders: () => Promise<Holder[]>, { version }: DataKey): Promise<Holder[]> {
  return (await holders()).filter(({ sealed }) => Object.values(sealed).some(({ key }) => key !== version));
}

/** @returns 1 for a written item, 0 for one that was changed meanwhile */
async function move(table: TalentTable, item: PersonKeysItem, holder: Holder, current: DataKey): Promise<0 | 1> {
  const whole: Record<string, string> = {};
  for (const [field, { key: version }] of Object.entries(holder.sealed)) {
    const key = await findPersonKey(table, item, version);
    if (!key) throw changed();
    whole[field] = openField(key, holder, field);
  }
  const set = { sealed: sealFields(current, holder, whole) };
  const outcome = await transact(table, [update(holder, { set }, { when: sealedIs(holder), otherwise: 'CHANGED' })]);
  return outcome.committed ? 1 : 0;
}

function sealedIs({ sealed }: Holder): Condition {
  return { expression: '#c_sealed = :c_sealed', names: { '#c_sealed': 'sealed' }, values: { ':c_sealed': sealed } };
}

function changed(): CodedError {
  return new CodedError('CONFLICT', 'Other requests are changing the same data. Try again in a moment.');
}
