import { type DocumentNode, Kind } from 'graphql';
import { argumentOf, directiveName, type Feature, linkedFeatures } from './features.ts';

/** The types that a subgraph knows only by their keys (`@key(resolvable: false)`), by the subgraph's name. */
export type References = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads which subgraphs refer to entities without resolving them: that they name one proves nothing. */
export function readReferences(supergraph: DocumentNode, join: Feature): References {
  const names = subgraphsByGraph(supergraph, join);
  const typeDirective = directiveName(join, 'type');
  const references = new Map<string, Set<string>>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const applied = (definition.directives ?? [])
      .filter((directive) => directive.name.value === typeDirective)
      .map((directive) => ({
        subgraph: names.get(String(argumentOf(directive, 'graph'))) ?? '',
        isReference: argumentOf(directive, 'key') !== undefined && argumentOf(directive, 'resolvable') === false,
      }));
    for (const { subgraph } of applied) {
      if (!applied.every((one) => one.subgraph !== subgraph || one.isReference)) continue;
      references.set(subgraph, (references.get(subgraph) ?? new Set<string>()).add(definition.name.value));
    }
  }
  return references;
}

/** Subgraphs' names by the value of `join__Graph` that stands for them, in the supergraph's order. */
export function subgraphsByGraph(supergraph: DocumentNode, join: Feature): ReadonlyMap<string, string> {
  const graphDirective = directiveName(join, 'graph');
  const names = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== `${join.namespace}__Graph`) continue;
    for (const value of definition.values ?? []) {
      const applied = value.directives?.find((directive) => directive.name.value === graphDirective);
      const name = applied && argumentOf(applied, 'name');
      if (typeof name === 'string') names.set(value.name.value, name);
    }
  }
  return names;
}

/** Interfaces by name, with the names of the subgraphs to which each is an object: there are others that know its types. */
export type InterfaceObjects = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads which interfaces are an object to which subgraphs (`@interfaceObject`), which then know none of their types. */
export function readInterfaceObjects(supergraph: DocumentNode, join: Feature): InterfaceObjects {
  const names = subgraphsByGraph(supergraph, join);
  const typeDirective = directiveName(join, 'type');
  const interfaceObjects = new Map<string, ReadonlySet<string>>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const subgraphs = (definition.directives ?? [])
      .filter(({ name }) => name.value === typeDirective)
      .filter((directive) => argumentOf(directive, 'isInterfaceObject') === true)
      .map((directive) => names.get(String(argumentOf(directive, 'graph'))) ?? '');
    if (subgraphs.length > 0) interfaceObjects.set(definition.name.value, new Set(subgraphs));
  }
  return interfaceObjects;
}

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
