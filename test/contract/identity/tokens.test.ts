/** Whose tokens are taken: through the gateway's own handler, against a key set on loopback. */
import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { CompactEncrypt, exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { readCredential } from '../../../src/auth/identify.ts';
import { issuedTokenCheck, type TokenCheck } from '../../../src/auth/issued-token.ts';
import { readIssuers } from '../../../src/auth/trusted-issuers.ts';
import { type Config, configure } from '../../../src/config.ts';
import { momentOf } from '../../fixtures/moment.ts';
import { type KeyServer, startKeyServer } from './key-server.ts';

const ISSUER = 'https://issuer.test';
const AUDIENCE = 'bridgehead';

const ours = await generateKeyPair('RS256', { extractable: true });
const foreign = await generateKeyPair('RS256', { extractable: true });
const elliptic = await generateKeyPair('ES256', { extractable: true });

let keys: KeyServer;
let foreignKeys: KeyServer;
let settings: Config;
let check: TokenCheck;
let handler: typeof import('../../../src/handlers/gateway/gateway.ts').handler;

beforeAll(async () => {
  keys = await startKeyServer([
    { ...(await exportJWK(ours.publicKey)), kid: 'one', use: 'sig', alg: 'RS256' },
    { ...(await exportJWK(elliptic.publicKey)), kid: 'two', use: 'sig', alg: 'ES256' },
  ]);
  foreignKeys = await startKeyServer([{ ...(await exportJWK(foreign.publicKey)), kid: 'one', use: 'sig' }]);
  const issuer = { issuer: ISSUER, audience: AUDIENCE, jwksUrl: keys.url, algorithms: ['RS256'], tokenType: 'at+jwt' };
  const oidcIssuers = [{ ...issuer, kinds: ['officer', 'applicant', 'partner'] }];
  settings = configure({ oidcIssuers });
  const jwks = await fetch(keys.url).then((answer) => answer.json());
  const byValue = oidcIssuers.map(({ jwksUrl: _, ...rest }) => ({ ...rest, jwks }));
  check = issuedTokenCheck(readIssuers({ oidcIssuers: byValue, mode: 'aws' }));
  ({ handler } = await import('../../../src/handlers/gateway/gateway.ts'));
});
afterAll(() => Promise.all([keys.stop(), foreignKeys.stop()]));

const now = () => Math.floor(Date.now() / 1000);
const officer = { sub: 'officer-1', viewer_kind: 'officer', agency: 'HRSS', zone: 'zone_teda', roles: ['REVIEW'] };

interface Said {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Record<string, unknown>;
  readonly key?: Parameters<SignJWT['sign']>[0];
}

/** A token that is right but for what is said. */
function token({ claims = {}, header = {}, key = ours.privateKey }: Said = {}): Promise<string> {
  const payload = { iss: ISSUER, aud: AUDIENCE, iat: now(), exp: now() + 300, ...officer, ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'at+jwt', ...header }).sign(key);
}

