import { readSignIn } from '../../../src/auth/sign-in-settings.ts';

const good = {
  issuer: 'https://login.example.cn',
  authorizationEndpoint: 'https://login.example.cn/authorize',
  tokenEndpoint: 'https://login.example.cn:8443/oauth2/token',
  clientId: 'bridgehead-pages',
};

test('missing settings have defaults', () => {
  expect(readSignIn({ signIn: good, mode: 'aws' })).toMatchObject({
    ...good,
    scope: 'openid',
    parameters: {},
    namesItself: true,
    idTokenAlgorithm: 'RS256',
    claims: { kind: 'viewer_kind', person: 'sub' },
  });
  expect(readSignIn({ signIn: undefined, mode: 'aws' })).toBeUndefined();
});

test.each([
  [{ tokenEndpoint: 'https://login.example.cn/token; script-src *' }, 'tokenEndpoint'],
  [{ tokenEndpoint: 'https://login.example.cn/token?tenant=1' }, 'tokenEndpoint'],
  [{ tokenEndpoint: 'http://login.example.cn/token' }, 'https'],
  [{ tokenEndpoint: '/dev-issuer/token' }, 'https'],
  [{ authorizationEndpoint: 'javascript:alert(1)' }, 'authorizationEndpoint'],
  [{ scope: 'profile' }, 'scope'],
  [{ clientSecret: 'x' }, 'clientSecret'],
  [{ clientId: '' }, 'clientId'],
])('refuses %j and names it', (change, named) => {
  const read = () => readSignIn({ signIn: { ...good, ...change }, mode: 'aws' });
  expect(read).toThrow(expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringContaining(named) }));
});
