import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  print,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';

export type TypeKind = 'scalar' | 'object' | 'interface' | 'union' | 'enum' | 'input';

/** A field of an object, an interface or an input, with its arguments and directives. */
export interface DeclaredField {
  readonly name: string;
  /** As written, e.g. `[Park!]`. */
  readonly type: string;
  /** The same without `[`, `]` and `!`. */
  readonly namedType: string;
  readonly directives: readonly ConstDirectiveNode[];
  readonly args: readonly InputValueDefinitionNode[];
}

/** A type of one or more schemas: its definition and extensions together. */
export interface DeclaredType {
  readonly name: string;
  readonly kind: TypeKind;
  readonly directives: readonly ConstDirectiveNode[];
  readonly fields: ReadonlyMap<string, DeclaredField>;
  /** An enum's values or a union's types, with their directives. */
  readonly members: ReadonlyMap<string, readonly ConstDirectiveNode[]>;
}

export type DeclaredTypes = ReadonlyMap<string, DeclaredType>;

/**
 * Collects the types of schemas from their documents. A field in several schemas gets the first one's type and the
 * directives of all.
 */
export function declaredTypes(documents: readonly DocumentNode[]): DeclaredTypes {
  const types = new Map<string, DeclaredType>();
  for (const definition of documents.flatMap(({ definitions }) => definitions)) {
    const kind = KINDS[definition.kind as keyof typeof KINDS];
    if (!kind) continue;
    const type = readType(definition as TypeDefinitionNode | TypeExtensionNode, kind);
    const earlier = types.get(type.name);
    types.set(type.name, earlier ? merge(earlier, type) : type);
  }
  return types;
}

const KINDS = {
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
  [Kind.SCALAR_TYPE_EXTENSION]: 'scalar',
  [Kind.OBJECT_TYPE_DEFINITION]: 'object',
  [Kind.OBJECT_TYPE_EXTENSION]: 'object',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'interface',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.UNION_TYPE_EXTENSION]: 'union',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.ENUM_TYPE_EXTENSION]: 'enum',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'input',
} as const satisfies Record<(TypeDefinitionNode | TypeExtensionNode)['kind'], TypeKind>;

function readType(node: TypeDefinitionNode | TypeExtensionNode, kind: TypeKind): DeclaredType {
  const fields = 'fields' in node ? (node.fields ?? []) : [];
  const values = 'values' in node ? (node.values ?? []) : [];
  const members = 'types' in node ? (node.types ?? []) : [];
  return {
    name: node.name.value,
    kind,
    directives: node.directives ?? [],
    fields: new Map(fields.map((field) => [field.name.value, readField(field)])),
    members: new Map([
      ...values.map(({ name, directives = [] }) => [name.value, directives] as const),
      ...members.map(({ name }) => [name.value, []] as const),
    ]),
  };
}

function readField(node: FieldDefinitionNode | InputValueDefinitionNode): DeclaredField {
  const type = print(node.type);
  return {
    name: node.name.value,
    type,
    namedType: type.replace(/[[\]!]/g, ''),
    directives: node.directives ?? [],
    args: 'arguments' in node ? (node.arguments ?? []) : [],
  };
}

function merge(a: DeclaredType, b: DeclaredType): DeclaredType {
  const fields = new Map(a.fields);
  for (const [name, field] of b.fields) {
    const earlier = fields.get(name);
    fields.set(name, earlier ? { ...earlier, directives: [...earlier.directives, ...field.directives] } : field);
  }
  return {
    ...a,
    directives: [...a.directives, ...b.directives],
    fields,
    members: new Map([...a.members, ...b.members]),
  };
}
