import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, graphql, parse } from 'graphql';
import { serveSupergraph } from '../../../src/cli/gateway/serve-supergraph.ts';

type Resolvers = NonNullable<Parameters<typeof buildSubgraphSchema>[0] & { resolvers?: unknown }>['resolvers'];

/** A subgraph that a test makes up; each answers by HTTP, and validates what it is asked as any GraphQL server does. */
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
  /** `code path` of each error. */
  readonly errors?: readonly string[];
}

export interface TinyFederation {
  readonly url: string;
  readonly supergraphSdl: string;
  /** Of each subgraph what it was asked, in the order over all: `name: query`. */
  readonly asked: string[];
  ask(query: string, variables?: object): Promise<Answered>;
  stop(): Promise<void>;
}

/** Starts subgraphs on this machine, composes them, and serves the supergraph as `npm run gateway` does. */
export async function startTinyFederation(subgraphs: Readonly<Record<string, TinySubgraph>>): Promise<TinyFederation> {
  const asked: string[] = [];
  const servers = await Promise.all(
    Object.entries(subgraphs).map(async ([name, subgraph]) => ({ name, ...(await serve(name, subgraph, asked)) })),
  );
  const { supergraphSdl, errors } = composeServices(
    servers.map(({ name, url }) => ({ name, url, typeDefs: parse(sdlOf(subgraphs[name]!)) })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  const gateway = await serveSupergraph({ supergraphSdl, port: 0, addresses: {} });
  return {
    url: `${gateway.url}/graphql`,
    supergraphSdl,
    asked,
    async ask(query, variables = {}) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors: told } = (await response.json()) as ExecutionResult;
      const errorsOf = told?.map(({ extensions, path }) => `${extensions?.code} ${path?.join('.') ?? ''}`.trim());
      return { ...(data === undefined ? {} : { data }), ...(errorsOf ? { errors: errorsOf } : {}) };
    },
    async stop() {
      await gateway.close();
      for (const { server } of servers) server.closeAllConnections();
      await Promise.all(servers.map(({ server }) => once(server.close(), 'close')));
    },
  };
}

async function serve(name: string, subgraph: TinySubgraph, asked: string[]): Promise<{ server: Server; url: string }> {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(sdlOf(subgraph)), resolvers: (subgraph.resolvers ?? {}) as Resolvers },
  ] as Parameters<typeof buildSubgraphSchema>[0]);
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { query, variables } = JSON.parse(body);
    asked.push(`${name}: ${query.replace(/\s+/g, ' ')}`);
    const result = await graphql({ schema, source: query, variableValues: variables });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` };
}

function sdlOf({ sdl, isFederation1 }: TinySubgraph): string {
  return isFederation1 ? sdl : LINK + sdl;
}

/** A test that starts a federation, asks it one thing after the other, and ends it. */
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
