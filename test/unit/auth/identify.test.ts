import { mock } from 'node:test';
import fc from 'fast-check';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { API_KEY_MARK, type Checks, createIdentify, readCredential } from '../../../src/auth/identify.ts';
import { issuedTokenCheck } from '../../../src/auth/issued-token.ts';
import { readIssuers } from '../../../src/auth/trusted-issuers.ts';
import { log } from '../../../src/log.ts';
import { momentOf } from '../../fixtures/moment.ts';

const pair = await generateKeyPair('ES256', { extractable: true });
const issuers = readIssuers({
  mode: 'aws',
  oidcIssuers: [
    {
      issuer: 'https://issuer.test',
      audience: 'bridgehead',
      jwks: { keys: [await exportJWK(pair.publicKey)] },
      algorithms: ['ES256'],
      kinds: ['applicant'],
    },
  ],
});
const token = await new SignJWT({ viewer_kind: 'applicant' })
  .setProtectedHeader({ alg: 'ES256' })
  .setIssuer('https://issuer.test')
  .setAudience('bridgehead')
  .setSubject('p')
  .setExpirationTime('5m')
  .sign(pair.privateKey);

const refused = async () => ({ refused: 'REFUSED' });
const checks: Checks = { issuedToken: issuedTokenCheck(issuers), caseToken: refused, apiKey: refused };
const identify = createIdentify(checks);
const moment = () => momentOf(new Date());

test('refuses a token with any changed character', async () => {
  expect(await identify({ authorization: `Bearer ${token}` }, moment())).toEqual({ kind: 'applicant', person: 'p' });
  // But for the last one: of its six bits two say nothing.
  const place = fc.integer({ min: 0, max: token.length - 2 });
  const character = fc.constantFrom(...'ABCabc019-_.=');
  await fc.assert(
    fc.asyncProperty(place, character, async (at, other) => {
      fc.pre(token[at] !== other);
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      await expect(identify({ authorization: `Bearer ${changed}` }, moment())).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    }),
  );
});

test('gives every invalid header the same refusal', async () => {
  const part = fc.oneof(fc.string(), fc.base64String(), fc.constantFrom('.', '..', 'e30', 'bnVsbA', API_KEY_MARK));
  const header = fc.array(part, { maxLength: 5 }).map((parts) => `Bearer ${parts.join('')}`);
  await fc.assert(
    fc.asyncProperty(fc.oneof(header, fc.string()), async (authorization) => {
      const error = await identify({ authorization }, moment()).then(String, (thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'UNAUTHENTICATED', details: {} });
      expect(error).not.toHaveProperty('cause');
    }),
    { numRuns: 500 },
  );
});

test("reports a verifier's fault as a fault, not a refusal", async () => {
  const broken = createIdentify({ ...checks, apiKey: () => Promise.reject(new Error('broken')) });
  await expect(broken({ authorization: `Bearer ${API_KEY_MARK}x` }, moment())).rejects.toThrow('broken');
});

test('logs a code and nothing of the credential', async () => {
  const { mock: spied } = mock.method(log, 'warn');
  const forged = `${token.slice(0, -10)}AAAAAAAAAA`;
  const fresh = createIdentify(checks);
  await expect(fresh({ authorization: `Bearer ${forged}` }, moment())).rejects.toThrow();
  expect(spied.calls.map((call) => call.arguments)).toEqual([
    [
      'a credential was refused',
      expect.objectContaining({ requestId: 'test', code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' }),
    ],
  ]);
  expect(JSON.stringify(spied.calls)).not.toContain(forged.slice(-40, -10));
  spied.restore();
});

test('limits the lines of a flood and counts the rest', async () => {
  const { mock: spied } = mock.method(log, 'warn', () => {});
  const fresh = createIdentify(checks);
  const at = (second: number) => ({ ...moment(), now: new Date(second * 1_000) });
  for (let i = 0; i < 100; i++) await expect(fresh({ authorization: 'x' }, at(1))).rejects.toThrow();
  expect(spied.callCount()).toBe(20);
  await expect(fresh({ authorization: 'x' }, at(2))).rejects.toThrow();
  expect(spied.calls.at(-1)?.arguments[1]).toMatchObject({ count: 81, SecurityEvents: 81 });
  spied.restore();
});

test('reads the scheme in any case, and no other header', () => {
  expect(readCredential('bearer abc')).toEqual({ kind: 'token', text: 'abc' });
  expect(readCredential(`Bearer ${'a'.repeat(9_000)}`)).toEqual({ kind: 'unreadable', why: 'TOO_LONG' });
  for (const header of ['Bearer a b', 'Bearer a,b', 'Bearer\ta', ' Bearer a', 'Bearer a\n']) {
    expect(readCredential(header)).toEqual({ kind: 'unreadable', why: 'NOT_BEARER' });
  }
});
