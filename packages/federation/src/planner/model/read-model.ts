import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  OperationTypeNode,
  parse,
  type TypeNode,
  type UnionTypeDefinitionNode,
} from 'graphql';
import { type KeyOf, type Selection, Selections } from '../selection.ts';
import { refuseUnsupported } from '../unsupported.ts';
import { representationGroups } from './conflicts.ts';
import { type Join, type JoinArguments, readJoin } from './join.ts';
import type { ContextArgument, Model, Subgraph, SubgraphField, SubgraphType, SupergraphType, Target } from './model.ts';
import { readContexts } from './read-contexts.ts';
import { refuseContextualInputs } from './refuse-contextual-inputs.ts';

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | UnionTypeDefinitionNode;
type WithFields = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * Reads the model of a composed supergraph (join v0.2 and later).
 * @throws FederationError INVALID_SUPERGRAPH
 */
export function readModel(supergraph: DocumentNode): Model {
  refuseUnsupported(supergraph);
  const join = readJoin(supergraph);
  const composites = new Map<string, Composite>();
  for (const definition of supergraph.definitions) {
    if (isComposite(definition)) composites.set(definition.name.value, definition);
  }
  const possible = possibleTypes(composites);
  const satisfies = (condition: string, type: string) =>
    condition === type ||
    (possible.get(condition)?.has(type) ?? false) ||
    implementsInterface(composites.get(type), condition);
  const selections = new Selections(satisfies);
  const reader = new SubgraphReader(join, composites, selections);
  const subgraphs = reader.readSubgraphs(supergraph);
  const roots = rootTypes(supergraph);
  const queryType = roots.get(OperationTypeNode.QUERY) ?? 'Query';
  const mutationType = roots.get(OperationTypeNode.MUTATION);
  const types = new Map<string, SupergraphType>();
  for (const [name, definition] of composites) {
    const isAbstract = definition.kind !== Kind.OBJECT_TYPE_DEFINITION;
    const fields = definition.kind === Kind.UNION_TYPE_DEFINITION ? [] : (definition.fields ?? []);
    types.set(name, {
      name,
      isAbstract,
      isInterface: definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
      possible: isAbstract ? [...(possible.get(name) ?? [])] : [name],
      fields: new Map(fields.map((field) => [field.name.value, namedType(field.type)])),
      lists: new Set(fields.flatMap((field) => (hasList(field.type) ? field.name.value : []))),
      targets:
        name === queryType || name === mutationType
          ? rootTargets(name, subgraphs, selections)
          : targets(definition, subgraphs),
    });
  }
  const contexts = readContexts(supergraph);
  const model: Model = { subgraphs, types, contexts, queryType, mutationType, selections, satisfies };
  refuseContextualInputs(model);
  return model;
}

/** Reads what each subgraph has of each composite type. */
class SubgraphReader {
  readonly #join: Join;
  readonly #composites: ReadonlyMap<string, Composite>;
  readonly #selections: Selections;
  readonly #argumentKeys = new Map<string, string>();

  constructor(join: Join, composites: ReadonlyMap<string, Composite>, selections: Selections) {
    this.#join = join;
    this.#composites = composites;
    this.#selections = selections;
  }

  readSubgraphs(supergraph: DocumentNode): Subgraph[] {
    const subgraphs: Subgraph[] = [];
    for (const definition of supergraph.definitions) {
      if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== this.#join.graphEnum) continue;
      for (const value of definition.values ?? []) {
        const [graph] = this.#join.read('graph', value);
        if (typeof graph?.name !== 'string') continue;
        const types = new Map<string, SubgraphType>();
        const subgraph: Subgraph = { index: subgraphs.length, name: graph.name, types };
        for (const composite of this.#composites.values()) {
          const type = this.#readType(subgraph, value.name.value, composite);
          if (type) types.set(type.name, type);
        }
        subgraphs.push(subgraph);
      }
    }
    return subgraphs;
  }

