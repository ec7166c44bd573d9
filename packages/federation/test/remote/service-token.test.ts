import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { createServiceToken, serviceKeySet } from '../../src/remote/service-token.ts';

const ISSUER = 'https://gateway.example';
const AUDIENCE = 'https://bonded.example';

async function newKey(algorithm: 'ES256' | 'Ed25519'): Promise<Record<string, unknown>> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: 'key-1' };
}

test.each([
  ['ES256', 'ES256'],
  ['Ed25519', 'EdDSA'],
] as const)('%s: a partner verifies the token by the public key set', async (made, algorithm) => {
  const key = await newKey(made);
  const sign = await createServiceToken({ issuer: ISSUER, key });
  const keys = serviceKeySet(key);
  const options = { issuer: ISSUER, audience: AUDIENCE, algorithms: [algorithm] };
  const { payload, protectedHeader } = await jwtVerify(
    await sign(AUDIENCE),
    createLocalJWKSet({ keys: [...keys.keys] }),
    options,
  );
  expect(protectedHeader).toEqual({ alg: algorithm, kid: 'key-1', typ: 'JWT' });
  expect(Object.keys(payload).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sub']);
  expect(payload.exp! - payload.iat!).toBe(60);
  await expect(
    jwtVerify(await sign('https://other.example'), createLocalJWKSet({ keys: [...keys.keys] }), options),
  ).rejects.toThrow(/aud/);
});

test('the public key set holds no secret, each token an id of its own', async () => {
  const key = await newKey('ES256');
  const sign = await createServiceToken({ issuer: ISSUER, key });
  expect(serviceKeySet(key).keys).toEqual([
    { kty: 'EC', crv: 'P-256', kid: 'key-1', x: key.x, y: key.y, alg: 'ES256', use: 'sig' },
  ]);
  expect(await sign(AUDIENCE)).not.toBe(await sign(AUDIENCE));
});

test('a key that cannot sign is refused without being quoted', async () => {
  const key = await newKey('ES256');
  const { d: _, ...publicKey } = key;
  for (const wrong of [
    publicKey,
    { ...key, kid: '' },
    { ...key, crv: 'P-384' },
    { kty: 'oct', k: 'c2VjcmV0' },
    'secret',
    { ...key, x: 'AAAA' },
  ]) {
    const refusal = await createServiceToken({ issuer: ISSUER, key: wrong }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'CONFIGURATION' });
    expect(String(refusal)).not.toContain('secret');
    expect(String(refusal)).not.toContain(key.d);
  }
});
