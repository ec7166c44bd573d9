import { type DocumentNode, Kind } from 'graphql';
import { argumentOf, directiveName, type Feature } from './features.ts';
import { subgraphsByGraph } from './references.ts';

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
