import { createHmac } from 'node:crypto';
import { isIdOf } from '../../domain/ids.ts';
import { readItem } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { transact } from '../dynamodb/transaction.ts';
import { isNew, put } from '../dynamodb/write.ts';
import { personKeyKeys } from '../tables.ts';
import { type DataKey, unavailable } from './cipher.ts';
import { type LookUpFacts, type ZoneKeysItem, zoneKeysItem } from './items.ts';
import type { Keyring } from './keyring.ts';

/** The keys of a zone that wrap its persons' keys, and the key of their look-up hashes. */
export interface ZoneKeys {
  /** Returns the key that wraps new keys. */
  current(): Promise<DataKey>;
  /** @throws CodedError PERSONAL_DATA_UNAVAILABLE where the version is retired */
  version(version: number): Promise<DataKey>;
  /** Returns the look-up hash of an identity number or a searched text. Case and surrounding spaces don't matter. */
  lookUp(value: string): Promise<LookUpFacts>;
}

/** Returns a zone's keys; null where it has none yet. */
export async function readZoneKeys(keys: Table, keyring: Keyring, zoneId: string): Promise<ZoneKeys | null> {
  const item = await keyring.zone(zoneId, () =>
    readItem<ZoneKeysItem>(keys, personKeyKeys.zone(zoneId), { consistent: true }),
  );
  return item && openZoneKeys(item, keyring);
}

/** Returns a zone's keys; creates the first ones where it has none. */
export async function zoneKeysOf(keys: Table, keyring: Keyring, zoneId: string, now: Date): Promise<ZoneKeys> {
  const known = await readZoneKeys(keys, keyring, zoneId);
  if (known) return known;
  if (!isIdOf('zone', zoneId)) throw unavailable();
  const item = await firstZoneKeys(keyring, zoneId, now);
  // Another instance may have been first. Then its keys are the zone's.
  await transact(keys, [put(item, { when: isNew, otherwise: 'MADE_ALREADY' as const })]);
  const made = await readZoneKeys(keys, keyring, zoneId);
  if (!made) throw unavailable();
  return made;
}

/** Returns the first keys of a zone, as stored. */
export async function firstZoneKeys(keyring: Keyring, zoneId: string, now: Date): Promise<ZoneKeysItem> {
  const [first, lookUp] = await Promise.all([
    keyring.make({ zoneId, use: 'PERSON_KEYS', version: 1 }),
    keyring.make({ zoneId, use: 'LOOK_UP', version: 1 }),
  ]);
  return zoneKeysItem({
    zoneId,
    current: 1,
    currentSince: now.toISOString(),
    keys: { 1: first.wrapped },
    lookUp: { id: '1', wrapped: lookUp.wrapped },
  });
}

export function openZoneKeys({ zoneId, current, keys, lookUp }: ZoneKeysItem, keyring: Keyring): ZoneKeys {
  const version = async (wanted: number): Promise<DataKey> => {
    const wrapped = keys[String(wanted)];
    if (wrapped === undefined) throw unavailable();
    return { version: wanted, bytes: await keyring.open({ zoneId, use: 'PERSON_KEYS', version: wanted }, wrapped) };
  };
  return {
    version,
    current: () => version(current),
    async lookUp(value) {
      const key = await keyring.open({ zoneId, use: 'LOOK_UP', version: Number(lookUp.id) }, lookUp.wrapped);
      return { zoneId, keyId: lookUp.id, hash: lookUpHash(key, value) };
    },
  };
}

/** Returns the look-up hash of a value. It is keyed, so that no one can try all numbers without the key. */
export function lookUpHash(key: Uint8Array, value: string): string {
  return createHmac('sha256', key).update(value.trim().toUpperCase()).digest('base64url');
}
