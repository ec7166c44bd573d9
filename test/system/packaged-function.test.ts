import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../src/cli/packaging/bundle.ts';
import { archiveContents } from '../../src/cli/packaging/contents.ts';
import { zip } from '../../src/cli/packaging/zip.ts';
import { composeIfStale } from '../../src/local/build.ts';
import { type EmbeddedDatabase, startDatabase } from '../../src/local/database/embedded-database.ts';
import { type Sandbox, startSandbox } from '../lambda/sandbox.ts';
import { fillWithDemoData } from '../prepared-folder.ts';

const root = join(import.meta.dirname, '../..');
let sandbox: Sandbox | undefined;

afterEach(() => sandbox?.close());

describe('any bundle under the Lambda runtime client', () => {
  beforeEach(async () => {
    const { scripts } = await bundle(root, 'test/fixtures/echo-service/echo.ts');
    sandbox = await startSandbox(zip(scripts), 'test/fixtures/echo-service/echo.handler', {});
  });

  test('answers one event after another, frozen in between', async () => {
    for (const n of [1, 2]) {
      const outcome = await sandbox?.invoke({ n });
      expect(outcome).toMatchObject({
        kind: 'answer',
        value: { statusCode: 200, body: expect.stringContaining(`"n":${n}`) },
      });
    }
  });

  test('reports what a handler throws', async () => {
    const outcome = await sandbox?.invoke({ queryStringParameters: { do: 'throw' } });
    expect(outcome).toMatchObject({ kind: 'error', value: { errorType: 'Error', errorMessage: 'secret' } });
  });
});

describe('the archive of the gateway', () => {
  const tables = {
    parks: 'parks',
    enterprises: 'enterprises',
    talent: 'talent',
    linkages: 'linkages',
    credentials: 'credentials',
    personKeys: 'personKeys',
  };
  const environment = {
    STAGE: 'test',
    CURSOR_SECRET: 'a secret that only signs cursors of this test',
    PARKS_TABLE: tables.parks,
    ENTERPRISES_TABLE: tables.enterprises,
    LINKAGES_TABLE: tables.linkages,
  };
  let dataDir: string;
  let database: EmbeddedDatabase;
  let archive: Uint8Array;

  beforeAll(async () => {
    await composeIfStale(root, join(root, 'dist/plans.json'));
    archive = zip(archiveContents(root, 'gateway', await bundle(root, 'src/handlers/gateway/gateway.ts')));
    dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-'));
    await fillWithDemoData(dataDir, tables, '2026-11-24');
    database = await startDatabase({ dataDir });
  });
  afterAll(async () => {
    await database.stop();
    rmSync(dataDir, { recursive: true });
  });

  /** What the function answers to a POST. */
  async function ask(request: object): Promise<unknown> {
    const outcome = await sandbox?.invoke({
      version: '2.0',
      rawPath: '/graphql',
      rawQueryString: '',
      headers: { 'content-type': 'application/json' },
      requestContext: { requestId: 'one', http: { method: 'POST', path: '/graphql' } },
      body: JSON.stringify(request),
      isBase64Encoded: false,
    });
    const { body } = (outcome?.value ?? {}) as { body?: string };
    return JSON.parse(body ?? 'null');
  }

  test('plans and answers a query over two subgraphs and the database', async () => {
    sandbox = await startSandbox(archive, 'src/handlers/gateway/gateway.handler', {
      ...environment,
      BRIDGEHEAD_MODE: 'local',
      DYNAMODB_ENDPOINT: database.endpoint,
    });
    const query =
      '{ park(code: "binhai-zhongguancun") { name(locale: EN) enterprises(first: 1) { nodes { is: __typename } } } }';
    for (const _ of [1, 2]) {
      expect(await ask({ query })).toEqual({
        data: {
          park: {
            name: 'Binhai-Zhongguancun Science Park',
            enterprises: { nodes: [{ is: 'Enterprise' }] },
          },
        },
      });
    }
  });

  test('answers a trusted document by its hash, with the headline', async () => {
    sandbox = await startSandbox(archive, 'src/handlers/gateway/gateway.handler', {
      ...environment,
      BRIDGEHEAD_MODE: 'local',
      DYNAMODB_ENDPOINT: database.endpoint,
    });
    const { operations } = JSON.parse(readFileSync(join(root, 'schema/operations/manifest.json'), 'utf8'));
    const { id } = operations.find(({ name }: { name: string }) => name === 'Headline');
    const answer = await ask({
      extensions: { persistedQuery: { version: 1, sha256Hash: id } },
      variables: JSON.parse(readFileSync(join(root, 'schema/operations/analyst/Headline.variables.json'), 'utf8')),
    });
    expect(answer).toMatchObject({
      data: {
        park: {
          resumption: {
            production: { numerator: 206, denominator: 236 },
            returnToWork: { numerator: 5669, denominator: 6750 },
          },
        },
      },
    });
  });

  test('starts as it is deployed, and shows nobody in particular what is public', async () => {
    sandbox = await startSandbox(archive, 'src/handlers/gateway/gateway.handler', {
      ...environment,
      DYNAMODB_ENDPOINT: database.endpoint,
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
    });
    const query =
      '{ park(code: "binhai-zhongguancun") { code enterprises(first: 1) { nodes { sector staffCount } } } case(receiptNumber: "BHZ-000001") { state } }';
    expect(await ask({ query })).toMatchObject({
      data: {
        park: {
          code: 'binhai-zhongguancun',
          enterprises: { nodes: [{ sector: expect.any(String), staffCount: null }] },
        },
        case: null,
      },
      errors: [
        { path: ['park', 'enterprises', 'nodes', 'staffCount'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } },
        { path: ['case'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } },
      ],
    });
  });
});
