import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { configure } from '../../src/config.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { type DevIssuer, devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import type { CaseEventItem } from '../../src/storage/talent/items.ts';
import { CASE_TYPES, type MadeCase, makeCase, ZONE } from '../fixtures/talent-cases.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** Two officers do something to one case at once: it happens once, and who is later is told who was first. */

let system: TestSystem;
let dataDir: string;
let issuer: DevIssuer;
let handler: typeof import('../../src/handlers/gateway/gateway.ts').handler;
let cases = 0;

beforeAll(async () => {
  system = await startTestSystem();
  dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  issuer = await devIssuer({ mode: 'local', dataDir }, 'http://localhost/dev-issuer');
  configure({
    dynamodbEndpoint: system.endpoint,
    cursorSecret: 'a secret that is for tests only, and long',
    localMasterSecret: 'a master key that is for tests only',
    oidcIssuers: [issuer.trusted],
  });
  ({ handler } = await import('../../src/handlers/gateway/gateway.ts'));
  await system.write('talent', CASE_TYPES);
});
afterAll(async () => {
  await system.stop();
  rmSync(dataDir, { recursive: true });
});

async function newCase(): Promise<MadeCase> {
  const made = makeCase(cases++, 'REVIEW_STARTED', '2020-03-09T02:00:00.000Z', { handler: 'PSB' });
  await system.write('talent', made.items);
  return made;
}

const PAUSE = `mutation ($input: StartSpecialProcedureInput!) { startSpecialProcedure(input: $input) {
  case { state version } userErrors { code field message }
} }`;
const inputOf = (person: string, id: string) => ({
  input: { idempotencyKey: `pause by ${person}`, case: id, version: 4, reason: 'EXPERT_REVIEW' },
});

async function pause(person: string, id: string) {
  const choice = { agency: 'PSB', roles: 'REVIEW', zone: ZONE, person };
  const token = await issuer.sign(bearerClaims('officer', choice, issuer.trusted), 60);
  const event = {
    rawPath: '/graphql',
    rawQueryString: '',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    requestContext: { requestId: `by ${person}`, http: { method: 'POST', path: '/graphql' } },
    body: JSON.stringify({ query: PAUSE, variables: inputOf(person, id) }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const { body = '' } = await handler(event, { getRemainingTimeInMillis: () => 29_000 });
  const { data, errors } = JSON.parse(body);
  expect(errors).toBeUndefined();
  return data.startSpecialProcedure;
}

const CONFLICT = (loser: string, winner: string) => ({
  case: null,
  userErrors: [
    {
      code: 'VERSION_CONFLICT',
      field: ['version'],
      message: `Read by ${loser} (PSB): version 4. Current version: 5, by ${winner} (PSB): Special procedure started.`,
    },
    expect.objectContaining({ code: 'NOT_ALLOWED' }),
  ],
});

test('one is answered with what happened, the other with a conflict that names both', async () => {
  for (let round = 0; round < 4; round++) {
    const { id } = await newCase();
    const officers = [`officer-li-${round}`, `officer-wang-${round}`] as const;
    const answers = await Promise.all(officers.map((person) => pause(person, id)));
    const won = answers.findIndex(({ userErrors }) => userErrors.length === 0);
    const [winner, loser] = won === 0 ? officers : [officers[1], officers[0]];
    expect(answers[won]).toEqual({ case: { state: 'SPECIAL_PROCEDURE', version: 5 }, userErrors: [] });
    expect(answers[1 - won]).toEqual(CONFLICT(loser, winner));
    const events = await readRange<CaseEventItem>(system.table('talent'), {
      partition: id,
      sort: { beginsWith: 'EVENT#' },
    });
    expect(events.map(({ kind, by }) => [kind, by]).at(-1)).toEqual(['SPECIAL_PROCEDURE_STARTED', winner]);
    expect(events).toHaveLength(5);
  }
});

test('a colleague comes between reading and writing: it is decided anew, by what the case is then', async () => {
  const { id } = await newCase();
  const talent = system.serve('talent', createTalentSubgraph);
  const officer = (person: string): { viewer: Viewer } => ({
    viewer: { kind: 'officer', person, agency: 'PSB', zone: ZONE, roles: ['REVIEW'] },
  });
  system.dynamo.beforeNextTransaction(() => talent(PAUSE, inputOf('officer-wang', id), officer('officer-wang')));
  const { data } = await talent(PAUSE, inputOf('officer-li', id), officer('officer-li'));
  expect(data.startSpecialProcedure).toEqual(CONFLICT('officer-li', 'officer-wang'));
});
