import { buildSubgraphSchema } from '@apollo/subgraph';
import { leafReader } from '@bridgehead/federation';
import { type GraphQLSchema, isScalarType, isSpecifiedScalarType, parse } from 'graphql';
import { CodedError } from '../errors.ts';
import { SCALARS } from '../subgraph/scalars.ts';

/** Federation's own, which are never in an answer. */
const OF_FEDERATION = /^(_Any|_FieldSet|FieldSet|federation__.*|link__.*)$/;

/**
 * The schema that a remote subgraph's answers are checked against, from its SDL. Throws CONFIGURATION where the SDL is no
 * subgraph's, and where it has a scalar of its own, whose values nobody can check.
 */
export function remoteSchema(subgraph: string, sdl: string): GraphQLSchema {
  const schema = build(subgraph, sdl);
  const unknown = Object.values(schema.getTypeMap()).filter(
    (type) =>
      isScalarType(type) &&
      !isSpecifiedScalarType(type) &&
      !OF_FEDERATION.test(type.name) &&
      !leafReader(type, SCALARS),
  );
  if (unknown.length > 0) {
    const names = unknown.map(({ name }) => name).join(', ');
    throw new CodedError('CONFIGURATION', `The subgraph "${subgraph}" has scalars that can't be checked: ${names}.`);
  }
  return schema;
}

function build(subgraph: string, sdl: string): GraphQLSchema {
  try {
    return buildSubgraphSchema([{ typeDefs: parse(sdl, { noLocation: true }) }]);
  } catch (cause) {
    const message = `The schema of the subgraph "${subgraph}" can't be used: ${(cause as Error).message}`;
    throw new CodedError('CONFIGURATION', message, { cause });
  }
}
