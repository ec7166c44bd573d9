import { type ConstDirectiveNode, type DocumentNode, isTypeDefinitionNode, Kind } from 'graphql';
import { argumentOf, directiveName, type Feature } from './features.ts';
import { subgraphsByGraph } from './subgraphs.ts';

/** The values of `@tag` on types and on object types' and interfaces' fields, by coordinate: `Park`, `Park.name`. */
export type Tags = ReadonlyMap<string, readonly string[]>;

/** Reads the tags of a supergraph, under the name that its `@link` gives them. */
export function readTags(supergraph: DocumentNode, features: readonly Feature[]): Tags {
  const feature = features.find(({ name }) => name === 'tag');
  if (!feature) return new Map();
  const tag = directiveName(feature, 'tag');
  const entries = elements(supergraph).flatMap(([coordinate, directives]): [string, string[]][] => {
    const tags = directives.filter(({ name }) => name.value === tag).map((each) => String(argumentOf(each, 'name')));
    return tags.length > 0 ? [[coordinate, tags]] : [];
  });
  return new Map(entries);
}

/** The names of the subgraphs that resolve a field, by coordinate. A field that all of its type's resolve has none. */
export type Owners = ReadonlyMap<string, readonly string[]>;

/** Reads which subgraphs resolve which fields, as `@join__field` has it. */
export function readOwners(supergraph: DocumentNode, join: Feature): Owners {
  const names = subgraphsByGraph(supergraph, join);
  const field = directiveName(join, 'field');
  const entries = elements(supergraph).flatMap(([coordinate, directives]): [string, string[]][] => {
    const joined = directives.filter(({ name }) => name.value === field);
    const owners = joined.flatMap((each) => names.get(String(argumentOf(each, 'graph'))) ?? []);
    return owners.length > 0 ? [[coordinate, owners]] : [];
  });
  return new Map(entries);
}

type Element = readonly [coordinate: string, directives: readonly ConstDirectiveNode[]];

function elements(supergraph: DocumentNode): Element[] {
  return supergraph.definitions.filter(isTypeDefinitionNode).flatMap((type): Element[] => {
    const own: Element = [type.name.value, type.directives ?? []];
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [own];
    const fields = (type.fields ?? []).map(
      ({ name, directives = [] }): Element => [`${type.name.value}.${name.value}`, directives],
    );
    return [own, ...fields];
  });
}
