import { readIssuers } from '../../../src/auth/trusted-issuers.ts';
import { readConfig } from '../../../src/config.ts';

const issuer = {
  issuer: 'https://issuer.test',
  audience: 'bridgehead',
  jwksUrl: 'https://issuer.test/keys',
  algorithms: ['ES256'],
  kinds: ['officer'],
};
const read = (oidcIssuers: unknown, mode: 'aws' | 'local' = 'aws') =>
  readIssuers({ oidcIssuers: readConfig({ OIDC_ISSUERS: JSON.stringify(oidcIssuers) }).oidcIssuers, mode });

test('claims have default names', () => {
  const [first] = read([{ ...issuer, claims: { kind: 'https://issuer.test/kind' } }]);
  expect(first?.claims).toEqual({
    kind: 'https://issuer.test/kind',
    person: 'sub',
    client: 'client_id',
    agency: 'agency',
    zone: 'zone',
    roles: 'roles',
    enterprise: 'enterprise',
  });
  expect(readIssuers({ oidcIssuers: undefined, mode: 'aws' })).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['a shared secret', [{ ...issuer, algorithms: ['HS256'] }], '0.algorithms.0'],
  ['no signature', [{ ...issuer, algorithms: ['none'] }], '0.algorithms.0'],
  ['no algorithm', [{ ...issuer, algorithms: [] }], '0.algorithms'],
  ['no audience', [{ ...issuer, audience: undefined }], '0.audience'],
  ['no keys', [{ ...issuer, jwksUrl: undefined }], 'either jwksUrl or jwks'],
  ['keys twice', [{ ...issuer, jwks: { keys: [{ kty: 'EC' }] } }], 'either jwksUrl or jwks'],
  ['a kind that only we make', [{ ...issuer, kinds: ['caseHolder'] }], '0.kinds.0'],
  ['a word that nobody knows', [{ ...issuer, jkuAllowed: true }], 'jkuAllowed'],
  ['a claim that nobody knows', [{ ...issuer, claims: { name: 'name' } }], 'name'],
  ['two who make officers', [issuer, { ...issuer, issuer: 'https://other.test' }], 'officer'],
  ['one twice', [issuer, { ...issuer, kinds: ['clerk'] }], 'named twice'],
  ['an issuer that isn’t https', [{ ...issuer, issuer: 'http://issuer.test' }], 'https'],
  ['keys over http', [{ ...issuer, jwksUrl: 'http://issuer.test/keys' }], 'https'],
  ['keys from a file', [{ ...issuer, jwksUrl: 'file:///keys' }], '0.jwksUrl'],
])('refused: %s', (_, oidcIssuers, what) => {
  expect(() => read(oidcIssuers)).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringContaining(what) }),
  );
});

test('local mode accepts an issuer on this machine', () => {
  expect(read([{ ...issuer, jwksUrl: 'http://127.0.0.1:8080/keys' }], 'local')).toHaveLength(1);
});

test('refuses a setting that is no list', () => {
  expect(() => readConfig({ OIDC_ISSUERS: '{}' })).toThrow('OIDC_ISSUERS must be a JSON list');
  expect(() => readConfig({ CASE_TOKEN_SECRET: 'short' })).toThrow('CASE_TOKEN_SECRET must have at least 32');
});
