import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, graphql, parse } from 'graphql';
import { bondedStock, isEligible, WAREHOUSES, type Warehouse } from './warehouses.ts';

/** A partner's subgraph that runs on its own. It knows only the gateway's ids and codes. */
export const SDL = readFileSync(new URL('./subgraph.graphql', import.meta.url), 'utf8');

interface Asker {
  readonly language: keyof Warehouse['name'];
}

/** The fields of an enterprise that the gateway sends: its key and the `@requires` fields. */
interface KnownEnterprise {
  readonly uscc: string;
  readonly industryCode: string;
}

const resolvers = {
  Query: {
    dongjiangWarehouse: (_: unknown, { id }: { id: string }) => warehouse(id),
    dongjiangWarehouses: () => WAREHOUSES,
  },
  BondedWarehouse: {
    __resolveReference: ({ id }: { id: string }) => warehouse(id),
    name: ({ name }: Warehouse, _: unknown, { language }: Asker) => name[language],
    parks: ({ parks }: Warehouse) => parks.map((id) => ({ id })),
  },
  Park: {
    bondedWarehouses: ({ id }: { id: string }) => WAREHOUSES.filter(({ parks }) => parks.includes(id)),
  },
  Enterprise: {
    bondedStock: ({ uscc, industryCode }: KnownEnterprise) => bondedStock(uscc, industryCode),
    bondedEligible: ({ industryCode }: KnownEnterprise) => isEligible(industryCode),
  },
};

function warehouse(id: string): Warehouse | null {
  return WAREHOUSES.find((each) => each.id === id) ?? null;
}

export interface RunningSubgraph {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the subgraph on this machine.
 * @param port 0 picks a free port
 */
export async function serveWarehouses(port: number): Promise<RunningSubgraph> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(SDL), resolvers }]);
  const server = createServer((request, response) => {
    answer(schema, request, response).catch(() => response.writeHead(400).end());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answer(schema: GraphQLSchema, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { query, variables } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const contextValue: Asker = { language: languageOf(request.headers['accept-language']) };
  const result = await graphql({ schema, source: query, variableValues: variables, contextValue });
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
}

function languageOf(header = ''): Asker['language'] {
  const language = header.slice(0, 2);
  return language === 'ja' || language === 'en' ? language : 'zh';
}
