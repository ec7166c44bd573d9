import { argumentOf, directiveName, linkedFeatures } from '@bridgehead/federation';
import {
  BREAK,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** The tag of an input type that holds personal data. */
const PERSONAL = 'personal';

/**
 * Returns the input types that hold personal data. They may come in a body, and never in a URL, which logs and caches on its
 * way store.
 */
export function personalInputs(supergraph: DocumentNode): ReadonlySet<string> {
  const tag = linkedFeatures(supergraph).find(({ name }) => name === 'tag');
  const tagging = tag && directiveName(tag, 'tag');
  return new Set(
    supergraph.definitions.flatMap((node) => {
      if (node.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) return [];
      const tags = (node.directives ?? []).filter((directive) => directive.name.value === tagging);
      return tags.some((each) => argumentOf(each, 'name') === PERSONAL) ? [node.name.value] : [];
    }),
  );
}

/** Returns whether a valid document gives any argument of these types. */
export function takesInput(document: DocumentNode, schema: GraphQLSchema, types: ReadonlySet<string>): boolean {
  if (types.size === 0) return false;
  const typeInfo = new TypeInfo(schema);
  let takes = false;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Argument() {
        takes = types.has(getNamedType(typeInfo.getInputType())?.name ?? '');
        return takes ? BREAK : undefined;
      },
    }),
  );
  return takes;
}
