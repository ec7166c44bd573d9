import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '../../errors.ts';
import { readItem } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { transact } from '../dynamodb/transaction.ts';
import { and, attributeIs, update } from '../dynamodb/write.ts';
import { personKeyKeys } from '../tables.ts';
import type { DataKey } from './cipher.ts';
import type { PersonKeysItem, ZoneKeysItem } from './items.ts';
import { type Keyring, ZONE_CACHE_MS } from './keyring.ts';
import { openPersonKey, wrapPersonKey } from './person-key.ts';
import { scanKeys } from './scan-keys.ts';
import { openZoneKeys } from './zone-keys.ts';

/**
 * Waiting time of a rotation. A request lasts up to 30 seconds, so that any request with the former version has ended
 * by then.
 */
export const SETTLED_MS = ZONE_CACHE_MS + 40_000;

export interface Rotated {
  /** The version that wraps all persons' keys of the zone now. */
  readonly version: number;
  readonly rewrapped: number;
}

/**
 * Gives a zone a new key, and wraps its persons' keys by it. The former key is then deleted. Data encrypted by persons'
 * keys stay unchanged. Requests continue meanwhile, and a repeated run continues an interrupted one.
 * @param settledMs how long a process may still wrap by the former version
 * @param onRewrapped called with the number of rewrapped keys so far
 * @throws CodedError CONFIGURATION where the zone has no keys; CONFLICT where another rotation is running
 */
export async function rotateZone(
  keys: Table,
  keyring: Keyring,
  zoneId: string,
  {
    settledMs = SETTLED_MS,
    onRewrapped = () => {},
  }: { settledMs?: number; onRewrapped?: (count: number) => void } = {},
): Promise<Rotated> {
  const item = await newVersion(keys, keyring, await readZone(keys, zoneId));
  const settledAt = Date.parse(item.currentSince) + settledMs;
  await sleep(Math.max(settledAt - Date.now(), 0), undefined, { signal: keys.signal });
  const zone = openZoneKeys(item, keyring);
  const current = await zone.current();
  let rewrapped = 0;
  // A scan may miss a key that is written meanwhile, so it is repeated until it finds nothing.
  for (let found = -1; found !== 0; ) {
    found = 0;
    for await (const person of scanKeys<PersonKeysItem>(keys, 'PersonKeys')) {
      if (person.zoneId !== zoneId || person.zoneKey === current.version) continue;
      found += 1;
      await rewrap(keys, person, current, (version) => openPersonKey(zone, person, version));
      rewrapped += 1;
      onRewrapped(rewrapped);
    }
  }
  const remaining = { [current.version]: item.keys[current.version] };
  const isMine = { when: attributeIs('current', current.version), otherwise: 'OTHER_ROTATION' as const };
  const { committed } = await transact(keys, [update(item, { set: { keys: remaining } }, isMine)]);
  keyring.forget(zoneId);
  if (!committed) throw otherRotation();
  return { version: current.version, rewrapped };
}

async function readZone(keys: Table, zoneId: string): Promise<ZoneKeysItem> {
  const item = await readItem<ZoneKeysItem>(keys, personKeyKeys.zone(zoneId), { consistent: true });
  if (!item) throw new CodedError('CONFIGURATION', `${zoneId} has no keys yet. They are made with its first person.`);
  return item;
}

/** Returns the zone's keys with one more version; unchanged where a rotation was interrupted. */
async function newVersion(keys: Table, keyring: Keyring, item: ZoneKeysItem): Promise<ZoneKeysItem> {
  if (Object.keys(item.keys).length > 1) return item;
  const { zoneId, current } = item;
  const { wrapped } = await keyring.make({ zoneId, use: 'PERSON_KEYS', version: current + 1 });
  const set = {
    current: current + 1,
    currentSince: new Date().toISOString(),
    keys: { ...item.keys, [current + 1]: wrapped },
  };
  const isSame = { when: attributeIs('current', current), otherwise: 'OTHER_ROTATION' as const };
  const { committed } = await transact(keys, [update(item, { set }, isSame)]);
  keyring.forget(zoneId);
  if (!committed) throw otherRotation();
  return { ...item, ...set };
}

/** Wraps a person's key anew, unless it was changed or deleted meanwhile. */
async function rewrap(
  keys: Table,
  person: PersonKeysItem,
  by: DataKey,
  open: (version: number) => Promise<DataKey>,
): Promise<void> {
  const { personId, zoneKey, keys: before } = person;
  const wrapped: Record<string, string> = {};
  for (const version of Object.keys(person.keys)) {
    wrapped[version] = wrapPersonKey(by, personId, await open(Number(version)));
  }
  const sameKeys = { expression: '#c_keys = :c_keys', names: { '#c_keys': 'keys' }, values: { ':c_keys': before } };
  const isSame = and(attributeIs('zoneKey', zoneKey), sameKeys);
  await transact(keys, [
    update(person, { set: { zoneKey: by.version, keys: wrapped } }, { when: isSame, otherwise: 'CHANGED' as const }),
  ]);
}

function otherRotation(): CodedError {
  return new CodedError('CONFLICT', 'Another rotation of this zone is running.');
}
