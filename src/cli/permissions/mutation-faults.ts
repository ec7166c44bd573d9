import { type DocumentNode, Kind, OperationTypeNode, parse } from 'graphql';
import { declaredTypes } from '../partners/declared-types.ts';
import { hasDirective } from '../partners/federation-directives.ts';
import type { SubgraphSource } from '../schema/composition.ts';

/**
 * Returns the mutations without `@policy`, each with what is wrong. Scopes belong to a kind of caller; a write also needs a
 * role, and `@policy` is where the schema says which.
 */
export function mutationFaults(subgraphs: readonly SubgraphSource[]): readonly string[] {
  return subgraphs.flatMap(({ name, sdl }) => {
    const document = parse(sdl, { noLocation: true });
    const root = declaredTypes([document]).get(mutationRoot(document));
    return [...(root?.fields.values() ?? [])]
      .filter(({ directives }) => !hasDirective(directives, 'policy'))
      .map((field) => `${root?.name}.${field.name} in ${name} is a mutation and names no @policy.`);
  });
}

/** Returns the name of the mutation type, which a schema definition may change. */
function mutationRoot({ definitions }: DocumentNode): string {
  const named = definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.operationTypes ?? [])
      : [],
  );
  return named.find(({ operation }) => operation === OperationTypeNode.MUTATION)?.type.name.value ?? 'Mutation';
}
