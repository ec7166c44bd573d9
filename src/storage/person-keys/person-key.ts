import { randomBytes } from 'node:crypto';
import { personKeyKeys } from '../tables.ts';
import { type DataKey, KEY_BYTES, type Place, seal, unavailable, unseal } from './cipher.ts';
import type { PersonKeysFacts } from './items.ts';
import type { ZoneKeys } from './zone-keys.ts';

export function newPersonKey(version: number): DataKey {
  return { version, bytes: randomBytes(KEY_BYTES) };
}

/** Wraps a person's key by a zone's key. It opens only as this version of this person's key. */
export function wrapPersonKey(zoneKey: DataKey, personId: string, key: DataKey): string {
  return seal(zoneKey, placeOf(personId, key.version), key.bytes).text;
}

/** @throws CodedError PERSONAL_DATA_UNAVAILABLE where there is no such version, or it can't be opened */
export async function openPersonKey(
  zoneKeys: ZoneKeys,
  { personId, zoneKey, keys }: PersonKeysFacts,
  version: number,
): Promise<DataKey> {
  const text = keys[String(version)];
  if (text === undefined) throw unavailable();
  const by = await zoneKeys.version(zoneKey);
  return { version, bytes: unseal(by, placeOf(personId, version), { key: zoneKey, text }) };
}

function placeOf(personId: string, version: number): Place {
  return { table: 'personKeys', ...personKeyKeys.person(personId), field: `key ${version}` };
}
