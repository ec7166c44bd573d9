import { type DocumentNode, Kind } from 'graphql';
import { FederationError } from './errors.ts';

const RECOMPOSE =
  'Compose its subgraphs again with federation 2, for example by @apollo/composition or "rover supergraph compose": ' +
  'subgraphs of federation 1 may stay as they are.';

/** Links of a supergraph's schema that this package doesn't execute, with what to do instead. */
const UNSUPPORTED: readonly (readonly [link: RegExp, message: string])[] = [
  [/^https:\/\/specs\.apollo\.dev\/core\/v/, `The supergraph is one of federation 1 (@core). ${RECOMPOSE}`],
  [/^https:\/\/specs\.apollo\.dev\/join\/v0\.1\/?$/, `The supergraph is one of federation 1 (join v0.1). ${RECOMPOSE}`],
  [
    /^https:\/\/specs\.apollo\.dev\/connect\/v/,
    'The supergraph has connectors (@connect), which call REST APIs from the router. This gateway asks GraphQL subgraphs ' +
      'only: put a GraphQL subgraph before those APIs, and compose with it instead.',
  ],
];

/**
 * Refuses a supergraph that this package can't execute, in words that say what to do.
 * @throws FederationError INVALID_SUPERGRAPH
 */
export function refuseUnsupported(supergraph: DocumentNode): void {
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const { arguments: given = [] } of definition.directives ?? []) {
      for (const { value } of given) {
        if (value.kind !== Kind.STRING) continue;
        const found = UNSUPPORTED.find(([link]) => link.test(value.value));
        if (found) throw new FederationError('INVALID_SUPERGRAPH', found[1]);
      }
    }
  }
}
