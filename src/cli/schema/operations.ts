import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentId, type Manifest, parseManifest, type TrustedOperation } from '@bridgehead/federation';
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { CodedError } from '../../errors.ts';

/** A file of `schema/operations`: one operation of the file's name. */
export interface OperationFile {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** Builds the manifest of all operation files, sorted by name. Throws CONFIGURATION with every fault of every file. */
export function buildManifest(schema: GraphQLSchema, files: readonly OperationFile[]): Manifest {
  const faults: string[] = [];
  const operations: TrustedOperation[] = [];
  for (const file of files) {
    const found = readOperation(schema, file);
    if (typeof found === 'string') faults.push(`${file.path}: ${found}`);
    else if (operations.some(({ name }) => name === found.name)) faults.push(`${file.path}: its name is taken.`);
    else operations.push(found);
  }
  if (faults.length > 0) {
    throw new CodedError('CONFIGURATION', `Some trusted documents are invalid:\n${faults.join('\n')}`);
  }
  operations.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { format: 'apollo-persisted-query-manifest', version: 1, operations };
}

/** Returns the operation of a file, or its fault. */
function readOperation(schema: GraphQLSchema, { name, text }: OperationFile): TrustedOperation | string {
  let document: DocumentNode;
  try {
    document = parse(text, { noLocation: true });
  } catch (error) {
    return (error as Error).message;
  }
  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const [operation] = operations;
  if (operations.length !== 1 || operation?.name?.value !== name) {
    return `it must hold exactly one operation, and that must be called ${name}.`;
  }
  if (operation.operation === 'subscription') return 'subscriptions are not offered.';
  const errors = validate(schema, document);
  if (errors.length > 0) return errors.map(({ message }) => message).join(' ');
  const withoutId = selectionsWithoutId(schema, document);
  if (withoutId.length > 0) return `it must ask \`id\`, the key of clients' caches, in ${withoutId.join(', ')}.`;
  const body = print(withTypenames(document));
  return { id: documentId(body), name, type: operation.operation, body };
}

/** Returns the fields whose objects have an `id` that the document doesn't select. */
function selectionsWithoutId(schema: GraphQLSchema, document: DocumentNode): string[] {
  const found: string[] = [];
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name, selectionSet }) {
        const type = getNamedType(types.getType());
        if (!selectionSet || !type || !('getFields' in type) || !type.getFields().id) return;
        const asksId = selectionSet.selections.some(
          (selection) => selection.kind === Kind.FIELD && selection.name.value === 'id' && !selection.alias,
        );
        if (!asksId) found.push(`${types.getParentType()?.name}.${name.value}`);
      },
    }),
  );
  return found;
}

/** Adds `__typename` as Apollo's clients do: last in every selection set except an operation's own. */
export function withTypenames(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet(node, _key, parent) {
      const isRoot = parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
      const hasOne = node.selections.some(
        (selection) => selection.kind === Kind.FIELD && selection.name.value === '__typename' && !selection.alias,
      );
      if (isRoot || hasOne) return undefined;
      const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
      return { ...node, selections: [...node.selections, typename] };
    },
  });
}

/** A trusted document with the variables of its example. */
export interface ShippedOperation {
  readonly name: string;
  readonly body: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Returns the trusted documents of a schema folder, by name. */
export function shippedOperations(schemaDir: string): ShippedOperation[] {
  const folder = join(schemaDir, 'operations');
  const { operations } = parseManifest(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  return operations.map(({ name, body }) => {
    const [example] = globSync(`*/${name}.variables.json`, { cwd: folder });
    const variables = example === undefined ? {} : JSON.parse(readFileSync(join(folder, example), 'utf8'));
    return { name, body, variables };
  });
}
