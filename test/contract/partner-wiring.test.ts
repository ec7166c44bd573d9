import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SourceReports, type Supergraph, serviceKeySet } from '@bridgehead/federation';
import { parse } from 'graphql';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { SDL } from '../../examples/dongjiang-bonded-port/server.ts';
import { newCall } from '../../packages/federation/test/remote/asking.ts';
import { json, type Partner, startPartner } from '../../packages/federation/test/remote/partner.ts';
import { acceptPartner } from '../../src/cli/partners/accept.ts';
import { composeFolder } from '../../src/cli/schema/schema-folder.ts';
import { readConfig } from '../../src/config.ts';
import { ANONYMOUS } from '../../src/domain/viewer.ts';
import { partnerSubgraph } from '../../src/edge/partners.ts';
import { gatewaySubgraphs } from '../../src/handlers/gateway/subgraph-calls.ts';
import type { Call } from '../../src/subgraph/request.ts';
import { writeSmallSchema } from '../fixtures/small-schema.ts';

const ISSUER = 'https://gateway.example';
let partner: Partner;
let schemaDir: string;
let supergraph: Supergraph;

beforeAll(async () => {
  schemaDir = mkdtempSync(join(tmpdir(), 'bridgehead-partner-'));
  partner = await startPartner(json({ data: { dongjiangWarehouses: [] } }));
  writeSmallSchema(schemaDir);
  const registration = { url: partner.url, audience: new URL(partner.url).origin, allowStale: true, idPrefixes: {} };
  acceptPartner({ zone: 'dongjiang', subgraph: partnerSubgraph('dongjiang'), sdl: SDL, registration }, schemaDir);
  ({ supergraph } = composeFolder(schemaDir));
});
afterAll(async () => {
  await partner.stop();
  rmSync(schemaDir, { recursive: true });
});

async function ask(environment: Readonly<Record<string, string>>) {
  const sources = new SourceReports();
  const settings = readConfig({ SCHEMA_DIR: schemaDir, ...environment });
  const { partner_dongjiang: subgraph } = gatewaySubgraphs(supergraph, settings, sources);
  const query = '{ dongjiangWarehouses { id } }';
  const call: Call = { ...newCall(), viewer: ANONYMOUS, locale: 'JA' };
  const answer = subgraph?.({ document: parse(query), query, variables: {}, call });
  return { answer, sources: () => sources.of(call) };
}

test('a registered partner is asked at its address, with no token where there is no key', async () => {
  const { answer, sources } = await ask({});
  expect(await answer).toEqual({ data: { dongjiangWarehouses: [] } });
  expect(sources()).toEqual([{ subgraph: 'partner_dongjiang', status: 'LIVE', asOf: expect.any(String) }]);
  expect(partner.questions.at(-1)?.headers.authorization).toBeUndefined();
});

test('with a key it gets a token that is made for it alone', async () => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'k1' };
  await (await ask({ SERVICE_TOKEN_ISSUER: ISSUER, SERVICE_TOKEN_KEY: JSON.stringify(key) })).answer;
  const [, token = ''] = /^Bearer (.+)$/.exec(partner.questions.at(-1)?.headers.authorization ?? '') ?? [];
  const keys = createLocalJWKSet({ keys: [...serviceKeySet(key).keys] });
  const audience = new URL(partner.url).origin;
  expect((await jwtVerify(token, keys, { issuer: ISSUER, audience })).payload).toMatchObject({ sub: ISSUER });
});

test('deployed, a partner on this machine is not asked, and the gateway starts all the same', async () => {
  const before = partner.questions.length;
  const { answer } = await ask({ BRIDGEHEAD_MODE: 'aws', STAGE: 'test' });
  await expect(answer).rejects.toMatchObject({ code: 'CONFIGURATION' });
  expect(partner.questions).toHaveLength(before);
});

test.each([
  ['SERVICE_TOKEN_ISSUER and SERVICE_TOKEN_KEY must be set together', { SERVICE_TOKEN_ISSUER: ISSUER }],
  ['SERVICE_TOKEN_KEY must be a JSON Web Key', { SERVICE_TOKEN_ISSUER: ISSUER, SERVICE_TOKEN_KEY: 'secret' }],
  ['SERVICE_TOKEN_ISSUER must be an https URL', { SERVICE_TOKEN_ISSUER: 'http://x.example', SERVICE_TOKEN_KEY: '{}' }],
])('%s', (why, environment) => {
  expect(() => readConfig(environment)).toThrow(why);
});
