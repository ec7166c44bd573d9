import { hkdfSync, randomBytes } from 'node:crypto';
import { type DataKey, KEY_BYTES, type Place, seal, unseal } from './cipher.ts';
import type { MasterKeys, ZoneKeyName } from './master-keys.ts';

/** Returns master keys of one machine, derived from its secret. They replace KMS in local mode, without real data. */
export function localMasterKeys(secret: string): MasterKeys {
  return {
    has: () => true,
    async make(name) {
      const bytes = randomBytes(KEY_BYTES);
      return { bytes, wrapped: seal(masterKey(secret, name), placeOf(name), bytes).text };
    },
    async unwrap(name, wrapped) {
      const key = masterKey(secret, name);
      return unseal(key, placeOf(name), { key: key.version, text: wrapped });
    },
  };
}

function masterKey(secret: string, { zoneId }: ZoneKeyName): DataKey {
  const bytes = hkdfSync('sha256', secret, '', `master key of ${zoneId}`, KEY_BYTES);
  return { version: 0, bytes: new Uint8Array(bytes) };
}

function placeOf({ zoneId, use, version }: ZoneKeyName): Place {
  return { table: 'personKeys', pk: zoneId, sk: use, field: String(version) };
}
