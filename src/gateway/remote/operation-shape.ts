import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLLeafType,
  type GraphQLNamedType,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  GraphQLString,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { CodedError } from '../../errors.ts';
import { leafReader, opaque, type ReadLeaf } from './leaf.ts';

type Variables = Readonly<Record<string, unknown>>;

/** What is asked of one field of an object, under one response key. */
export interface AskedField {
  readonly key: string;
  readonly name: string;
  readonly type: GraphQLOutputType;
  /** What is asked below it; undefined for a leaf. */
  readonly below: Shape | undefined;
  /** For `_entities`: the variable that holds what they are asked for. */
  readonly representations: string | undefined;
}

/** What is asked of objects at one place, for each type that they may have. */
export class Shape {
  readonly #operation: OperationShape;
  readonly #selections: readonly SelectionSetNode[];
  readonly #byType = new Map<string, readonly AskedField[]>();

  constructor(operation: OperationShape, selections: readonly SelectionSetNode[]) {
    this.#operation = operation;
    this.#selections = selections;
  }

  /** Exactly the fields that an object of this type is asked for (GraphQL §6.3.2, CollectFields). */
  of(type: GraphQLObjectType): readonly AskedField[] {
    let fields = this.#byType.get(type.name);
    if (!fields) {
      fields = this.#operation.collect(type, this.#selections);
      this.#byType.set(type.name, fields);
    }
    return fields;
  }

  /** The names of the type conditions right here, as `_entities` says which types it asks for. */
  get typeConditions(): readonly string[] {
    return this.#selections.flatMap((set) => this.#operation.conditionsOf(set));
  }
}

/** One operation with its variables, read against a subgraph's schema. */
export class OperationShape {
  readonly type: GraphQLObjectType;
  readonly root: Shape;
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #variables: Variables;
  readonly #readers = new Map<GraphQLLeafType, ReadLeaf>();

  /** Throws CONFIGURATION where the subgraph's schema has no such root type. */
  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Variables) {
    this.#schema = schema;
    let operation: OperationDefinitionNode | undefined;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.OPERATION_DEFINITION) operation ??= definition;
      else if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
    const type = operation && schema.getRootType(operation.operation);
    if (!operation || !type)
      throw new CodedError('CONFIGURATION', "The subgraph's schema has no type for its operation.");
    this.type = type;
    this.#variables = withDefaults(operation, variables);
    this.root = new Shape(this, [operation.selectionSet]);
  }

  collect(type: GraphQLObjectType, selections: readonly SelectionSetNode[]): readonly AskedField[] {
    const byKey = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const visit = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (!this.#isIncluded(selection)) continue;
        if (selection.kind === Kind.FIELD) {
          const key = selection.alias?.value ?? selection.name.value;
          const same = byKey.get(key);
          if (same) same.push(selection);
          else byKey.set(key, [selection]);
          continue;
        }
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          if (spread.has(selection.name.value)) continue;
          spread.add(selection.name.value);
        }
        const fragment = this.#fragmentOf(selection);
        const condition = fragment?.typeCondition?.name.value;
        if (fragment && (condition === undefined || this.satisfies(type, condition))) visit(fragment.selectionSet);
      }
    };
    selections.forEach(visit);
    return Array.from(byKey, ([key, nodes]) => this.#field(type, key, nodes));
  }

  conditionsOf(set: SelectionSetNode): string[] {
    return set.selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [];
      const fragment = this.#fragmentOf(selection);
      if (!fragment) return [];
      return fragment.typeCondition ? [fragment.typeCondition.name.value] : this.conditionsOf(fragment.selectionSet);
    });
  }

  typeNamed(name: unknown): GraphQLNamedType | undefined {
    return typeof name === 'string' ? this.#schema.getType(name) : undefined;
  }

  /** Whether an object's type is of the name, or is one of the interface's or union's with that name. */
  satisfies(type: GraphQLObjectType, condition: string): boolean {
    if (type.name === condition) return true;
    const named = this.#schema.getType(condition);
    return isAbstractType(named) && this.#schema.isSubType(named, type);
  }

  readerOf(type: GraphQLLeafType): ReadLeaf {
    let reader = this.#readers.get(type);
    if (!reader) {
      reader = leafReader(type) ?? opaque;
      this.#readers.set(type, reader);
    }
    return reader;
  }

  #field(type: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): AskedField {
    const [node] = nodes as [FieldNode];
    const name = node.name.value;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const argument = node.arguments?.find((given) => given.name.value === 'representations')?.value;
    return {
      key,
      name,
      type: this.#typeOf(type, name),
      below: sets.length > 0 ? new Shape(this, sets) : undefined,
      representations: name === '_entities' && argument?.kind === Kind.VARIABLE ? argument.name.value : undefined,
    };
  }

  #typeOf(parent: GraphQLObjectType, name: string): GraphQLOutputType {
    if (name === '__typename') return TYPENAME;
    const type = parent.getFields()[name]?.type;
    if (!type) throw new CodedError('CONFIGURATION', `The subgraph's schema has no field ${parent.name}.${name}.`);
    return type;
  }

  #fragmentOf(selection: Exclude<SelectionSetNode['selections'][number], FieldNode>) {
    return selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
  }

  #isIncluded(selection: SelectionSetNode['selections'][number]): boolean {
    if (!selection.directives?.length) return true;
    const skip = getDirectiveValues(GraphQLSkipDirective, selection, this.#variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, selection, this.#variables);
    return skip?.if !== true && include?.if !== false;
  }
}

const TYPENAME = new GraphQLNonNull(GraphQLString);

function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, variables: Variables): Variables {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}
