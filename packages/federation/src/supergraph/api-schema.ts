import {
  type ASTNode,
  type ASTVisitor,
  type ASTVisitorKeyMap,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DirectiveDefinitionNode,
  DirectiveLocation,
  type DocumentNode,
  Kind,
  type NamedTypeNode,
  type TypeNode,
  visit,
} from 'graphql';
import { directiveName, type Feature, ownsDirective, ownsType } from './features.ts';

/**
 * Returns the public part of a supergraph: without the elements of the features it links, without anything `@inaccessible`.
 * Order and descriptions stay as authored. `@deprecated` and `@specifiedBy` stay, as do directives that no feature owns,
 * and those of features that clients write in operations.
 */
export function apiDocument(supergraph: DocumentNode, features: readonly Feature[]): DocumentNode {
  const inaccessible = features.find((feature) => feature.name === 'inaccessible');
  const hiding = inaccessible && directiveName(inaccessible, 'inaccessible');
  const isHidden = (node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }) =>
    hiding !== undefined && (node.directives?.some((directive) => directive.name.value === hiding) ?? false);

  const ownedDirective = (name: string) => features.some((feature) => ownsDirective(feature, name));
  const ownedType = (name: string) => features.some((feature) => ownsType(feature, name));
  const hiddenTypes = new Set(
    supergraph.definitions.flatMap((definition) =>
      isTypeDefinition(definition) && isHidden(definition) ? [definition.name.value] : [],
    ),
  );
  const accessible = (types: readonly NamedTypeNode[] | undefined) =>
    types?.filter((type) => !hiddenTypes.has(type.name.value)) ?? [];

  const isPublicType = (name: string) => !ownedType(name) && !hiddenTypes.has(name);

  const definitions = supergraph.definitions.flatMap((definition): DefinitionNode | readonly DefinitionNode[] => {
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
      return ownedDirective(definition.name.value) ? (forOperations(definition, isPublicType) ?? []) : definition;
    }
    if (definition.kind === Kind.SCHEMA_DEFINITION) {
      return definition.description || !usesDefaultNames(definition) ? definition : [];
    }
    if (definition.kind === Kind.SCHEMA_EXTENSION) return [];
    return isTypeDefinition(definition) && !isPublicType(definition.name.value) ? [] : definition;
  });

  const visitor: ASTVisitor = {
    enter(node) {
      if (node.kind === Kind.DIRECTIVE) return ownedDirective(node.name.value) ? null : undefined;
      return isHideable(node) && isHidden(node) ? null : undefined;
    },
    leave(node) {
      switch (node.kind) {
        case Kind.OBJECT_TYPE_DEFINITION:
        case Kind.INTERFACE_TYPE_DEFINITION:
          return { ...node, interfaces: accessible(node.interfaces) };
        case Kind.UNION_TYPE_DEFINITION:
          return { ...node, types: accessible(node.types) };
        default:
          return undefined;
      }
    },
  };
  return visit({ kind: Kind.DOCUMENT, definitions } as DocumentNode, visitor, VISITED);
}

const OPERATION_LOCATIONS: ReadonlySet<string> = new Set([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.SUBSCRIPTION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
]);

/** Returns the part of a feature's directive that clients may write; undefined where there is none, or an argument's type is hidden. */
function forOperations(
  definition: DirectiveDefinitionNode,
  isPublicType: (name: string) => boolean,
): DirectiveDefinitionNode | undefined {
  const locations = definition.locations.filter(({ value }) => OPERATION_LOCATIONS.has(value));
  const isUsable = definition.arguments?.every(({ type }) => isPublicType(namedType(type))) ?? true;
  return locations.length > 0 && isUsable ? { ...definition, locations } : undefined;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** Where directives are. Names, types and descriptions, most of a schema's nodes, are passed by. */
const VISITED: ASTVisitorKeyMap = {
  Document: ['definitions'],
  SchemaDefinition: ['directives'],
  ScalarTypeDefinition: ['directives'],
  ObjectTypeDefinition: ['directives', 'fields'],
  InterfaceTypeDefinition: ['directives', 'fields'],
  UnionTypeDefinition: ['directives'],
  EnumTypeDefinition: ['directives', 'values'],
  InputObjectTypeDefinition: ['directives', 'fields'],
  FieldDefinition: ['arguments', 'directives'],
  InputValueDefinition: ['directives'],
  EnumValueDefinition: ['directives'],
  DirectiveDefinition: ['arguments'],
};

type HideableNode = Extract<
  ASTNode,
  { kind: Kind.FIELD_DEFINITION | Kind.INPUT_VALUE_DEFINITION | Kind.ENUM_VALUE_DEFINITION }
>;

function isHideable(node: ASTNode): node is HideableNode {
  return (
    node.kind === Kind.FIELD_DEFINITION ||
    node.kind === Kind.INPUT_VALUE_DEFINITION ||
    node.kind === Kind.ENUM_VALUE_DEFINITION
  );
}

type TypeDefinition = Extract<DefinitionNode, { kind: `${string}TypeDefinition` }>;

function isTypeDefinition(definition: DefinitionNode): definition is TypeDefinition {
  return definition.kind.endsWith('TypeDefinition');
}

function usesDefaultNames(definition: Extract<DefinitionNode, { kind: Kind.SCHEMA_DEFINITION }>): boolean {
  return definition.operationTypes.every(
    ({ operation, type }) => type.name.value.toLowerCase() === operation && /^[A-Z]/.test(type.name.value),
  );
}
