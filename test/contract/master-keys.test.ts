import { KMSClient } from '@aws-sdk/client-kms';
import { createKeyring, keyringOf } from '../../src/storage/person-keys/keyring.ts';
import { kmsMasterKeys } from '../../src/storage/person-keys/kms-master-keys.ts';
import { localMasterKeys } from '../../src/storage/person-keys/local-master-keys.ts';
import type { MasterKeys, ZoneKeyName } from '../../src/storage/person-keys/master-keys.ts';
import { startKmsStandIn } from '../fixtures/kms-stand-in.ts';

/** One contract of what keeps master keys: KMS, and a machine's own secret. */

const KEYS = { zone_teda: 'key-of-teda', zone_baodi: 'key-of-baodi' };
const NAME: ZoneKeyName = { zoneId: 'zone_teda', use: 'PERSON_KEYS', version: 3 };

let kms: Awaited<ReturnType<typeof startKmsStandIn>>;
beforeAll(async () => {
  kms = await startKmsStandIn();
});
afterAll(() => kms.stop());

const client = async () =>
  new KMSClient({
    region: 'local',
    endpoint: kms.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });

const KEEPERS: readonly [string, () => MasterKeys][] = [
  ['KMS', () => kmsMasterKeys(KEYS, client)],
  ['this machine', () => localMasterKeys('a secret')],
];

test.each(KEEPERS)('a key that %s made opens again, by a process that has just started too', async (_, keeper) => {
  const [one, other] = [await keeper().make(NAME), await keeper().make(NAME)];
  expect(one.bytes).toHaveLength(32);
  expect(Buffer.from(one.bytes).equals(other.bytes)).toBe(false);
  expect(Buffer.from(await keeper().unwrap(NAME, one.wrapped)).equals(one.bytes)).toBe(true);
  expect(one.wrapped).not.toContain(Buffer.from(one.bytes).toString('base64url'));
});

test.each(KEEPERS)('it opens by %s for nothing else', async (_, keeper) => {
  const { wrapped } = await keeper().make(NAME);
  const others: readonly ZoneKeyName[] = [
    { ...NAME, zoneId: 'zone_baodi' },
    { ...NAME, use: 'LOOK_UP' },
    { ...NAME, use: 'WEBHOOKS' },
    { ...NAME, version: 4 },
  ];
  for (const other of others) await expect(keeper().unwrap(other, wrapped)).rejects.toThrow();
  await expect(keeper().unwrap(NAME, 'nonsense')).rejects.toThrow();
});

test('KMS is asked with the key of the zone, and told what for', async () => {
  kms.calls.length = 0;
  const keys = kmsMasterKeys(KEYS, client);
  const { wrapped } = await keys.make(NAME);
  await keys.unwrap(NAME, wrapped);
  const context = { zone: 'zone_teda', use: 'PERSON_KEYS', version: '3' };
  expect(kms.calls).toEqual([
    { action: 'GenerateDataKey', keyId: 'key-of-teda', context },
    { action: 'Decrypt', keyId: 'key-of-teda', context },
  ]);
  await expect(keys.make({ ...NAME, zoneId: 'zone_bonded' })).rejects.toMatchObject({ code: 'CONFIGURATION' });
  await expect(keys.make({ ...NAME, zoneId: 'toString' })).rejects.toMatchObject({ code: 'CONFIGURATION' });
  expect(kms.calls).toHaveLength(2);
});

test('where nothing says which master keys there are, nothing is encrypted', async () => {
  const none = keyringOf({ region: 'local', masterKeys: undefined, localMasterSecret: undefined });
  await expect(none.make(NAME)).rejects.toMatchObject({ code: 'CONFIGURATION' });
});

test('what can’t be opened now is told by a code, and asked for again the next time', async () => {
  const { wrapped } = await kmsMasterKeys(KEYS, client).make(NAME);
  const keyring = createKeyring(kmsMasterKeys(KEYS, client));
  kms.fail();
  kms.calls.length = 0;
  const both = await Promise.allSettled([keyring.open(NAME, wrapped), keyring.open(NAME, wrapped)]);
  for (const each of both) expect(each).toMatchObject({ reason: { code: 'PERSONAL_DATA_UNAVAILABLE', details: {} } });
  expect(kms.calls).toHaveLength(1);
  await expect(keyring.open(NAME, wrapped)).rejects.toMatchObject({ code: 'PERSONAL_DATA_UNAVAILABLE' });
  expect(kms.calls).toHaveLength(2);
});
