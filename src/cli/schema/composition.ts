import { composeServices } from '@apollo/composition';
import { loadSupergraph, type Supergraph } from '@bridgehead/federation';
import { composeServices as composeAgain } from '@theguild/federation-composition';
import {
  type DocumentNode,
  type GraphQLSchema,
  isInterfaceType,
  Kind,
  lexicographicSortSchema,
  parse,
  printSchema,
} from 'graphql';
import { NODE_SUBGRAPH, NODE_TYPES, nodeSubgraphSdl } from '../../edge/node-subgraph.ts';
import { CodedError } from '../../errors.ts';
import { SCALARS } from '../../subgraph/scalars.ts';
import { declaredTypes } from '../partners/declared-types.ts';
import { printAudience } from '../permissions/audience.ts';

export interface SubgraphSource {
  readonly name: string;
  readonly sdl: string;
  /** Its URL, if it is not one of ours. */
  readonly url?: string;
}

export interface Composition {
  readonly supergraph: Supergraph;
  /** Remarks for a person. The supergraph works regardless. */
  readonly warnings: readonly string[];
}

/**
 * Composes subgraphs and the generated `node` subgraph into a supergraph that this gateway loads. Throws CONFIGURATION
 * with the composer's messages if they don't compose.
 * @param partnerTypes the types with id prefixes registered by partners
 */
export function composeSupergraph(
  subgraphs: readonly SubgraphSource[],
  partnerTypes: readonly string[] = [],
): Composition {
  const services = [...subgraphs, nodeSource(subgraphs, partnerTypes)].map(({ name, sdl, url = '' }) => ({
    name,
    typeDefs: parse(sdl, { noLocation: true }),
    url,
  }));
  const composed = composeServices(services);
  if (!composed.supergraphSdl) {
    const reasons = composed.errors?.map(({ message }) => message) ?? [];
    throw new CodedError('CONFIGURATION', `The subgraphs do not compose:\n${reasons.join('\n')}`);
  }
  const supergraph = loadSupergraph(`${composed.supergraphSdl}\n`, { scalars: SCALARS });
  return {
    supergraph,
    warnings: [...remarks(composed.hints, supergraph.apiSchema), ...secondOpinion(services, supergraph.apiSchema)],
  };
}

/**
 * Returns the composer's hints, except those on an interface's types with different rules: the gateway tells them
 * apart.
 */
function remarks(hints: ReturnType<typeof composeServices>['hints'], apiSchema: GraphQLSchema): string[] {
  return (hints ?? [])
    .filter(({ definition, message }) => {
      const [, type = ''] = /applied to "(\w+)/.exec(message) ?? [];
      return definition.code !== DIFFERENT_ARGUMENTS || !isInterfaceType(apiSchema.getType(type));
    })
    .map((hint) => hint.toString());
}

const DIFFERENT_ARGUMENTS = 'MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS';

/** Generates the subgraph of `node`, for the types that have a registered id prefix and are resolved by `id`. */
export function nodeSource(subgraphs: readonly SubgraphSource[], partnerTypes: readonly string[] = []): SubgraphSource {
  const documents = subgraphs.map(({ sdl }) => parse(sdl, { noLocation: true }));
  const entities = new Set(documents.flatMap(entitiesById));
  const declared = declaredTypes(documents);
  const types = [...new Set([...NODE_TYPES, ...partnerTypes])]
    .filter((type) => entities.has(type))
    .map((name) => ({
      name,
      idDirectives: printAudience(declared.get(name)?.fields.get('id')?.directives ?? []),
    }));
  return { name: NODE_SUBGRAPH, sdl: nodeSubgraphSdl(types) };
}

function entitiesById(sdl: DocumentNode): string[] {
  return sdl.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
    definition.directives?.some(
      ({ name, arguments: args }) =>
        name.value === 'key' &&
        args?.some(({ value }) => value.kind === Kind.STRING && value.value.trim() === 'id') &&
        !args.some(({ value }) => value.kind === Kind.BOOLEAN && !value.value),
    )
      ? [definition.name.value]
      : [],
  );
}

/**
 * Composes with another composer. Returns a warning if it refuses the same subgraphs or builds a different public
 * schema.
 */
function secondOpinion(
  services: readonly { name: string; typeDefs: DocumentNode; url: string }[],
  apiSchema: GraphQLSchema,
): string[] {
  const again = composeAgain([...services]);
  if (!again.supergraphSdl) {
    return (again.errors ?? []).map(({ message }) => `The second composer refuses: ${message}`);
  }
  const [ours, theirs] = [apiSchema, loadSupergraph(again.supergraphSdl).apiSchema].map((schema) =>
    printSchema(lexicographicSortSchema(schema)).split('\n'),
  );
  const different = (theirs ?? []).filter((line) => !ours?.includes(line));
  const missing = (ours ?? []).filter((line) => !theirs?.includes(line));
  return [
    ...different.map((line) => `Only the second composer has: ${line.trim()}`),
    ...missing.map((line) => `The second composer does not have: ${line.trim()}`),
  ];
}
