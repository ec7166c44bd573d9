import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** The part of a schema that stays visible where some coordinates are denied. */
interface Visibility {
  isVisible(type: GraphQLNamedType | null | undefined): boolean;
  isFieldVisible(type: string, field: string): boolean;
}

/** Makes the public schema as each set of grants sees it, and caches the latest. */
export function visibleSchemas(supergraph: Supergraph, maxKept = 16): (denied: readonly string[]) => GraphQLSchema {
  const kept = new LRUCache<string, GraphQLSchema>({ max: maxKept });
  return (denied) => {
    if (denied.length === 0) return supergraph.apiSchema;
    const name = denied.join();
    let schema = kept.get(name);
    if (!schema) {
      schema = visibleSchema(supergraph.apiSchema, supergraph.apiDocument, new Set(denied));
      kept.set(name, schema);
    }
    return schema;
  };
}

/**
 * Returns the public schema as a caller sees it who is denied these coordinates: without them, without an interface's field
 * that one of its types doesn't show, and without what nothing leads to then. It is for introspection: even its query may
 * be empty.
 * @param apiDocument the SDL of the public schema, parsed
 */
export function visibleSchema(
  schema: GraphQLSchema,
  apiDocument: DocumentNode,
  denied: ReadonlySet<string>,
): GraphQLSchema {
  const visibility = visibilityOf(schema, denied);
  const reached = reachedTypes(schema, visibility);
  const isLeft = ({ name }: { readonly name: { readonly value: string } }) => reached.has(name.value);
  const definitions = apiDocument.definitions.flatMap((definition): DefinitionNode[] => {
    switch (definition.kind) {
      case Kind.SCHEMA_DEFINITION:
        return [{ ...definition, operationTypes: definition.operationTypes.filter(({ type }) => isLeft(type)) }];
      case Kind.DIRECTIVE_DEFINITION:
        return [definition];
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION: {
        const { value: type } = definition.name;
        const fields = (definition.fields ?? []).filter(({ name }) => visibility.isFieldVisible(type, name.value));
        return isLeft(definition)
          ? [{ ...definition, fields, interfaces: definition.interfaces?.filter(isLeft) ?? [] }]
          : [];
      }
      case Kind.UNION_TYPE_DEFINITION:
        return isLeft(definition) ? [{ ...definition, types: definition.types?.filter(isLeft) ?? [] }] : [];
      default:
        return 'name' in definition && definition.name && isLeft({ name: definition.name }) ? [definition] : [];
    }
  });
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions };
  return buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
}

function visibilityOf(schema: GraphQLSchema, denied: ReadonlySet<string>): Visibility {
  const hidden = new Set(denied);
  const hiddenTypes = new Set<GraphQLNamedType>();
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const isHidden = (type: GraphQLNamedType): boolean => {
    if (isUnionType(type)) return type.getTypes().every((member) => hiddenTypes.has(member));
    if (!isObjectType(type) && !isInterfaceType(type)) return false;
    return Object.keys(type.getFields()).every((field) => hidden.has(`${type.name}.${field}`));
  };
  const hideFields = (type: GraphQLNamedType): void => {
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    const { objects, interfaces } = isInterfaceType(type)
      ? schema.getImplementations(type)
      : { objects: [], interfaces: [] };
    for (const field of Object.values(type.getFields())) {
      const isKept =
        !hiddenTypes.has(getNamedType(field.type)) &&
        [...objects, ...interfaces].every((one) => hiddenTypes.has(one) || !hidden.has(`${one.name}.${field.name}`));
      if (!isKept) hidden.add(`${type.name}.${field.name}`);
    }
  };
  // Types that show nothing come first: an interface needn't hide what only they deny.
  for (const type of types) if (isHidden(type)) hiddenTypes.add(type);
  // A hidden field hides more, so this goes on until nothing changes.
  for (let size = -1; size !== hidden.size + hiddenTypes.size; ) {
    size = hidden.size + hiddenTypes.size;
    for (const type of types) {
      hideFields(type);
      if (isHidden(type)) hiddenTypes.add(type);
    }
  }
  return {
    isVisible: (type) => type != null && !hiddenTypes.has(type),
    isFieldVisible: (type, field) => !hidden.has(`${type}.${field}`),
  };
}

/** Returns the names of the types that something visible leads to; the query's own always. */
function reachedTypes(schema: GraphQLSchema, { isVisible, isFieldVisible }: Visibility): ReadonlySet<string> {
  const reached = new Set<string>();
  const reach = (type: GraphQLNamedType): void => {
    if (reached.has(type.name)) return;
    reached.add(type.name);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) reach(getNamedType(field.type));
    } else if (isUnionType(type)) {
      type.getTypes().filter(isVisible).forEach(reach);
    } else if (isObjectType(type) || isInterfaceType(type)) {
      type.getInterfaces().filter(isVisible).forEach(reach);
      if (isInterfaceType(type)) schema.getPossibleTypes(type).filter(isVisible).forEach(reach);
      for (const field of Object.values(type.getFields())) {
        if (!isFieldVisible(type.name, field.name)) continue;
        for (const { type: argumentType } of field.args) reach(getNamedType(argumentType));
        reach(getNamedType(field.type));
      }
    }
  };
  const query = schema.getQueryType();
  const mutation = schema.getMutationType();
  if (query) reach(query);
  if (mutation && isVisible(mutation)) reach(mutation);
  for (const directive of schema.getDirectives()) for (const { type } of directive.args) reach(getNamedType(type));
  return reached;
}
