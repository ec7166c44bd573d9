import { argumentOf, linkedFeatures, type Supergraph, subgraphsByGraph } from '@bridgehead/federation';
import { type DocumentNode, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { personalInputs, takesInput } from './personal-input.ts';

/**
 * Returns a function that tells which subgraphs answer a document: undefined unless it is a query whose fields are all tagged
 * `public`, and that takes nothing personal. Its answer may still show more to some callers, or hold their cursors.
 */
export function publicDocuments({
  document: sdl,
  apiSchema,
}: Pick<Supergraph, 'document' | 'apiSchema'>): (document: DocumentNode) => ReadonlySet<string> | undefined {
  const fields = publicFields(sdl);
  const personal = personalInputs(sdl);
  return (document) => {
    if (takesInput(document, apiSchema, personal)) return undefined;
    const typeInfo = new TypeInfo(apiSchema);
    const subgraphs = new Set<string>();
    let isPublic = true;
    const read = visitWithTypeInfo(typeInfo, {
      OperationDefinition({ operation }) {
        isPublic &&= operation === 'query';
      },
      Field({ name: { value: name } }) {
        if (name === '__typename') return;
        const owners = fields.get(`${typeInfo.getParentType()?.name}.${name}`);
        isPublic &&= owners !== undefined;
        for (const subgraph of owners ?? []) subgraphs.add(subgraph);
      },
    });
    visit(document, read);
    return isPublic ? subgraphs : undefined;
  };
}

/**
 * Returns the subgraphs that resolve each public field, by coordinate. Fields that several resolve alike, such as keys, name
 * none.
 */
function publicFields(sdl: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const join = linkedFeatures(sdl).find(({ name }) => name === 'join');
  const graphs = join ? subgraphsByGraph(sdl, join) : new Map<string, string>();
  const entries = sdl.definitions.flatMap((type) => {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
    return (type.fields ?? []).flatMap(({ name, directives = [] }): [string, string[]][] => {
      if (!directives.some((each) => each.name.value === 'tag' && argumentOf(each, 'name') === 'public')) return [];
      const joined = directives.filter((each) => each.name.value === 'join__field');
      const subgraphs = joined.flatMap((each) => graphs.get(String(argumentOf(each, 'graph'))) ?? []);
      return [[`${type.name.value}.${name.value}`, subgraphs]];
    });
  });
  return new Map(entries);
}
