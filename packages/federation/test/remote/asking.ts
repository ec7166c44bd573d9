import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { SourceReports } from '../../src/remote/sources.ts';
import type { Call, Subgraph, SubgraphResult } from '../../src/subgraph.ts';
import { createHttpSubgraph, type HttpSubgraphOptions } from '../../src/transports/http.ts';
import { SCALARS } from '../scalars.ts';

export const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag"])
  scalar Date
  scalar Decimal
  enum Kind { OPEN CLOSED }
  interface Place { id: ID! name: String @tag(name: "public") }
  type Query {
    park(id: ID!): Park @tag(name: "public")
    parks: [Park!]!
    place: Place
    spot: Spot
  }
  type Mutation { open(id: ID!): Park }
  union Spot = Park | Zone
  type Park implements Place @key(fields: "id") {
    id: ID! @tag(name: "public")
    name: String @tag(name: "public")
    staff: Int
    area: Decimal
    share: Float
    isOpen: Boolean
    kind: Kind
    openedOn: Date
    zone: Zone
    grid: [[Int!]]
    must: String!
  }
  type Zone implements Place @key(fields: "id") { id: ID! name: String @tag(name: "public") parks: [Park] }
`;

export const SCHEMA = buildSubgraphSchema(parse(SDL, { noLocation: true }));

export interface Asked {
  readonly subgraph: Subgraph;
  readonly sources: SourceReports;
}

export function subgraphAt(url: string, options: Partial<HttpSubgraphOptions> = {}): Asked {
  const sources = options.sources ?? new SourceReports();
  const subgraph = createHttpSubgraph({
    name: 'bonded',
    url,
    schema: SCHEMA,
    sources,
    reach: 'public-or-loopback',
    scalars: SCALARS,
    ...options,
  });
  return { subgraph, sources };
}

/** @param milliseconds until the operation's deadline */
export function newCall(milliseconds = 10_000, more: Partial<Call> & Readonly<Record<string, unknown>> = {}): Call {
  const deadline = Date.now() + milliseconds;
  return {
    requestId: 'r-1',
    now: new Date(),
    locale: 'JA',
    deadline,
    signal: AbortSignal.timeout(milliseconds),
    ...more,
  };
}

export function ask(
  subgraph: Subgraph,
  query: string,
  variables: Record<string, unknown> = {},
  call: Call = newCall(),
): Promise<SubgraphResult> {
  return subgraph({ document: parse(query, { noLocation: true }), query, variables, call });
}

export const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Park { name staff } }
}`;

export const TWO_PARKS = {
  representations: [
    { __typename: 'Park', id: 'park_1' },
    { __typename: 'Park', id: 'park_2' },
  ],
};
