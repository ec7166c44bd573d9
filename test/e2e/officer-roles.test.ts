import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { configure } from '../../src/config.ts';
import { OFFICER_ROLES, type OfficerRole } from '../../src/domain/viewer.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { type DevIssuer, devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** What an officer may ask to have done depends on the roles that their token names. */

let system: TestSystem;
let dataDir: string;
let issuer: DevIssuer;
let handler: typeof import('../../src/handlers/gateway/gateway.ts').handler;

beforeAll(async () => {
  system = await startTestSystem();
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  issuer = await devIssuer({ mode: 'local', dataDir }, 'http://localhost/dev-issuer');
  configure({
    dynamodbEndpoint: system.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
    localMasterSecret: 'a master key that is for tests only',
    dataDir,
    oidcIssuers: [issuer.trusted],
  });
  ({ handler } = await import('../../src/handlers/gateway/gateway.ts'));
});
afterAll(async () => {
  await system.stop();
  rmSync(dataDir, { recursive: true });
});

const CASE = 'case_01E3CX00000000000000000001';
const KEY = 'idempotencyKey: "officer-roles"';
const LABELS = '{ zh: "样例", ja: "例", en: "Sample" }';

/** Each mutation of officers, with the roles of which one is enough. */
const MUTATIONS: readonly (readonly [text: string, roles: readonly OfficerRole[]])[] = [
  [
    `importEnterprises(input: { ${KEY}, park: "park_sample", residentFrom: "2020-03-01", rows: [] }) { userErrors { code } }`,
    ['REGISTER'],
  ],
  [`reportOperations(input: { ${KEY}, reports: [] }) { userErrors { code } }`, ['REPORT']],
  [
    `publishCaseType(input: { ${KEY}, caseType: "ctype_sample", kind: HOUSING, route: TALENT_APARTMENT, name: ${LABELS}
      requiredDocuments: [], opinionsFrom: [], limits: [], retentionYears: 5 }) { userErrors { code } }`,
    ['PUBLISH'],
  ],
  [`revealField(input: { case: "${CASE}", field: PHONE, purpose: CASE_HANDLING }) { userErrors { code } }`, ['REVEAL']],
  [
    `openDocument(input: { case: "${CASE}", document: "ID", purpose: CASE_HANDLING }) { userErrors { code } }`,
    ['REVEAL'],
  ],
  [`claimWork(input: { ${KEY}, case: "${CASE}" }) { userErrors { code } }`, ['RECEIVE', 'REVIEW', 'DECIDE']],
  [`releaseWork(input: { ${KEY}, case: "${CASE}" }) { userErrors { code } }`, ['RECEIVE', 'REVIEW', 'DECIDE']],
  [`acceptCase(input: { ${KEY}, case: "${CASE}", version: 1 }) { userErrors { code } }`, ['RECEIVE']],
  [`giveOpinions(input: { ${KEY}, opinions: [] }) { userErrors { code } }`, ['REVIEW']],
  [`closeCase(input: { ${KEY}, case: "${CASE}", version: 1 }) { userErrors { code } }`, ['DECIDE']],
];

/** The code of the gateway's refusal; undefined where the mutation was run. */
async function refusalOf(mutation: string, roles: readonly OfficerRole[]): Promise<string | undefined> {
  const claims = bearerClaims('officer', { agency: 'PARK', roles: roles.join() }, issuer.trusted);
  const event = {
    rawPath: '/graphql',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.sign(claims, 60)}` },
    requestContext: { requestId: 'r-1', http: { method: 'POST', path: '/graphql' } },
    body: JSON.stringify({ query: `mutation { ${mutation} }` }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const { body = '' } = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  const { errors = [], data } = JSON.parse(body);
  const code = errors[0]?.extensions.code;
  if (code === undefined) expect(Object.values(data)).toEqual([expect.anything()]);
  return code;
}

test.each(MUTATIONS.map(([text, roles]) => [text.slice(0, text.indexOf('(')), text, roles] as const))(
  '%s is refused to an officer without its role',
  async (_, text, roles) => {
    expect(await refusalOf(text, [])).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(
      await refusalOf(
        text,
        OFFICER_ROLES.filter((role) => !roles.includes(role)),
      ),
    ).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    for (const role of roles) expect(await refusalOf(text, [role])).toBeUndefined();
  },
);
