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
import { argumentOf, directiveName, type Feature } from '../../packages/federation/src/supergraph/features.ts';

/** The tag of an input type that holds what a person says of themselves. */
const PERSONAL = 'personal';

/** Input types that hold personal data: they may come in a body, and never in a URL, which logs and caches on its way keep. */
export function personalInputs(supergraph: DocumentNode, features: readonly Feature[]): ReadonlySet<string> {
  const tag = features.find(({ name }) => name === 'tag');
  const tagging = tag && directiveName(tag, 'tag');
  return new Set(
    supergraph.definitions.flatMap((node) => {
      if (node.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) return [];
      const tags = (node.directives ?? []).filter((directive) => directive.name.value === tagging);
      return tags.some((each) => argumentOf(each, 'name') === PERSONAL) ? [node.name.value] : [];
    }),
  );
}

/** Whether a valid document gives any argument of these types. */
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
