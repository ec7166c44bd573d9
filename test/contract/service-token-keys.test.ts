import { createServiceToken } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JSONWebKeySet, jwtVerify } from 'jose';
import { configure } from '../../src/config.ts';

const ISSUER = 'https://gateway.example';

test('partners verify our tokens by the key set that the gateway publishes', async () => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'key-1' };
  configure({ serviceTokens: { issuer: ISSUER, key } });
  const { handler } = await import('../../src/handlers/gateway/gateway.ts');

  const rawPath = '/.well-known/jwks.json';
  const event = {
    rawPath,
    rawQueryString: '',
    headers: {},
    requestContext: { requestId: 'r1', http: { method: 'GET' } },
  };
  const answer = await handler(event as unknown as APIGatewayProxyEventV2, { getRemainingTimeInMillis: () => 29_000 });
  expect(answer).toMatchObject({
    statusCode: 200,
    headers: { 'content-type': 'application/jwk-set+json', 'cache-control': 'public, max-age=300' },
  });
  expect(answer.body).not.toContain(key.d);

  const token = await (await createServiceToken({ issuer: ISSUER, key }))('https://partner.example');
  const keys = createLocalJWKSet(JSON.parse(answer.body ?? '') as JSONWebKeySet);
  const { payload } = await jwtVerify(token, keys, { issuer: ISSUER, audience: 'https://partner.example' });
  expect(payload.sub).toBe(ISSUER);
});