  #readType(subgraph: Subgraph, graph: string, definition: Composite): SubgraphType | undefined {
    const applied = this.#join.read('type', definition).filter((one) => one.graph === graph);
    if (applied.length === 0) return undefined;
    const fields = new Map<string, SubgraphField>();
    if (definition.kind !== Kind.UNION_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) {
        const read = this.#readField(graph, field);
        if (read) fields.set(read.name, read);
      }
    }
    const name = definition.name.value;
    return {
      name,
      subgraph,
      isAbstract: definition.kind !== Kind.OBJECT_TYPE_DEFINITION,
      isInterfaceObject: applied.some((one) => one.isInterfaceObject === true),
      keys: applied.flatMap(({ key, resolvable }) =>
        typeof key === 'string' && resolvable !== false ? [this.#fieldSet(key)] : [],
      ),
      fields,
      possible: new Set(this.#possibleIn(graph, definition)),
    };
  }

  #possibleIn(graph: string, definition: Composite): string[] {
    const { value: name } = definition.name;
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) return [name];
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      const members = this.#join.read('unionMember', definition);
      return members.flatMap((one) => (one.graph === graph && typeof one.member === 'string' ? [one.member] : []));
    }
    return [...this.#composites.values()].flatMap((other) =>
      other.kind === Kind.OBJECT_TYPE_DEFINITION &&
      this.#join.read('implements', other).some((one) => one.graph === graph && one.interface === name)
        ? [other.name.value]
        : [],
    );
  }

  #readField(graph: string, definition: FieldDefinitionNode): SubgraphField | undefined {
    const all = this.#join.read('field', definition);
    const applied: JoinArguments | undefined = all.length === 0 ? {} : all.find((one) => one.graph === graph);
    if (!applied) return undefined;
    const label = typeof applied.overrideLabel === 'string' ? applied.overrideLabel : undefined;
    const isMoved = applied.usedOverridden === true && label === undefined;
    const type = typeof applied.type === 'string' ? parseTypeText(applied.type) : definition.type;
    const typeName = namedType(type);
    return {
      name: definition.name.value,
      typeName,
      shape: shapeOf(type, this.#composites.has(typeName)),
      isList: hasList(type),
      isExternal: applied.external === true || isMoved,
      requires: typeof applied.requires === 'string' ? this.#fieldSet(applied.requires) : undefined,
      provides: typeof applied.provides === 'string' ? this.#fieldSet(applied.provides) : undefined,
      label,
      isHereWhenActive: typeof applied.override === 'string',
      contexts: this.#contexts(applied),
    };
  }

  #contexts({ contextArguments }: JoinArguments): ContextArgument[] {
    return Array.isArray(contextArguments)
      ? contextArguments.map(({ context, name, type, selection }) => ({
          context: String(context),
          argument: String(name),
          type: String(type),
          selection: this.#fieldSet(
            String(selection)
              .trim()
              .replace(/^\{(.*)\}$/s, '$1'),
          ),
        }))
      : [];
  }

  /** A field with arguments gets a key of its own: its plain key is the one without. */
  readonly #keyOf: KeyOf = (field, args) => {
    const { value: name } = field.name;
    if (args === '') return name;
    const coordinate = `${name}${args}`;
    const key = this.#argumentKeys.get(coordinate) ?? `_r_${name}_${this.#argumentKeys.size}`;
    this.#argumentKeys.set(coordinate, key);
    return key;
  };

  #fieldSet(text: string): Selection {
    const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a field set is one selection set');
    return this.#selections.read(operation.selectionSet, this.#keyOf);
  }
}

function isComposite(definition: DocumentNode['definitions'][number]): definition is Composite {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
    definition.kind === Kind.UNION_TYPE_DEFINITION
  );
}

function possibleTypes(composites: ReadonlyMap<string, Composite>): Map<string, Set<string>> {
  const possible = new Map<string, Set<string>>();
  const add = (abstract: string, object: string) =>
    possible.set(abstract, (possible.get(abstract) ?? new Set<string>()).add(object));
  for (const [name, definition] of composites) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION)
      for (const member of definition.types ?? []) add(name, member.name.value);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const one of definition.interfaces ?? []) add(one.name.value, name);
  }
  return possible;
}

function implementsInterface(definition: Composite | undefined, name: string): boolean {
  return (
    definition?.kind === Kind.INTERFACE_TYPE_DEFINITION &&
    (definition.interfaces?.some((one) => one.name.value === name) ?? false)
  );
}

/** The subgraphs that resolve a type by its own keys, or by those of an interface that they know as an object. */
function targets(definition: Composite, subgraphs: readonly Subgraph[]): Target[] {
  if (definition.kind === Kind.UNION_TYPE_DEFINITION) return [];
  const interfaces = (definition as WithFields).interfaces?.map(({ name }) => name.value) ?? [];
  return subgraphs.flatMap(({ types }) => {
    const own = types.get(definition.name.value);
    const names = own ? [definition.name.value] : interfaces.filter((name) => types.get(name)?.isInterfaceObject);
    return names.flatMap((name): Target[] => {
      const type = types.get(name)!;
      const isByInterface = type.isAbstract;
      if (type.keys.length === 0) return [];
      const typename = isByInterface ? name : undefined;
      return representationGroups(type).map((mayEnable) => ({
        type,
        keys: type.keys,
        typename,
        mayEnable,
        isRoot: false,
      }));
    });
  });
}

function rootTargets(name: string, subgraphs: readonly Subgraph[], selections: Selections): Target[] {
  return subgraphs.flatMap(({ types }): Target[] => {
    const type = types.get(name);
    return type ? [{ type, keys: [selections.empty], typename: undefined, mayEnable: new Set(), isRoot: true }] : [];
  });
}

function rootTypes(supergraph: DocumentNode): Map<OperationTypeNode, string> {
  const roots = new Map<OperationTypeNode, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const { operation, type } of definition.operationTypes ?? []) roots.set(operation, type.name.value);
  }
  return roots;
}

export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function hasList(type: TypeNode): boolean {
  return type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && hasList(type.type));
}

function shapeOf(type: TypeNode, isComposite: boolean): string {
  if (type.kind === Kind.NON_NULL_TYPE) return `${shapeOf(type.type, isComposite)}!`;
  if (type.kind === Kind.LIST_TYPE) return `[${shapeOf(type.type, isComposite)}]`;
  return isComposite ? '*' : type.name.value;
}

function parseTypeText(text: string): TypeNode {
  const [definition] = parse(`type T { f: ${text} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error('a type is written as one');
  return definition.fields![0]!.type;
}
