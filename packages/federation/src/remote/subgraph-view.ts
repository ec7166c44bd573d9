import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InterfaceTypeDefinitionNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  parse,
  parseType,
  type UnionTypeDefinitionNode,
} from 'graphql';
import { CodedError } from '../errors.ts';
import { argumentOf, directiveName, type Feature, linkedFeatures } from '../supergraph/features.ts';

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** One subgraph's part of a supergraph, as the directives of join v0.x tell it. */
interface View {
  readonly graph: string;
  /** The directives of one name on a node, for this subgraph. */
  applied(node: Directed, name: string): readonly ConstDirectiveNode[];
  /** The directives of one name on a node, for any subgraph. */
  all(node: Directed, name: string): readonly ConstDirectiveNode[];
  tags(node: Directed): readonly ConstDirectiveNode[];
}

/**
 * The schema of one subgraph's answers, as far as the supergraph knows it: its types, fields, enum values and tags, and
 * `_entities`. Arguments and input types are left out. Of scalars that are neither GraphQL's nor ours any JSON is taken.
 * Throws CONFIGURATION where there is no such subgraph.
 */
export function subgraphView(supergraph: DocumentNode, subgraph: string): GraphQLSchema {
  const features = linkedFeatures(supergraph);
  const join = features.find(({ name }) => name === 'join');
  const graph = join && graphOf(supergraph, join, subgraph);
  if (!join || !graph) throw new CodedError('CONFIGURATION', `The supergraph has no subgraph "${subgraph}".`);
  const view = createView(
    join,
    features.find(({ name }) => name === 'tag'),
    graph,
  );

  const types = supergraph.definitions.flatMap((definition) => viewOf(definition, view));
  const definitions = [...types, ...rootsOf(supergraph, types)];
  const entities = definitions.filter(
    (definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
      view.applied(definition, 'type').some((directive) => argumentOf(directive, 'key') !== undefined),
  ) as ObjectTypeDefinitionNode[];
  const names = entities.map(({ name }) => name.value);
  const federation = names.length > 0 ? parse(`union _Entity = ${names.join(' | ')}`).definitions : [];
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [...withEntities(definitions, queryName(supergraph), names.length > 0), ...federation],
  };
  return buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
}

function graphOf(supergraph: DocumentNode, join: Feature, subgraph: string): string | undefined {
  const named = directiveName(join, 'graph');
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== `${join.namespace}__Graph`) continue;
    const found = definition.values?.find(({ directives }) =>
      directives?.some((directive) => directive.name.value === named && argumentOf(directive, 'name') === subgraph),
    );
    return found?.name.value;
  }
  return undefined;
}

function createView(join: Feature, tag: Feature | undefined, graph: string): View {
  const all = ({ directives = [] }: Directed, name: string) => {
    const joined = directiveName(join, name);
    return directives.filter((directive) => directive.name.value === joined);
  };
  const tagName = tag && directiveName(tag, 'tag');
  return {
    graph,
    all,
    applied: (node, name) => all(node, name).filter((directive) => argumentOf(directive, 'graph') === graph),
    tags: ({ directives = [] }) =>
      directives
        .filter((directive) => directive.name.value === tagName)
        .map((directive) => ({ ...directive, name: { kind: Kind.NAME, value: 'tag' } })),
  };
}

function viewOf(definition: DefinitionNode, view: View): DefinitionNode[] {
  if (!('name' in definition) || view.applied(definition as Directed, 'type').length === 0) return [];
  switch (definition.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
      return [{ ...definition, directives: [] }];
    case Kind.ENUM_TYPE_DEFINITION:
      return [enumOf(definition, view)];
    case Kind.UNION_TYPE_DEFINITION:
      return [unionOf(definition, view)];
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [compositeOf(definition, view)];
    default:
      return [];
  }
}

function enumOf(definition: EnumTypeDefinitionNode, view: View): EnumTypeDefinitionNode {
  const values = definition.values?.filter((value) => view.applied(value, 'enumValue').length > 0) ?? [];
  return { ...definition, directives: [], values };
}

function unionOf(definition: UnionTypeDefinitionNode, view: View): UnionTypeDefinitionNode {
  return { ...definition, directives: [], types: namesIn(view.applied(definition, 'unionMember'), 'member') };
}

/** The directives of the type stay: which entities there are, and what is public, is read from them. */
function compositeOf(
  definition: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode,
  view: View,
): ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode {
  const types = view.applied(definition, 'type');
  const isInterfaceObject = types.some((directive) => argumentOf(directive, 'isInterfaceObject') === true);
  return {
    ...definition,
    // To this subgraph an interface object is an object.
    ...(isInterfaceObject ? { kind: Kind.OBJECT_TYPE_DEFINITION } : {}),
    directives: [...types, ...view.tags(definition)],
    interfaces: isInterfaceObject ? [] : namesIn(view.applied(definition, 'implements'), 'interface'),
    fields: definition.fields?.flatMap((field) => fieldOf(field, view)) ?? [],
  } as ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;
}

/** A field that says nothing of subgraphs is in each that has its type. */
function fieldOf(field: FieldDefinitionNode, view: View): FieldDefinitionNode[] {
  const [joined] = view.applied(field, 'field');
  if (!joined && view.all(field, 'field').length > 0) return [];
  const type = joined && argumentOf(joined, 'type');
  return [
    {
      ...field,
      arguments: [],
      directives: view.tags(field),
      type: typeof type === 'string' ? parseType(type) : field.type,
    },
  ];
}

function namesIn(directives: readonly ConstDirectiveNode[], argument: string): NamedTypeNode[] {
  return directives.map((directive) => ({
    kind: Kind.NAMED_TYPE,
    name: { kind: Kind.NAME, value: String(argumentOf(directive, argument)) },
  }));
}

/** Root types that the subgraph has nothing in are none of its own. */
function rootsOf(supergraph: DocumentNode, types: readonly DefinitionNode[]): DefinitionNode[] {
  const names = new Set(types.map((type) => ('name' in type ? type.name?.value : undefined)));
  return supergraph.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION
      ? {
          ...definition,
          directives: [],
          operationTypes: definition.operationTypes.filter(({ type }) => names.has(type.name.value)),
        }
      : [],
  );
}

function queryName(supergraph: DocumentNode): string {
  const operations = supergraph.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION ? definition.operationTypes : [],
  );
  return operations.find(({ operation }) => operation === 'query')?.type.name.value ?? 'Query';
}

function withEntities(definitions: readonly DefinitionNode[], query: string, hasEntities: boolean): DefinitionNode[] {
  if (!hasEntities) return [...definitions];
  const entities: FieldDefinitionNode = {
    kind: Kind.FIELD_DEFINITION,
    name: { kind: Kind.NAME, value: '_entities' },
    type: parseType('[_Entity]!'),
  };
  return definitions.map((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === query
      ? { ...definition, fields: [...(definition.fields ?? []), entities] }
      : definition,
  );
}
