import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { unavailable } from './cipher.ts';
import type { ZoneKeysItem } from './items.ts';
import { kmsClient, kmsMasterKeys } from './kms-master-keys.ts';
import { localMasterKeys } from './local-master-keys.ts';
import type { MasterKeys, ZoneKeyName } from './master-keys.ts';

/** For how long an opened key of a zone is remembered: what a request of many persons needs of KMS is one call. */
const REMEMBERED_MS = 5 * 60_000;
/** For how long a zone's item is: a new version is used everywhere after this. */
export const BELIEVED_MS = 20_000;
const MAX_REMEMBERED = 256;

/** The zones' keys that a process has open. Keep it between requests. */
export interface Keyring {
  readonly make: MasterKeys['make'];
  readonly has: MasterKeys['has'];
  /**
   * @returns the key; from memory where it was opened in the last five minutes
   * @throws CodedError PERSONAL_DATA_UNAVAILABLE where it can't be had
   */
  open(name: ZoneKeyName, wrapped: string): Promise<Uint8Array>;
  /** A zone's item as it was read in the last 20 seconds, else as `read` reads it; what isn't there is asked for each time. */
  zone(zoneId: string, read: () => Promise<ZoneKeysItem | null>): Promise<ZoneKeysItem | null>;
  /** The item of a zone was changed here. */
  forget(zoneId: string): void;
}

/** @param now epoch milliseconds */
export function createKeyring(masterKeys: MasterKeys, now: () => number = Date.now): Keyring {
  const keys = remembering<Uint8Array>(REMEMBERED_MS, now);
  const zones = remembering<ZoneKeysItem | null>(BELIEVED_MS, now);
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

/** Values by name, each for a time, the newest of them; who asks while one is under way waits for the same. */
function remembering<Value>(milliseconds: number, now: () => number) {
  const kept = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();
  return {
    get(name: string, load: () => Promise<Value>): Promise<Value> {
      const known = kept.get(name);
      if (known && now() < known.until) return known.value;
      kept.delete(name);
      const value = load();
      kept.set(name, { value, until: now() + milliseconds });
      value.catch(() => {
        if (kept.get(name)?.value === value) kept.delete(name);
      });
      for (const oldest of kept.keys()) {
        if (kept.size <= MAX_REMEMBERED) break;
        kept.delete(oldest);
      }
      return value;
    },
    delete: (name: string) => void kept.delete(name),
  };
}

/** By KMS where `MASTER_KEYS` names keys, else by this machine's own. */
export function keyringOf(settings: Pick<Config, 'region' | 'masterKeys' | 'localMasterSecret'>): Keyring {
  const { region, masterKeys, localMasterSecret } = settings;
  if (masterKeys !== undefined) return createKeyring(kmsMasterKeys(masterKeys, () => kmsClient(region)));
  if (localMasterSecret !== undefined) return createKeyring(localMasterKeys(localMasterSecret));
  const missing = (): never => {
    throw new CodedError('CONFIGURATION', 'MASTER_KEYS is not set, and personal data need it.');
  };
  return createKeyring({ has: () => missing(), make: async () => missing(), unwrap: async () => missing() });
}
