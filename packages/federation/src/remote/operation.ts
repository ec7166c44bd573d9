import {
  BREAK,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { CustomScalars } from './leaf.ts';
import { OperationShape } from './operation-shape.ts';
import { withTypenames } from './typenames.ts';

/** An operation for a remote subgraph, prepared before it is sent. */
export interface RemoteOperation {
  /** As it is sent. */
  readonly query: string;
  readonly isMutation: boolean;
  /** Every response key in it. */
  readonly keys: ReadonlySet<string>;
  readonly isPublic: boolean;
  shape(variables: Readonly<Record<string, unknown>>): OperationShape;
}

/** Prepares each document once: the gateway hands over the same object each time. */
export function operationReader(
  schema: GraphQLSchema,
  scalars?: CustomScalars,
): (document: DocumentNode) => RemoteOperation {
  const known = new WeakMap<DocumentNode, RemoteOperation>();
  return (document) => {
    let operation = known.get(document);
    if (!operation) {
      operation = prepare(schema, document, scalars);
      known.set(document, operation);
    }
    return operation;
  };
}

function prepare(schema: GraphQLSchema, asked: DocumentNode, scalars: CustomScalars | undefined): RemoteOperation {
  const document = withTypenames(schema, asked);
  const keys = new Set<string>();
  let hasConditions = false;
  visit(document, {
    Field: (field) => void keys.add((field.alias ?? field.name).value),
    Directive: () => {
      hasConditions = true;
    },
  });
  // Without conditions, what is asked for doesn't depend on the variables.
  let shape: OperationShape | undefined;
  return {
    query: print(document),
    isMutation: isMutation(document),
    keys,
    isPublic: asksPublicFieldsOnly(schema, document),
    shape(variables) {
      if (hasConditions) return new OperationShape(schema, document, variables, scalars);
      shape ??= new OperationShape(schema, document, variables, scalars);
      return shape;
    },
  };
}

function isMutation(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    OperationDefinition: ({ operation }) => {
      found = operation === OperationTypeNode.MUTATION;
      return BREAK;
    },
    [Kind.FRAGMENT_DEFINITION]: () => false,
  });
  return found;
}

/** Returns whether a field is public: the schema tags it `@tag(name: "public")`. */
function isPublic({ astNode }: GraphQLField<unknown, unknown>): boolean {
  return (astNode?.directives ?? []).some(
    ({ name, arguments: given }) =>
      /^(federation__)?tag$/.test(name.value) &&
      given?.some((argument) => argument.value.kind === Kind.STRING && argument.value.value === 'public'),
  );
}

/** Returns whether an operation asks for public fields only, federation's own aside. */
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
