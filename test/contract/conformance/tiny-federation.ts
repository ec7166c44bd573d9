import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, type GraphQLSchema, graphql, parse } from 'graphql';
import { serveSupergraph } from '../../../packages/gateway/src/index.ts';

type Resolvers = NonNullable<Parameters<typeof buildSubgraphSchema>[0] & { resolvers?: unknown }>['resolvers'];

/** A subgraph that a test makes up. It answers by HTTP, and validates each operation as any GraphQL server does. */
export interface TinySubgraph {
  readonly sdl: string;
  readonly resolvers?: object;
  /** Leaves out the link to federation 2: then it is one of federation 1. */
  readonly isFederation1?: boolean;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject", "@tag", "@authenticated", "@requiresScopes",
  "@context", "@fromContext"])\n`;

export interface Answered {
  readonly data?: unknown;
  /** The `code path` of each error. */
  readonly errors?: readonly string[];
}

export interface TinyFederation {
  readonly url: string;
  readonly supergraphSdl: string;
  /** All operations that subgraphs were sent, in order: `name: query`. */
  readonly asked: string[];
  ask(query: string, variables?: object): Promise<Answered>;
  stop(): Promise<void>;
}

/**
 * Starts subgraphs on this machine, composes them, and serves the supergraph as `npm run gateway` does. Leaves no server
 * behind where that fails, as an open one would keep the tests' process alive.
 * @throws Error with the composer's messages where the subgraphs don't compose
 */
export async function startTinyFederation(subgraphs: Readonly<Record<string, TinySubgraph>>): Promise<TinyFederation> {
  const asked: string[] = [];
  const schemas = Object.entries(subgraphs).map(([name, subgraph]) => [name, schemaOf(subgraph)] as const);
  const servers = await Promise.all(schemas.map(([name, schema]) => serve(name, schema, asked)));
  const stopServers = async () => {
    for (const { server } of servers) server.closeAllConnections();
    await Promise.all(servers.map(({ server }) => once(server.close(), 'close')));
  };
  try {
    const supergraphSdl = composed(servers.map(({ name, url }) => ({ name, url, sdl: sdlOf(subgraphs[name]!) })));
    const gateway = await serveSupergraph({ supergraphSdl, port: 0, addresses: {} });
    const url = `${gateway.url}/graphql`;
    return {
      url,
      supergraphSdl,
      asked,
      ask: (query, variables = {}) => ask(url, query, variables),
      async stop() {
        await gateway.close();
        await stopServers();
      },
    };
  } catch (error) {
    await stopServers();
    throw error;
  }
}

async function ask(url: string, query: string, variables: object): Promise<Answered> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors: reported } = (await response.json()) as ExecutionResult;
  const errors = reported?.map(({ extensions, path }) => `${extensions?.code} ${path?.join('.') ?? ''}`.trim());
  return { ...(data === undefined ? {} : { data }), ...(errors ? { errors } : {}) };
}

/** Returns the supergraph of some subgraphs. */
function composed(services: readonly { readonly name: string; readonly url: string; readonly sdl: string }[]): string {
  const { supergraphSdl, errors = [] } = composeServices(
    services.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (!supergraphSdl) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

function schemaOf(subgraph: TinySubgraph): GraphQLSchema {
  return buildSubgraphSchema([
    { typeDefs: parse(sdlOf(subgraph)), resolvers: (subgraph.resolvers ?? {}) as Resolvers },
  ] as Parameters<typeof buildSubgraphSchema>[0]);
}

interface SubgraphServer {
  readonly name: string;
  readonly server: Server;
  readonly url: string;
}

async function serve(name: string, schema: GraphQLSchema, asked: string[]): Promise<SubgraphServer> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { query, variables } = JSON.parse(body);
    asked.push(`${name}: ${query.replace(/\s+/g, ' ')}`);
    const result = await graphql({ schema, source: query, variableValues: variables });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { name, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` };
}

export function sdlOf({ sdl, isFederation1 }: TinySubgraph): string {
  return isFederation1 ? sdl : LINK + sdl;
}

/** Defines a test that starts a federation, sends it one operation after the other, and stops it. */
export function answers(
  what: string,
  subgraphs: Readonly<Record<string, TinySubgraph>>,
  cases: readonly (readonly [query: string, answer: Answered, variables?: object])[],
): void {
  test(`${what}`, async () => {
    const federation = await startTinyFederation(subgraphs);
    try {
      for (const [query, answer, variables] of cases) {
        expect([query, await federation.ask(query, variables)]).toEqual([query, answer]);
      }
    } finally {
      await federation.stop();
    }
  }, 30_000);
}
