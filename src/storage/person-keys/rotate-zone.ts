import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '../../errors.ts';
import { and, attributeIs } from '../dynamodb/condition.ts';
import { readItem } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { transact } from '../dynamodb/transaction.ts';
import { update } from '../dynamodb/write.ts';
import { personKeyKeys } from '../tables.ts';
import type { DataKey } from './cipher.ts';
import type { PersonKeysItem, ZoneKeysItem } from './items.ts';
import { BELIEVED_MS, type Keyring } from './keyring.ts';
import { openPersonKey, wrapPersonKey } from './person-key.ts';
import { scanKeys } from './scan-keys.ts';
import { openZoneKeys } from './zone-keys.ts';

/** A request lasts up to 30 seconds: by then whoever believed the version before has written what they were to write. */
export const SETTLED_MS = BELIEVED_MS + 40_000;

export interface Rotated {
  /** The version that the zone's persons' keys are wrapped by now, all of them. */
  readonly version: number;
  readonly rewrapped: number;
}

/**
 * Gives a zone a new key and wraps its persons' keys by it instead of the one before, which is then thrown away. What the
 * persons' keys encrypt stays as it is. Requests go on meanwhile. Where it was cut short, the same again goes on with it.
 * @param settledMs for how long a process may still wrap by the version before
 * @param onRewrapped told how many keys were wrapped anew so far
 * @throws CodedError CONFIGURATION where the zone has no keys; CONFLICT where another rotation is at work
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
  // What is written while it is read may be missed once: it is through when nothing was left to do.
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
  const kept = { [current.version]: item.keys[current.version] };
  const isMine = { when: attributeIs('current', current.version), otherwise: 'OTHER_ROTATION' as const };
  const { committed } = await transact(keys, [update(item, { set: { keys: kept } }, isMine)]);
  keyring.forget(zoneId);
  if (!committed) throw otherRotation();
  return { version: current.version, rewrapped };
}

async function readZone(keys: Table, zoneId: string): Promise<ZoneKeysItem> {
  const item = await readItem<ZoneKeysItem>(keys, personKeyKeys.zone(zoneId), { consistent: true });
  if (!item) throw new CodedError('CONFIGURATION', `There are no keys of ${zoneId} yet: the first person makes them.`);
  return item;
}

/** With one version more than before; as it is where a rotation was cut short. */
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

/** Leaves a key alone that was changed or destroyed meanwhile. */
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
  return new CodedError('CONFLICT', 'Another rotation of this zone is at work.');
}