async function ask(authorization: string | undefined): Promise<APIGatewayProxyStructuredResultV2> {
  const event = {
    rawPath: '/graphql',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    requestContext: { requestId: 'r-1', http: { method: 'POST', path: '/graphql' } },
    body: '{"query":"{ __typename }"}',
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  return handler(event, { getRemainingTimeInMillis: () => 29_000 });
}

/** Returns the reason that the log gives and the caller doesn't get. */
async function whyRefused(header: string, at = new Date()): Promise<string | undefined> {
  const credential = readCredential(header);
  if (credential.kind === 'unreadable') return credential.why;
  if (credential.kind !== 'token') return undefined;
  const verdict = await check(credential.text, momentOf(at));
  return 'refused' in verdict ? verdict.refused : undefined;
}

/** Always the same, whatever was wrong. */
const REFUSED = {
  statusCode: 401,
  headers: { 'www-authenticate': 'Bearer realm="bridgehead", error="invalid_token"', 'cache-control': 'no-store' },
  body: JSON.stringify({
    errors: [{ message: "The caller's identity could not be verified.", extensions: { code: 'UNAUTHENTICATED' } }],
  }),
};

test('no credential is nobody in particular', async () => {
  expect(await ask(undefined)).toMatchObject({ statusCode: 200 });
});

test.each<[string, Said]>([
  ['an officer’s', {}],
  ['one of several audiences', { claims: { aud: ['other', AUDIENCE] } }],
  ['an applicant’s', { claims: { viewer_kind: 'applicant' } }],
  ['a client’s, bound to a zone', { claims: { viewer_kind: 'partner', client_id: 'baodi-1', zone: 'zone_baodi' } }],
])('taken: %s', async (_, said) => {
  expect(await ask(`Bearer ${await token(said)}`)).toMatchObject({ statusCode: 200 });
});

test('takes a token for five seconds after its end, for clocks that differ', async () => {
  const end = now() + 600;
  const header = `Bearer ${await token({ claims: { exp: end } })}`;
  expect(await whyRefused(header, new Date((end + 4) * 1_000))).toBeUndefined();
  expect(await whyRefused(header, new Date((end + 6) * 1_000))).toBeDefined();
});

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const publicPem = async () => createSecretKey(Buffer.from(await exportSPKI(ours.publicKey)));

test.each<[string, string, () => string | Promise<string>]>([
  ['expired', 'ERR_JWT_EXPIRED', () => token({ claims: { exp: now() - 60 } })],
  ['not yet valid', 'ERR_JWT_CLAIM_VALIDATION_FAILED', () => token({ claims: { nbf: now() + 60 } })],
  ['without an end', 'ERR_JWT_CLAIM_VALIDATION_FAILED', () => token({ claims: { exp: undefined } })],
  ['for another audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED', () => token({ claims: { aud: 'another' } })],
  ['for no audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED', () => token({ claims: { aud: undefined } })],
  ['of another issuer', 'UNKNOWN_ISSUER', () => token({ claims: { iss: 'https://other.test' } })],
  ['of the issuer with a slash', 'UNKNOWN_ISSUER', () => token({ claims: { iss: `${ISSUER}/` } })],
  ['of no issuer', 'UNKNOWN_ISSUER', () => token({ claims: { iss: undefined } })],
  [
    'alg none',
    'ERR_JOSE_ALG_NOT_ALLOWED',
    () => new UnsecuredJWT({ ...officer }).setIssuer(ISSUER).setAudience(AUDIENCE).setExpirationTime('5m').encode(),
  ],
  [
    'alg none, with the signature of another',
    'ERR_JOSE_ALG_NOT_ALLOWED',
    async () => {
      const [, payload, signature] = (await token()).split('.');
      return `${base64({ alg: 'none', kid: 'one', typ: 'at+jwt' })}.${payload}.${signature}`;
    },
  ],
  [
    'HS256 with the public key as its secret',
    'ERR_JOSE_ALG_NOT_ALLOWED',
    async () => token({ header: { alg: 'HS256' }, key: await publicPem() }),
  ],
  [
    'an algorithm of the issuer’s that is not allowed',
    'ERR_JOSE_ALG_NOT_ALLOWED',
    () => token({ header: { alg: 'ES256', kid: 'two' }, key: elliptic.privateKey }),
  ],
  [
    'signed by another key of that name',
    'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    () => token({ key: foreign.privateKey }),
  ],
  [
    'changed after it was signed',
    'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    async () => {
      const [header, , signature] = (await token()).split('.');
      return `${header}.${base64({ iss: ISSUER, aud: AUDIENCE, exp: now() + 300, ...officer, zone: 'zone_baodi' })}.${signature}`;
    },
  ],
  ['of an unknown key', 'ERR_JWKS_NO_MATCHING_KEY', () => token({ header: { kid: 'three' } })],
  [
    'that names where its keys are (jku)',
    'BRINGS_ITS_KEY',
    () => token({ header: { jku: foreignKeys.url }, key: foreign.privateKey }),
  ],
  [
    'that names where its certificate is (x5u), rightly signed',
    'BRINGS_ITS_KEY',
    () => token({ header: { x5u: foreignKeys.url } }),
  ],
  [
    'that brings its key (jwk)',
    'BRINGS_ITS_KEY',
    async () => token({ header: { jwk: await exportJWK(foreign.publicKey) }, key: foreign.privateKey }),
  ],
  [
    'with a critical extension that nobody knows',
    'ERR_JOSE_NOT_SUPPORTED',
    () =>
      new SignJWT({ iss: ISSUER, aud: AUDIENCE, exp: now() + 300, ...officer })
        .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'at+jwt', crit: ['urn:x'], 'urn:x': 1 })
        .sign(ours.privateKey, { crit: { 'urn:x': true } }),
  ],
  ['of another type: an id token', 'ERR_JWT_CLAIM_VALIDATION_FAILED', () => token({ header: { typ: 'JWT' } })],
  [
    'encrypted',
    'UNKNOWN_ISSUER',
    () =>
      new CompactEncrypt(Buffer.from(JSON.stringify({ iss: ISSUER })))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(randomBytes(32)),
  ],
  ['too long', 'TOO_LONG', () => token({ claims: { filling: 'x'.repeat(8_192) } })],
  ['no token', 'UNKNOWN_ISSUER', () => 'abc'],
  ['three parts of nothing', 'UNKNOWN_ISSUER', () => '..'],
  ['parts that are no JSON', 'UNKNOWN_ISSUER', () => 'YQ.YQ.YQ'],
  ['a list for a payload', 'UNKNOWN_ISSUER', () => `${base64({ alg: 'RS256' })}.${base64([])}.AA`],
  ['an issuer that is no text', 'UNKNOWN_ISSUER', () => token({ claims: { iss: 7 } })],
  [
    'of a kind that the issuer may not vouch for',
    'NO_VIEWER_IN_CLAIMS',
    () => token({ claims: { viewer_kind: 'admin' } }),
  ],
  ['of a kind that only we make', 'NO_VIEWER_IN_CLAIMS', () => token({ claims: { viewer_kind: 'caseHolder' } })],
  ['of no kind', 'NO_VIEWER_IN_CLAIMS', () => token({ claims: { viewer_kind: undefined } })],
  ['of a kind that every object has', 'NO_VIEWER_IN_CLAIMS', () => token({ claims: { viewer_kind: 'constructor' } })],
  ['of nobody', 'NO_VIEWER_IN_CLAIMS', () => token({ claims: { sub: undefined } })],
  ['of a person whose name would break a key', 'NO_VIEWER_IN_CLAIMS', () => token({ claims: { sub: 'a\nb' } })],
  ['of an officer without a zone', 'NO_VIEWER_IN_CLAIMS', () => token({ claims: { zone: undefined } })],
  ['of an officer of no agency', 'NO_VIEWER_IN_CLAIMS', () => token({ claims: { agency: 'NASA' } })],
  [
    'of an officer with a role that there isn’t',
    'NO_VIEWER_IN_CLAIMS',
    () => token({ claims: { roles: ['DECIDE', 'EVERYTHING'] } }),
  ],
  [
    'of a client bound to no zone',
    'NO_VIEWER_IN_CLAIMS',
    () => token({ claims: { viewer_kind: 'partner', client_id: 'c', zone: 'everywhere' } }),
  ],
])('refused with 401 and no detail: %s (%s)', async (_, reason, make) => {
  const made = await make();
  expect(await ask(`Bearer ${made}`)).toMatchObject(REFUSED);
  expect(await whyRefused(`Bearer ${made}`)).toBe(reason);
});

