/** The demo data behind the gateway's handler, and the local host before it, as strangers reach them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { TOKEN_KINDS, type TokenKind } from '../../src/auth/trusted-issuers.ts';
import { config, configure } from '../../src/config.ts';
import { startDatabase } from '../../src/local/database/embedded-database.ts';
import { loadDemoData } from '../../src/local/demo-data/load.ts';
import { bearerClaims } from '../../src/local/dev-issuer/bearer.ts';
import { type DevIssuer, devIssuer } from '../../src/local/dev-issuer/dev-issuer.ts';
import { type HttpHost, startHttpHost } from '../../src/local/http/http-host.ts';
import type { Invoke } from '../../src/local/lambda-function.ts';
import { masterSecretOf } from '../../src/local/local-secret.ts';
import type { HostileRequest } from './hostile-request.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The header of that name: to HEAD nothing else says why. */
  readonly retryAfter?: string | undefined;
}

export interface Target {
  /** The Lambda handler, by an event. */
  byEvent(request: HostileRequest): Promise<Answer>;
  /** The local host, by a socket. Status 0 where it closed the connection instead of answering. */
  bySocket(request: HostileRequest): Promise<Answer>;
  stop(): Promise<void>;
}

/** The embedded database with the demo data in it, in a folder that goes with it. */
export async function startDemoDatabase(): Promise<{
  readonly endpoint: string;
  readonly masterSecret: string;
  stop(): Promise<void>;
}> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-hostile-'));
  const { tables } = configure({ mode: 'local', dataDir, cursorSecret: 'a secret that is for tests only, and long' });
  await loadDemoData({ dataDir, tables, scale: 'S', anchor: '2020-03-17' });
  const database = await startDatabase({ dataDir });
  configure({ localMasterSecret: masterSecretOf(dataDir) });
  return {
    endpoint: database.endpoint,
    masterSecret: masterSecretOf(dataDir),
    async stop() {
      await database.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

const CONTEXT = { getRemainingTimeInMillis: () => 29_000 };

/** The local host with the gateway's handler behind it, as this process is configured. */
export async function startHostOn(): Promise<HttpHost> {
  const { handler } = await import('../../src/handlers/gateway/gateway.ts');
  const target: Invoke = (event) => handler(event as APIGatewayProxyEventV2, CONTEXT);
  return startHttpHost([{ method: '*', path: '/graphql', target }], 0);
}

export async function startTarget(): Promise<Target> {
  const database = await startDemoDatabase();
  const issuer = await devIssuer(config(), 'http://localhost/dev-issuer');
  configure({
    dynamodbEndpoint: database.endpoint,
    localMasterSecret: database.masterSecret,
    oidcIssuers: [issuer.trusted],
  });
  const tokens = await tokensOf(issuer);
  const signed = <Asked extends HostileRequest>(asked: Asked): Asked => ({
    ...asked,
    headers: { ...(asked.by ? { authorization: `Bearer ${tokens[asked.by]}` } : {}), ...asked.headers },
  });
  const { handler } = await import('../../src/handlers/gateway/gateway.ts');
  const host = await startHostOn();
  const { port } = new URL(host.url);
  return {
    async byEvent(asked) {
      const { statusCode = 0, body = '', isBase64Encoded = false } = await handler(eventOf(signed(asked)), CONTEXT);
      return { status: statusCode, body: isBase64Encoded ? '' : body };
    },
    bySocket: (asked) => send(signed(asked), Number(port)),
    async stop() {
      await host.close();
      await database.stop();
    },
  };
}

/** A token of each kind, good for as long as the longest run. */
async function tokensOf(issuer: DevIssuer): Promise<Readonly<Record<TokenKind, string>>> {
  const signed = TOKEN_KINDS.map(async (kind) => {
    const claims = bearerClaims(kind, { person: 'talent-000001' }, issuer.trusted);
    return [kind, await issuer.sign(claims, 86_400)] as const;
  });
  return Object.fromEntries(await Promise.all(signed)) as Record<TokenKind, string>;
}

function eventOf({ method, search, headers, body }: HostileRequest): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: `${method} /graphql`,
    rawPath: '/graphql',
    rawQueryString: search,
    headers: { ...headers },
    requestContext: {
      requestId: 'hostile',
      http: { method, path: '/graphql' },
    } as APIGatewayProxyEventV2['requestContext'],
    ...(body.length > 0 ? { body: body.toString('base64') } : {}),
    isBase64Encoded: body.length > 0,
  };
}

function send({ method, search, headers, body }: HostileRequest, port: number): Promise<Answer> {
  return new Promise((resolve) => {
    const closed = () => resolve({ status: 0, body: '' });
    const path = `/graphql${search === '' ? '' : `?${search}`}`;
    const options = { host: '127.0.0.1', port, method, path, headers: { ...headers, 'content-length': body.length } };
    const outgoing = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const isText = response.headers['content-encoding'] === undefined;
        resolve({
          status: response.statusCode ?? 0,
          body: isText ? Buffer.concat(chunks).toString() : '',
          retryAfter: response.headers['retry-after'],
        });
      });
      response.on('error', closed);
    });
    outgoing.on('error', closed);
    outgoing.end(body);
  });
}
