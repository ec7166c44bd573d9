import { type DocumentNode, Kind } from 'graphql';
import { argumentOf, directiveName, linkedFeatures } from './features.ts';

export interface ComposedSubgraph {
  readonly name: string;
  /** Where it was said to answer when it was composed; may be empty. */
  readonly url: string;
}

/** The subgraphs of a supergraph: the values of its `join__Graph`, in their order. */
export function composedSubgraphs(supergraph: DocumentNode): ComposedSubgraph[] {
  const join = linkedFeatures(supergraph).find(({ name }) => name === 'join');
  const graph = join && directiveName(join, 'graph');
  return supergraph.definitions.flatMap((definition) =>
    definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === `${join?.namespace}__Graph`
      ? (definition.values ?? []).flatMap(({ directives }) => {
          const applied = directives?.find(({ name }) => name.value === graph);
          return applied
            ? [{ name: String(argumentOf(applied, 'name')), url: String(argumentOf(applied, 'url') ?? '') }]
            : [];
        })
      : [],
  );
}
