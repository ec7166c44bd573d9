import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { ID_PREFIXES, typeOfId } from '../domain/ids.ts';
import { CodedError } from '../errors.ts';
import { contextOf } from '../subgraph/context.ts';
import type { Subgraph } from '../subgraph/request.ts';
import { localSubgraph } from './transports/local.ts';

export const NODE_SUBGRAPH = 'node';

const MOST_IDS = 100;

/** The types that an id names by its prefix, in the registry's order. */
export const NODE_TYPES: readonly string[] = Object.values(ID_PREFIXES).map(({ type }) => type);

/** A type that an id names, and the directives of its `id` at its owner, that say who may ask for it. */
export interface NodeType {
  readonly name: string;
  readonly idDirectives: string;
}

/**
 * The SDL of the subgraph that answers `node` and `nodes`. It knows ids and nothing else: the planner asks a type's owner
 * for every other field, so that something exists is proven by a field of its owner, not by its id.
 */
export function nodeSubgraphSdl(types: readonly NodeType[]): string {
  const stubs = types.map(
    ({ name, idDirectives }) =>
      `type ${name} implements Node @key(fields: "id", resolvable: false) {\n  id: ID! ${idDirectives}\n}`,
  );
  return `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@tag", "@authenticated", "@requiresScopes", "@policy"]
  )

"What has an id of its own, unique over all types."
interface Node {
  id: ID! @tag(name: "public")
}

type Query {
  "What an id names, whatever its type. Null for what is no id of ours. That it exists is proven by any other field of it."
  node(id: ID!): Node @tag(name: "public")
  "What 1 to ${MOST_IDS} ids name, in their order."
  nodes(ids: [ID!]!): [Node]! @tag(name: "public")
}

${stubs.join('\n\n')}
`;
}

/** What partners' ids look like behind their prefix: the form of it is theirs. */
const PARTNER_SUFFIX = /^[\w-]{1,64}$/;

/**
 * The node subgraph of a supergraph: for the types that its public schema says are nodes.
 * @param partnerPrefixes the prefixes of partners' ids, with the types that they name
 */
export function createNodeSubgraph(
  apiSchema: GraphQLSchema,
  partnerPrefixes: Readonly<Record<string, string>> = {},
): Subgraph {
  const node = apiSchema.getType('Node');
  const types = isInterfaceType(node) ? apiSchema.getPossibleTypes(node).map(({ name }) => name) : [];
  const known = new Set(types);
  const prefixes = new Map(Object.entries(partnerPrefixes));
  const typeOfPartnerId = (id: string) => {
    const cut = id.indexOf('_');
    return PARTNER_SUFFIX.test(id.slice(cut + 1)) ? prefixes.get(id.slice(0, Math.max(cut, 0))) : undefined;
  };
  const refer = (id: string) => {
    const __typename = typeOfId(id) ?? typeOfPartnerId(id);
    return __typename !== undefined && known.has(__typename) ? { __typename, id } : null;
  };
  return localSubgraph(async () => {
    const { createSubgraph } = await import('../subgraph/subgraph.ts');
    return createSubgraph({
      name: NODE_SUBGRAPH,
      sdl: nodeSubgraphSdl(types.map((name) => ({ name, idDirectives: '' }))),
      resolvers: {
        Query: {
          node: (_: unknown, { id }: { id: string }) => refer(id),
          nodes: (_: unknown, { ids }: { ids: readonly string[] }) => {
            if (ids.length === 0 || ids.length > MOST_IDS) {
              throw new CodedError('BAD_USER_INPUT', `"ids" must have 1 to ${MOST_IDS} ids.`, {
                details: { argument: 'ids' },
              });
            }
            return ids.map(refer);
          },
        },
      },
      references: {},
      context: (call) => contextOf(call, null),
    });
  });
}
