import { localSubgraph } from '@bridgehead/federation';
import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { ID_PREFIXES } from '../domain/ids.ts';
import { CodedError } from '../errors.ts';
import { contextOf, type ResolverContext } from '../subgraph/context.ts';
import type { Call, Subgraph } from '../subgraph/request.ts';

export const NODE_SUBGRAPH = 'node';

const MAX_IDS = 100;

/** The types that an id names by its prefix, in the registry's order. */
export const NODE_TYPES: readonly string[] = Object.values(ID_PREFIXES).map(({ type }) => type);

/** A type that an id names, with the directives of `id` at its owner: they say who may ask for it. */
export interface NodeType {
  readonly name: string;
  readonly idDirectives: string;
}

/**
 * Prints the SDL of the subgraph that answers `node` and `nodes`. It has the ids of nodes only: the planner asks other
 * subgraphs for every other field.
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

"An object with a global id, unique over all types."
interface Node {
  "The global id."
  id: ID! @tag(name: "public")
}

type Query {
  "The object that an id names. Null where there is none, and where the caller may not know of it: the two answers are the same."
  node(
    "The global id."
    id: ID!
  ): Node @tag(name: "public")
  "The objects that 1 to ${MAX_IDS} ids name, in the order of the ids, each as \`node\` answers it."
  nodes(
    "The global ids, 1 to ${MAX_IDS}."
    ids: [ID!]!
  ): [Node]! @tag(name: "public")
}

${stubs.join('\n\n')}
`;
}

/** Finds the objects that ids name, for one request. */
export interface NodeLoader {
  /** Resolves to null for what isn't an id, doesn't exist, or isn't shown to the caller: nobody can tell these apart. */
  load(id: string): Promise<{ readonly __typename: string; readonly id: string } | null>;
}

/**
 * Creates the node subgraph of a supergraph: for the types that its public schema says are nodes.
 * @param openNodes opens the loader of one request
 */
export function createNodeSubgraph(apiSchema: GraphQLSchema, openNodes: (call: Call) => NodeLoader): Subgraph {
  const types = nodeTypesOf(apiSchema);
  return localSubgraph(async () => {
    const { createSubgraph } = await import('../subgraph/subgraph.ts');
    return createSubgraph({
      name: NODE_SUBGRAPH,
      sdl: nodeSubgraphSdl(types.map((name) => ({ name, idDirectives: '' }))),
      resolvers: {
        Query: {
          node: (_: unknown, { id }: { id: string }, { store }: ResolverContext<NodeLoader>) => store.load(id),
          nodes: (_: unknown, { ids }: { ids: readonly string[] }, { store }: ResolverContext<NodeLoader>) => {
            if (ids.length === 0 || ids.length > MAX_IDS) {
              throw new CodedError('BAD_USER_INPUT', `"ids" must have 1 to ${MAX_IDS} ids.`, {
                details: { argument: 'ids' },
              });
            }
            return ids.map((id) => store.load(id));
          },
        },
      },
      references: {},
      context: (call) => contextOf(call, openNodes(call)),
    });
  });
}

/** Lists the types of a public schema that are nodes. */
export function nodeTypesOf(apiSchema: GraphQLSchema): string[] {
  const node = apiSchema.getType('Node');
  return isInterfaceType(node) ? apiSchema.getPossibleTypes(node).map(({ name }) => name) : [];
}
