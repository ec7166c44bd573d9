import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  typeFromAST,
} from 'graphql';

/** Values of scalars to be replaced by the reader, by type. Others are empty texts. */
const SCALARS: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: false,
  Date: '2026-01-01',
  DateTime: '2026-01-01T00:00:00.000Z',
  Decimal: '0',
  Fen: '0',
};

/** Returns variables in the form that an operation requires, with values to be replaced. */
export function exampleVariables({ definitions }: DocumentNode, schema: GraphQLSchema): Record<string, unknown> {
  const variables = definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
  );
  const required = variables.filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue);
  return Object.fromEntries(
    required.map(({ variable, type }) => [variable.name.value, blankOf(typeFromAST(schema, type) as GraphQLInputType)]),
  );
}

function blankOf(type: GraphQLInputType | undefined): unknown {
  if (!type) return null;
  if (isNonNullType(type)) return blankOf(type.ofType);
  if (isListType(type)) return [blankOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return SCALARS[type.name] ?? '';
  const required = Object.values(type.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(required.map((field) => [field.name, blankOf(field.type)]));
}
