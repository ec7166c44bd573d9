import {
  type ConstDirectiveNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  visit,
} from 'graphql';
import { argumentOf, directiveName, type Feature } from '../features.ts';

/** A subgraph's second name, for the fields of one type that have `@requires`. */
export interface SecondName {
  /** The subgraph's value of `join__Graph`. */
  readonly graph: string;
  readonly type: string;
  /** The value and the name that it has besides. */
  readonly alias: string;
  readonly name: string;
}

interface Definition {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/**
 * A supergraph in which a subgraph has a second name. Under it are the fields of a type that have `@requires`, no longer
 * under the first; what they require; every entity's keys, and all that is no entity.
 */
export function withSecondName(document: DocumentNode, join: Feature, second: SecondName): DocumentNode {
  const { graph, type, alias, name } = second;
  const joinType = directiveName(join, 'type');
  const joinField = directiveName(join, 'field');
  const isOfGraph = (directive: ConstDirectiveNode) => graphOf(directive) === graph;
  const shared = <T extends Definition>(node: T): T => ({
    ...node,
    directives: (node.directives ?? []).flatMap((directive) =>
      isOfGraph(directive) ? [directive, withGraph(directive, alias)] : directive,
    ),
  });

  /** A field that stays with the graphs that it is in. */
  const kept = (field: FieldDefinitionNode, graphs: readonly string[]): FieldDefinitionNode => {
    const applied = field.directives ?? [];
    if (applied.some((directive) => directive.name.value === joinField)) return field;
    return { ...field, directives: [...applied, ...graphs.map((one) => joinFieldOf(joinField, one))] };
  };

  /** A field of the type with `@requires`. */
  const divided = (field: FieldDefinitionNode): FieldDefinitionNode => ({
    ...field,
    directives: (field.directives ?? []).flatMap((directive) => {
      if (directive.name.value !== joinField || !isOfGraph(directive)) return directive;
      if (argumentOf(directive, 'requires') !== undefined) return withGraph(directive, alias);
      return argumentOf(directive, 'external') === true ? [directive, withGraph(directive, alias)] : directive;
    }),
  });

  const entity = (node: ObjectTypeDefinitionNode, keys: ReadonlySet<string>): ObjectTypeDefinitionNode => {
    const graphs = (node.directives ?? []).filter(({ name: { value } }) => value === joinType).map(graphOf);
    const fields = (node.fields ?? []).map((field) => {
      if (keys.has(field.name.value)) return shared(field);
      const own = kept(
        field,
        [...new Set(graphs)].filter((one) => one !== undefined),
      );
      return node.name.value === type ? divided(own) : own;
    });
    return { ...shared(node), fields };
  };

  const roots = rootNames(document);
  return visit(document, {
    EnumTypeDefinition(node) {
      const values = (node.values ?? []).flatMap((value) => {
        if (node.name.value !== `${join.namespace}__Graph`) return shared(value);
        return value.name.value === graph ? [value, renamed(value, alias, name)] : value;
      });
      return { ...shared(node), values };
    },
    ScalarTypeDefinition: shared,
    UnionTypeDefinition: shared,
    InterfaceTypeDefinition: (node) => ({ ...shared(node), fields: (node.fields ?? []).map(shared) }),
    InputObjectTypeDefinition: (node) => ({ ...shared(node), fields: (node.fields ?? []).map(shared) }),
    ObjectTypeDefinition(node) {
      const here = (node.directives ?? []).filter((one) => one.name.value === joinType && isOfGraph(one));
      if (roots.has(node.name.value) || here.length === 0) return undefined;
      const keys = here.flatMap((one) => keyFields(argumentOf(one, 'key')));
      if (keys.length > 0) return entity(node, new Set(keys));
      return { ...shared(node), fields: (node.fields ?? []).map(shared) };
    },
  });
}

export function graphOf(directive: ConstDirectiveNode): string | undefined {
  const graph = argumentOf(directive, 'graph');
  return typeof graph === 'string' ? graph : undefined;
}

/** The names of a document's root types. */
export function rootNames(document: DocumentNode): ReadonlySet<string> {
  const named = document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION ? definition.operationTypes.map(({ type }) => type.name.value) : [],
  );
  return new Set(named.length > 0 ? named : ['Query', 'Mutation', 'Subscription']);
}

/** The names of a key's own fields, without those within them. */
function keyFields(key: unknown): readonly string[] {
  if (typeof key !== 'string') return [];
  let depth = 0;
  return key.split(/([{}\s]+)/).filter((part) => {
    const isName = depth === 0 && /^\w+$/.test(part);
    for (const character of part) depth += character === '{' ? 1 : character === '}' ? -1 : 0;
    return isName;
  });
}

function withGraph(directive: ConstDirectiveNode, graph: string): ConstDirectiveNode {
  return {
    ...directive,
    arguments: (directive.arguments ?? []).map((argument) =>
      argument.name.value === 'graph' ? { ...argument, value: { kind: Kind.ENUM, value: graph } } : argument,
    ),
  };
}

function joinFieldOf(name: string, graph: string): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: [
      { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'graph' }, value: { kind: Kind.ENUM, value: graph } },
    ],
  };
}

function renamed(value: EnumValueDefinitionNode, alias: string, name: string): EnumValueDefinitionNode {
  return {
    ...value,
    name: { kind: Kind.NAME, value: alias },
    directives: (value.directives ?? []).map((directive) => ({
      ...directive,
      arguments: (directive.arguments ?? []).map((argument) =>
        argument.name.value === 'name' ? { ...argument, value: { kind: Kind.STRING, value: name } } : argument,
      ),
    })),
  };
}
