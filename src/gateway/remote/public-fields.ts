import {
  BREAK,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

interface Definition {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
  readonly extensionASTNodes?:
    | readonly { readonly directives?: readonly ConstDirectiveNode[] | undefined }[]
    | undefined;
}

/** What everybody may see says so in the schema: `@tag(name: "public")`, on a field or on the type of its object. */
function isPublic({ astNode, extensionASTNodes = [] }: Definition): boolean {
  return [astNode, ...extensionASTNodes].some((node) =>
    node?.directives?.some(
      ({ name, arguments: given }) =>
        /^(federation__)?tag$/.test(name.value) &&
        given?.some((argument) => argument.value.kind === Kind.STRING && argument.value.value === 'public'),
    ),
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
        const parent = info.getParentType();
        if (field && parent && (isPublic(field) || isPublic(parent))) return undefined;
        allPublic = false;
        return BREAK;
      },
    }),
  );
  return allPublic;
}
