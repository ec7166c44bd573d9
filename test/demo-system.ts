/** The demo data behind the gateway's own handler, with every call of DynamoDB on record. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { ExecutionResult } from 'graphql';
import type { TokenKind } from '../src/auth/trusted-issuers.ts';
import { type Config, configure } from '../src/config.ts';
import { startDatabase } from '../src/local/database/embedded-database.ts';
import { type BearerChoice, bearerClaims } from '../src/local/dev-issuer/bearer.ts';
import { devIssuer } from '../src/local/dev-issuer/dev-issuer.ts';
import { masterSecretOf } from '../src/local/local-secret.ts';
import { fillWithDemoData } from './prepared-folder.ts';
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';

export interface DemoSystem {
  readonly config: Config;
  readonly proxy: RecordingProxy;
  /** The data of an answer; fails a test where it has errors. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which is a text here.
  ask(query: string, variables?: object, bearer?: Bearer): Promise<any>;
  /** The whole answer, errors and all. */
  answer(query: string, variables?: object, bearer?: Bearer, headers?: Headers): Promise<ExecutionResult>;
  /** The header by which a caller identifies itself. */
  bearer(choice: Bearer): Promise<string>;
  stop(): Promise<void>;
}

/** Further headers of a request. */
type Headers = Readonly<Record<string, string>>;

/** Who asks: what `npm run token` is told. Nobody in particular where there is none. */
export interface Bearer extends BearerChoice {
  readonly as: TokenKind;
}

/**
 * One a test file: the handlers of a process are configured once.
 * @param through puts a further proxy before the database, and returns its address
 */
export async function startDemoSystem(
  anchor: string,
  through: (endpoint: string) => Promise<string> = async (endpoint) => endpoint,
): Promise<DemoSystem> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-test-'));
  const cursorSecret = 'a secret that is for tests only, and long';
  const issuer = await devIssuer({ mode: 'local', dataDir }, 'http://localhost/dev-issuer');
  const { tables } = configure({ mode: 'local', dataDir, cursorSecret, oidcIssuers: [issuer.trusted] });
  await fillWithDemoData(dataDir, tables, anchor);
  const database = await startDatabase({ dataDir });
  const proxy = await startRecordingProxy(await through(database.endpoint));
  const config = configure({ dynamodbEndpoint: proxy.endpoint, localMasterSecret: masterSecretOf(dataDir) });
  const { handler } = await import('../src/handlers/gateway/gateway.ts');
  const bearerOf = async ({ as: kind, ...choice }: Bearer) =>
    `Bearer ${await issuer.sign(bearerClaims(kind, choice, issuer.trusted), 60)}`;
  const answer: DemoSystem['answer'] = async (query, variables = {}, bearer, headers = {}) => {
    const event: Partial<APIGatewayProxyEventV2> = {
      rawPath: '/graphql',
      rawQueryString: '',
      headers: {
        'content-type': 'application/json',
        ...headers,
        ...(bearer ? { authorization: await bearerOf(bearer) } : {}),
      },
      requestContext: { http: { method: 'POST', path: '/graphql' } } as APIGatewayProxyEventV2['requestContext'],
      body: JSON.stringify({ query, variables }),
      isBase64Encoded: false,
    };
    const { body = '' } = await handler(event as APIGatewayProxyEventV2, { getRemainingTimeInMillis: () => 29_000 });
    return JSON.parse(body);
  };
  return {
    config,
    proxy,
    answer,
    bearer: bearerOf,
    async ask(query, variables, bearer) {
      const { data, errors } = await answer(query, variables, bearer);
      expect(errors).toBeUndefined();
      return data;
    },
    async stop() {
      await proxy.stop();
      await database.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
