import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeInfo,
  type TypeNode,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { LookField, LookShape, LookVariable } from '../domain/questions/look-document.ts';

/** Fields of a connection that are no part of a value's path. */
const LIST_PARTS = new Set(['nodes', 'edges', 'node']);
/** Fields of GraphQL itself and of paging, which tables don't show. */
const MACHINERY = new Set(['__typename', 'pageInfo']);

/**
 * Returns the variables and fields of a valid query as `/look` needs them; undefined if a variable is a list, or no scalar or
 * enum: an input object may hold personal data, which no address may carry.
 * @param examples values of variables
 */
export function lookShape(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  examples: Readonly<Record<string, unknown>>,
): LookShape | undefined {
  const variables = variablesOf(operation, document, schema, examples);
  if (!variables) return undefined;
  const enums = variables.flatMap(({ type }): [string, string[]][] => {
    const found = schema.getType(type);
    return isEnumType(found) ? [[type, found.getValues().map((value) => value.name)]] : [];
  });
  return { variables, fields: fieldsOf(document, operation, schema), enums: Object.fromEntries(enums) };
}

function variablesOf(
  { variableDefinitions = [] }: OperationDefinitionNode,
  document: DocumentNode,
  schema: GraphQLSchema,
  examples: Readonly<Record<string, unknown>>,
): LookVariable[] | undefined {
  const descriptions = argumentDescriptions(document, schema);
  const variables = variableDefinitions.map(({ variable, type }) => {
    const name = variable.name.value;
    const named = nameOf(type);
    const isRequired = type.kind === Kind.NON_NULL_TYPE;
    const example = examples[name] == null ? null : String(examples[name]);
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

/** Returns the fields of an operation by their paths in the answer. */
export function fieldsOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): LookShape['fields'] {
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const fields: Record<string, LookField> = {};
  const walk = ({ selections }: SelectionSetNode, typeName: string, path: readonly string[]) => {
    const type = schema.getType(typeName);
    // A union has no fields of its own: its members' are in fragments.
    const known = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
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
      const field = known[name];
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
