import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, parseManifest } from '@bridgehead/federation';
import {
  buildSchema,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  TypeInfo,
  type TypeNode,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { publicDocuments } from '../documents/public-documents.ts';
import type { LookDocument, LookField, LookVariable } from '../domain/questions/look-document.ts';

/** Fields of a connection that are no part of a value's path. */
const LIST_PARTS = new Set(['nodes', 'edges', 'node']);
/** Fields of GraphQL itself and of paging, which tables don't show. */
const MACHINERY = new Set(['__typename', 'pageInfo']);

/**
 * Reads the trusted queries that everybody may look at: each field is tagged `public`, and each variable is a scalar or an
 * enum. An input object may hold personal data, which no address may carry.
 * @param schemaDir the folder of `supergraph.graphql`, `api.graphql` and `operations`
 */
export function readLookDocuments(schemaDir: string): LookDocument[] {
  const read = (file: string) => readFileSync(join(schemaDir, file), 'utf8');
  const schema = buildSchema(read('api.graphql'), { assumeValidSDL: true });
  const subgraphsOf = publicDocuments({ document: parse(read('supergraph.graphql')), apiSchema: schema });
  const manifest = parseManifest(read('operations/manifest.json'));
  return manifest.operations.flatMap((operation) =>
    readOne(operation, { schema, isPublic: (document) => subgraphsOf(document) !== undefined, schemaDir }),
  );
}

interface Means {
  readonly schema: GraphQLSchema;
  readonly isPublic: (document: DocumentNode) => boolean;
  readonly schemaDir: string;
}

function readOne({ id, name, body }: Manifest['operations'][number], means: Means): LookDocument[] {
  const document = parse(body);
  const [operation] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [file] = globSync(`operations/*/${name}.graphql`, { cwd: means.schemaDir });
  if (operation?.operation !== 'query' || !file || !means.isPublic(document)) return [];
  const variables = variablesOf(operation, document, join(means.schemaDir, file), means.schema);
  if (!variables) return [];
  const enums = variables.flatMap(({ type }): [string, string[]][] => {
    const found = means.schema.getType(type);
    return isEnumType(found) ? [[type, found.getValues().map((value) => value.name)]] : [];
  });
  const text = readFileSync(join(means.schemaDir, file), 'utf8');
  const description = /^(?:#.*\n)+/.exec(text)?.[0].replaceAll(/^# ?/gm, '').replaceAll('\n', ' ').trim() ?? null;
  return [
    {
      name,
      id,
      description,
      variables,
      fields: fieldsOf(document, operation, means.schema),
      enums: Object.fromEntries(enums),
    },
  ];
}

/** Returns the variables of an operation; undefined if one is no scalar or enum, or a list. */
function variablesOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  document: DocumentNode,
  file: string,
  schema: GraphQLSchema,
): LookVariable[] | undefined {
  const beside = file.replace(/\.graphql$/, '.variables.json');
  const examples: Readonly<Record<string, unknown>> = existsSync(beside)
    ? JSON.parse(readFileSync(beside, 'utf8'))
    : {};
  const descriptions = argumentDescriptions(document, schema);
  const variables = variableDefinitions.map(({ variable, type }) => {
    const name = variable.name.value;
    const named = nameOf(type);
    const isRequired = type.kind === Kind.NON_NULL_TYPE;
    const example = examples[name] === undefined ? null : String(examples[name]);
    return { name, type: named, isRequired, example, description: descriptions.get(name) ?? null };
  });
  const areLeaves = variables.every(({ type }) => isLeafType(schema.getType(type)));
  const isListed = variableDefinitions.some(({ type }) => hasList(type));
  return areLeaves && !isListed ? variables : undefined;
}

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));
const hasList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && hasList(type.type));

/** Returns the descriptions of the arguments that take each variable. */
function argumentDescriptions(document: DocumentNode, schema: GraphQLSchema): ReadonlyMap<string, string> {
  const typeInfo = new TypeInfo(schema);
  const found = new Map<string, string>();
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Argument({ value }) {
        const description = typeInfo.getArgument()?.description;
        if (value.kind === Kind.VARIABLE && description && !found.has(value.name.value)) {
          found.set(value.name.value, description);
        }
      },
    }),
  );
  return found;
}

function fieldsOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): LookDocument['fields'] {
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const fields: Record<string, LookField> = {};
  const walk = ({ selections }: SelectionSetNode, typeName: string, path: readonly string[]) => {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) return;
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) walk(fragment.selectionSet, fragment.typeCondition.name.value, path);
        continue;
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition ? typeFromAST(schema, selection.typeCondition)?.name : undefined;
        walk(selection.selectionSet, condition ?? typeName, path);
        continue;
      }
      const name = selection.name.value;
      const field = type.getFields()[name];
      if (!field || MACHINERY.has(name)) continue;
      const own = LIST_PARTS.has(name) ? path : [...path, (selection.alias ?? selection.name).value];
      const named = getNamedType(field.type).name;
      if (own !== path) fields[own.join('.')] = { name, type: named, description: field.description ?? null };
      if (selection.selectionSet) walk(selection.selectionSet, named, own);
    }
  };
  walk(operation.selectionSet, 'Query', []);
  return fields;
}
