import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { CodedError } from '../errors.ts';
import type { Conditions } from '../normalise/select-operation.ts';
import { applies } from '../normalise/uniform-selection.ts';
import { collectFields } from '../projection/collect-fields.ts';
import { type CustomScalars, leafReader, opaque, type ReadLeaf } from './leaf.ts';
import {
  type AskedField,
  compileEntities,
  compileValidator,
  type ObjectFields,
  type Validate,
} from './validate-value.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The fields that are asked of objects at one place, for each type that they may have. */
export class Shape {
  /** The names of the type conditions right here, as `_entities` says which types it asks for. */
  readonly typeConditions: readonly string[];
  readonly #operation: OperationShape;
  readonly #selections: readonly SelectionSetNode[];
  readonly #byType = new Map<string, ObjectFields>();

  constructor(operation: OperationShape, selections: readonly SelectionSetNode[]) {
    this.#operation = operation;
    this.#selections = selections;
    this.typeConditions = selections.flatMap((set) => operation.conditionsOf(set));
  }

  /** Exactly the fields that an object of this type is asked for (GraphQL §6.3.2, CollectFields). */
  of(type: GraphQLObjectType): ObjectFields {
    let fields = this.#byType.get(type.name);
    if (!fields) {
      fields = this.#operation.collect(type, this.#selections);
      this.#byType.set(type.name, fields);
    }
    return fields;
  }
}

/** One operation with its variables, read against a subgraph's schema. */
export class OperationShape {
  readonly type: GraphQLObjectType;
  readonly root: Shape;
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #conditions: Conditions;
  readonly #scalars: CustomScalars;
  readonly #readers = new Map<GraphQLLeafType, ReadLeaf>();

  /** Throws CONFIGURATION where the subgraph's schema has no such root type. */
  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Variables, scalars: CustomScalars = {}) {
    this.#schema = schema;
    this.#scalars = scalars;
    let operation: OperationDefinitionNode | undefined;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.OPERATION_DEFINITION) operation ??= definition;
      else if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
    const type = operation && schema.getRootType(operation.operation);
    if (!operation || !type)
      throw new CodedError('CONFIGURATION', "The subgraph's schema has no type for its operation.");
    this.type = type;
    this.#conditions = booleansOf(operation, variables);
    this.root = new Shape(this, [operation.selectionSet]);
  }

  collect(type: GraphQLObjectType, selections: readonly SelectionSetNode[]): ObjectFields {
    const context = { schema: this.#schema, fragments: this.#fragments, conditions: this.#conditions };
    const byKey = collectFields(context, type, selections);
    const fields = Array.from(byKey, ([key, nodes]) => this.#field(type, key, nodes));
    return {
      typeName: type.name,
      fields,
      typenameKeys: fields.filter(({ validate }) => !validate).map(({ key }) => key),
    };
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

  /** Returns whether an object type has the name, or belongs to the interface or union of that name. */
  satisfies(type: GraphQLObjectType, condition: string): boolean {
    return applies(this.#schema, condition, type);
  }

  readerOf(type: GraphQLLeafType): ReadLeaf {
    let reader = this.#readers.get(type);
    if (!reader) {
      reader = leafReader(type, this.#scalars) ?? opaque;
      this.#readers.set(type, reader);
    }
    return reader;
  }

  #field(parent: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): AskedField {
    const [node] = nodes as [FieldNode];
    return { key, validate: this.#validate(parent, node, nodes), isInherited: key in Object.prototype };
  }

  #validate(parent: GraphQLObjectType, node: FieldNode, nodes: readonly FieldNode[]): Validate | undefined {
    const name = node.name.value;
    if (name === '__typename') return undefined;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const below = sets.length > 0 ? new Shape(this, sets) : undefined;
    if (name === '_entities' && parent === this.type) {
      const given = node.arguments?.find((argument) => argument.name.value === 'representations')?.value;
      return compileEntities(given?.kind === Kind.VARIABLE ? given.name.value : undefined, below, this);
    }
    const type = parent.getFields()[name]?.type;
    if (!type) throw new CodedError('CONFIGURATION', `The subgraph's schema has no field ${parent.name}.${name}.`);
    return compileValidator(type, below, this);
  }

  #fragmentOf(selection: Exclude<SelectionSetNode['selections'][number], FieldNode>) {
    return selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
  }
}

/** The values of an operation's Boolean variables. */
function booleansOf({ variableDefinitions = [] }: OperationDefinitionNode, variables: Variables): Conditions {
  const conditions: Record<string, boolean> = {};
  for (const { variable, defaultValue } of variableDefinitions) {
    const name = variable.name.value;
    const fallback = defaultValue?.kind === Kind.BOOLEAN && defaultValue.value;
    conditions[name] = (name in variables ? variables[name] : fallback) === true;
  }
  return conditions;
}
