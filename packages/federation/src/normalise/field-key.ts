import { createHash } from 'node:crypto';
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  print,
  type ValueNode,
} from 'graphql';

type FieldsType = GraphQLObjectType | GraphQLInterfaceType;

/** The key that a field's value travels under between planner and subgraphs, for a selection on `parent`. */
export type FieldKey = (parent: GraphQLCompositeType, field: FieldNode) => string;

/**
 * A planner merges selections by response key, and it adds keys and required fields of its own under their plain names.
 * So a plain name is left to the planner, and every field that has an alias, or whose definition takes arguments, gets
 * `_a_<response key>_<hash of field and arguments>`. Two keys of the client are never united: nulls propagate differently.
 */
export function fieldKeys(schema: GraphQLSchema): FieldKey {
  const takesArguments = argumentTakers(schema);
  return (parent, field) => {
    const name = field.name.value;
    const responseKey = field.alias?.value ?? name;
    if (responseKey === name && !takesArguments(parent, name)) return name;
    return `_a_${responseKey}_${hash(name + canonicalArguments(field))}`;
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Arguments and input fields in alphabetical order: two selections that GraphQL lets merge have the same text. */
function canonicalArguments(field: FieldNode): string {
  return (field.arguments ?? [])
    .map((argument) => `${argument.name.value}:${canonicalValue(argument.value)}`)
    .sort()
    .join(',');
}

function canonicalValue(value: ValueNode): string {
  switch (value.kind) {
    case Kind.OBJECT:
      return `{${value.fields
        .map((field) => `${field.name.value}:${canonicalValue(field.value)}`)
        .sort()
        .join(',')}}`;
    case Kind.LIST:
      return `[${value.values.map(canonicalValue).join(',')}]`;
    default:
      return print(value);
  }
}

/**
 * Returns a test of whether a field takes arguments on a type, or on any type that shares the field through interfaces: an
 * interface's plain field may take optional arguments on an implementation, and both selections must have one key.
 */
function argumentTakers(schema: GraphQLSchema): (parent: GraphQLCompositeType, fieldName: string) => boolean {
  const known = new Map<string, boolean>();
  return (parent, fieldName) => {
    const coordinate = `${parent.name}.${fieldName}`;
    const answer = known.get(coordinate);
    if (answer !== undefined) return answer;
    const family = isObjectType(parent) || isInterfaceType(parent) ? typesSharing(schema, parent, fieldName) : [];
    const takes = family.some((type) => (type.getFields()[fieldName]?.args.length ?? 0) > 0);
    known.set(coordinate, takes);
    return takes;
  };
}

function typesSharing(schema: GraphQLSchema, start: FieldsType, fieldName: string): FieldsType[] {
  const family = new Set<FieldsType>();
  const visit = (type: FieldsType): void => {
    if (family.has(type) || !type.getFields()[fieldName]) return;
    family.add(type);
    type.getInterfaces().forEach(visit);
    if (isInterfaceType(type)) {
      const { objects, interfaces } = schema.getImplementations(type);
      objects.forEach(visit);
      interfaces.forEach(visit);
    }
  };
  visit(start);
  return [...family];
}

const PREFIX = '_v_';

/** The name of a client's variable in a normalised operation: a planner has variables of its own, such as `$representations`. */
export function normalisedVariable(name: string): string {
  return PREFIX + name;
}

/** The client's name of a variable in a plan. */
export function clientVariable(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}
