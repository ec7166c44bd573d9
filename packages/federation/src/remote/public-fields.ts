import {
  BREAK,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** What everybody may see says so in the schema, at the field itself: `@tag(name: "public")`. */
function isPublic({ astNode }: GraphQLField<unknown, unknown>): boolean {
  return (astNode?.directives ?? []).some(
    ({ name, arguments: given }) =>
      /^(federation__)?tag$/.test(name.value) &&
      given?.some((argument) => argument.value.kind === Kind.STRING && argument.value.value === 'public'),
  );
}

/** Whether an operation asks for nothing but public fields, federation's own aside. */
export function asksPublicFieldsOnly(schema: GraphQLSchema, document: DocumentNode): boolean {
  const info = new TypeInfo(schema);
  let allPublic = true;
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: ({ name }) => {
        if (name.value === '__typename' || name.value === '_entities') return undefined;
        const field = info.getFieldDef();
        if (field && isPublic(field)) return undefined;
        allPublic = false;
        return BREAK;
      },
    }),
  );
  return allPublic;
}
