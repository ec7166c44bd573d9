import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

const known = new WeakMap<DocumentNode, readonly string[]>();

/**
 * Returns the fields, arguments and input fields that a valid document names, sorted, as the schema has them: `Case.status`,
 * `Query.case(id:)`, `CaseFilter.kinds`. Values aren't among them, nor the input fields within a variable's value.
 */
export function usedFields(document: DocumentNode, schema: GraphQLSchema): readonly string[] {
  let used = known.get(document);
  if (!used) {
    used = [...namesOf(document, schema)].sort();
    known.set(document, used);
  }
  return used;
}

function namesOf(document: DocumentNode, schema: GraphQLSchema): ReadonlySet<string> {
  const names = new Set<string>();
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field({ name }) {
      const parent = types.getParentType();
      if (!parent || name.value.startsWith('__')) return;
      names.add(`${parent.name}.${name.value}`);
      // A field of an interface is used on each type that has it.
      if (!isInterfaceType(parent)) return;
      for (const type of schema.getPossibleTypes(parent)) names.add(`${type.name}.${name.value}`);
    },
    Argument({ name }) {
      const [parent, field] = [types.getParentType(), types.getFieldDef()];
      if (parent && field) names.add(`${parent.name}.${field.name}(${name.value}:)`);
    },
    ObjectField({ name }) {
      const input = getNamedType(types.getParentInputType());
      if (isInputObjectType(input)) names.add(`${input.name}.${name.value}`);
    },
  });
  visit(document, visitor);
  return names;
}