test.each([
  ['another scheme', 'Basic YTpi'],
  ['nothing after the scheme', 'Bearer'],
  ['two credentials', 'Bearer a.b.c,Bearer a.b.c'],
  ['an empty header', ''],
  ['an API key without its secret', 'Bearer bhk_0123456789ab'],
])('refused with 401 and no detail: %s', async (_, header) => {
  expect(await ask(header)).toMatchObject(REFUSED);
});

test('no key is fetched from where a token says, and the issuer’s once for 200 unknown ones', async () => {
  const strange = await Promise.all(Array.from({ length: 200 }, () => token({ header: { kid: randomUUID() } })));
  for (const each of strange) expect((await ask(`Bearer ${each}`)).statusCode).toBe(401);
  // And once by this test itself.
  expect(keys.fetches()).toBe(2);
  expect(foreignKeys.fetches()).toBe(0);

  // All at once, by a process that has no keys yet.
  const fresh = issuedTokenCheck(readIssuers(settings));
  const verdicts = await Promise.all(strange.map((each) => fresh(each, momentOf(new Date()))));
  expect(new Set(verdicts.map((verdict) => 'refused' in verdict && verdict.refused))).toEqual(
    new Set(['ERR_JWKS_NO_MATCHING_KEY']),
  );
  expect(keys.fetches()).toBe(3);
});

test('health is told to everybody', async () => {
  const event = {
    rawPath: '/health',
    headers: { authorization: 'nonsense' },
    requestContext: { requestId: 'r', http: { method: 'GET' } },
  };
  const answer = await handler(event as unknown as APIGatewayProxyEventV2, { getRemainingTimeInMillis: () => 29_000 });
  expect(answer.statusCode).toBe(200);
});
