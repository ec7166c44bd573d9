import { BREAK, type DocumentNode, type GraphQLSchema, Kind, OperationTypeNode, print, visit } from 'graphql';
import { OperationShape } from './operation-shape.ts';
import { asksPublicFieldsOnly } from './public-fields.ts';
import { withTypenames } from './typenames.ts';

/** What is known of an operation for a remote subgraph before it is asked. */
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
export function operationReader(schema: GraphQLSchema): (document: DocumentNode) => RemoteOperation {
  const known = new WeakMap<DocumentNode, RemoteOperation>();
  return (document) => {
    let operation = known.get(document);
    if (!operation) {
      operation = prepare(schema, document);
      known.set(document, operation);
    }
    return operation;
  };
}

function prepare(schema: GraphQLSchema, asked: DocumentNode): RemoteOperation {
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
      if (hasConditions) return new OperationShape(schema, document, variables);
      shape ??= new OperationShape(schema, document, variables);
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
