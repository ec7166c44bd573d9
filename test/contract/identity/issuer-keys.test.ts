/** An issuer's keys on bad days, and on the day that they change. */
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { issuerKeys } from '../../../src/auth/issuer-keys.ts';
import { type KeyServer, startKeyServer } from './key-server.ts';

const pair = await generateKeyPair('ES256', { extractable: true });
const next = await generateKeyPair('ES256', { extractable: true });
const publicOf = async (kid: string, { publicKey }: typeof pair) => ({ ...(await exportJWK(publicKey)), kid });
const tokenOf = (kid: string, { privateKey }: typeof pair) =>
  new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);

let server: KeyServer;
beforeEach(async () => {
  server = await startKeyServer([await publicOf('old', pair)]);
});
afterEach(() => server.stop());

test.each([
  ['fails', 500, 'oops'],
  ['sends elsewhere', 302, ''],
  ['answers no JSON', 200, '<html>'],
  ['answers no key set', 200, '{"keys":[]}'],
  ['answers too much', 200, `{"keys":[{"kty":"${'x'.repeat(300_000)}"}]}`],
])('an issuer that %s is nobody’s fault who asks, and is left alone for a while', async (_, status, body) => {
  server.answerWith(status, body);
  const keys = issuerKeys({ jwksUrl: server.url });
  const token = await tokenOf('old', pair);
  for (let i = 0; i < 20; i++) {
    await expect(jwtVerify(token, keys)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
  }
  expect(server.fetches()).toBe(1);
});

test('an issuer that is back is asked again after the pause', async () => {
  server.answerWith(500, '');
  const keys = issuerKeys({ jwksUrl: server.url }, { pauseMs: 0 });
  const token = await tokenOf('old', pair);
  await expect(jwtVerify(token, keys)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
  server.answerWith(200, JSON.stringify({ keys: [await publicOf('old', pair)] }));
  expect(await jwtVerify(token, keys)).toMatchObject({ protectedHeader: { kid: 'old' } });
});

test('a new key is found when the last fetch is long enough ago, a withdrawn one is not taken then', async () => {
  const patient = issuerKeys({ jwksUrl: server.url });
  const eager = issuerKeys({ jwksUrl: server.url }, { cooldownMs: 0 });
  const [before, after] = await Promise.all([tokenOf('old', pair), tokenOf('new', next)]);
  await Promise.all([jwtVerify(before, patient), jwtVerify(before, eager)]);
  server.answerWith(200, JSON.stringify({ keys: [await publicOf('new', next)] }));
  await expect(jwtVerify(after, patient)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  expect(await jwtVerify(after, eager)).toMatchObject({ protectedHeader: { kid: 'new' } });
  await expect(jwtVerify(before, eager)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
});
