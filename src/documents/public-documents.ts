import type { Supergraph } from '@bridgehead/federation';
import { type DocumentNode, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { personalInputs, takesInput } from './personal-input.ts';

/** The tag of fields that every caller may see. */
const PUBLIC = 'public';

/**
 * Returns a function that tells which subgraphs answer a document: undefined unless it is a query whose fields are all tagged
 * `public`, and that takes nothing personal. Its answer may still show more to some callers, or hold their cursors.
 */
export function publicDocuments({
  tags,
  owners,
  apiSchema,
}: Pick<Supergraph, 'tags' | 'owners' | 'apiSchema'>): (document: DocumentNode) => ReadonlySet<string> | undefined {
  const personal = personalInputs(tags);
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
        const coordinate = `${typeInfo.getParentType()?.name}.${name}`;
        isPublic &&= tags.get(coordinate)?.includes(PUBLIC) ?? false;
        // Fields that several subgraphs resolve alike, such as keys, have no owners.
        for (const subgraph of owners.get(coordinate) ?? []) subgraphs.add(subgraph);
      },
    });
    visit(document, read);
    return isPublic ? subgraphs : undefined;
  };
}
