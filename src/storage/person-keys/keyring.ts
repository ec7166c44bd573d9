import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { unavailable } from './cipher.ts';
import type { ZoneKeysItem } from './items.ts';
import { kmsClient, kmsMasterKeys } from './kms-master-keys.ts';
import { localMasterKeys } from './local-master-keys.ts';
import type { MasterKeys, ZoneKeyName } from './master-keys.ts';

/** How long an opened key of a zone is cached, so that a request about many persons takes one call to KMS. */
const KEY_CACHE_MS = 5 * 60_000;
/** How long a zone's item is cached. After that, every instance uses a new version. */
export const ZONE_CACHE_MS = 20_000;
const MAX_CACHED = 256;

/** The opened keys of zones in one process. Reuse it between requests. */
export interface Keyring {
  readonly make: MasterKeys['make'];
  readonly has: MasterKeys['has'];
  /**
   * Returns the key; from memory where it was opened in the last five minutes.
   * @throws CodedError PERSONAL_DATA_UNAVAILABLE where it can't be opened
   */
  open(name: ZoneKeyName, wrapped: string): Promise<Uint8Array>;
  /** Returns a zone's item, cached for 20 seconds, else from `read`. A missing item is read each time. */
  zone(zoneId: string, read: () => Promise<ZoneKeysItem | null>): Promise<ZoneKeysItem | null>;
  /** Drops a zone's cached item after a change. */
  forget(zoneId: string): void;
}

/** @param now returns epoch milliseconds */
export function createKeyring(masterKeys: MasterKeys, now: () => number = Date.now): Keyring {
  const keys = cached<Uint8Array>(KEY_CACHE_MS, now);
  const zones = cached<ZoneKeysItem | null>(ZONE_CACHE_MS, now);
  return {
    make: (name) => masterKeys.make(name),
    has: (zoneId) => masterKeys.has(zoneId),
    open: (name, wrapped) =>
      keys.get(`${name.zoneId} ${name.use} ${name.version} ${wrapped}`, async () => {
        try {
          return await masterKeys.unwrap(name, wrapped);
        } catch (error) {
          throw unavailable(error);
        }
      }),
    async zone(zoneId, read) {
      const item = await zones.get(zoneId, read);
      if (item === null) zones.delete(zoneId);
      return item;
    },
    forget: (zoneId) => zones.delete(zoneId),
  };
}

/** Returns a cache of values by name with an expiry and an upper bound. Concurrent callers share one load. */
function cached<Value>(milliseconds: number, now: () => number) {
  const entries = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();
  return {
    get(name: string, load: () => Promise<Value>): Promise<Value> {
      const known = entries.get(name);
      if (known && now() < known.until) return known.value;
      entries.delete(name);
      const value = load();
      entries.set(name, { value, until: now() + milliseconds });
      value.catch(() => {
        if (entries.get(name)?.value === value) entries.delete(name);
      });
      for (const oldest of entries.keys()) {
        if (entries.size <= MAX_CACHED) break;
        entries.delete(oldest);
      }
      return value;
    },
    delete: (name: string) => void entries.delete(name),
  };
}

/** Returns the keyring of the settings: by KMS where `MASTER_KEYS` names keys, else by this machine's own. */
export function keyringOf(settings: Pick<Config, 'region' | 'masterKeys' | 'localMasterSecret'>): Keyring {
  const { region, masterKeys, localMasterSecret } = settings;
  if (masterKeys !== undefined) return createKeyring(kmsMasterKeys(masterKeys, () => kmsClient(region)));
  if (localMasterSecret !== undefined) return createKeyring(localMasterKeys(localMasterSecret));
  const missing = (): never => {
    throw new CodedError('CONFIGURATION', 'MASTER_KEYS is not set, but personal data need it.');
  };
  return createKeyring({ has: () => missing(), make: async () => missing(), unwrap: async () => missing() });
}
