import {
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { isRecord, Rec } from '../executor/record.ts';
import type { ReadLeaf } from './leaf.ts';
import type { Trail, Walk } from './walk.ts';

/** A field that is asked of an object, under one response key. */
export interface AskedField {
  readonly key: string;
  /** Undefined for `__typename`. */
  readonly validate: Validate | undefined;
  /** True where every JSON object that lacks the key inherits it. */
  readonly isInherited: boolean;
}

/** The fields that are asked of an object of one type. */
export interface ObjectFields {
  readonly typeName: string;
  readonly fields: readonly AskedField[];
  readonly typenameKeys: readonly string[];
}

/** The fields that are asked of objects at one place, by their types. */
interface Selections {
  readonly typeConditions: readonly string[];
  of(type: GraphQLObjectType): ObjectFields;
}

/** The types of a subgraph, as far as values are checked against them. */
interface SubgraphTypes {
  typeNamed(name: unknown): GraphQLNamedType | undefined;
  satisfies(type: GraphQLObjectType, condition: string): boolean;
  readerOf(type: GraphQLLeafType): ReadLeaf;
}

/** Validates a value that a subgraph gave under a segment. Returns it, a copy of it, or null with a problem. */
export type Validate = (walk: Walk, value: unknown, above: Trail | undefined, segment: string | number) => unknown;

/** Copies the asked fields of an object and nothing else. The name of its type is known, and not the object's to say. */
export function validateFields(
  walk: Walk,
  source: Rec,
  { fields, typeName }: ObjectFields,
  trail: Trail | undefined,
): Rec {
  const copy = new Rec();
  for (const { key, validate, isInherited } of fields) {
    if (!validate) copy[key] = typeName;
    else copy[key] = validate(walk, isInherited ? ownValue(source, key) : source[key], trail, key);
  }
  return copy;
}

/** Compiled once per field of an types. */
export function compileValidator(
  type: GraphQLOutputType,
  below: Selections | undefined,
  types: SubgraphTypes,
): Validate {
  if (isNonNullType(type)) {
    const validate = compileValidator(type.ofType, below, types);
    return (walk, value, above, segment) =>
      value === null ? walk.nothing('missing', above, segment) : validate(walk, value, above, segment);
  }
  const validate = compileNullable(type, below, types);
  return (walk, value, above, segment) => {
    if (value === null) return null;
    return value === undefined ? walk.nothing('missing', above, segment) : validate(walk, value, above, segment);
  };
}

function compileNullable(type: GraphQLOutputType, below: Selections | undefined, types: SubgraphTypes): Validate {
  if (isListType(type)) return validateList(compileValidator(type.ofType, below, types));
  if (isLeafType(type)) return validateLeaf(type, types);
  if (!below) return (walk, _, above, segment) => walk.nothing('wrong', above, segment);
  return isObjectType(type) ? validateObject(type, below) : validateAbstract(type as GraphQLAbstractType, below, types);
}

function validateList(validateItem: Validate): Validate {
  return (walk, value, above, segment) => {
    if (!Array.isArray(value)) return walk.nothing('wrong', above, segment);
    const at = { above, segment };
    return value.map((item, index) => validateItem(walk, item, at, index));
  };
}

function validateLeaf(type: GraphQLLeafType, types: SubgraphTypes): Validate {
  const read = types.readerOf(type);
  return (walk, value, above, segment) => {
    const leaf = read(value);
    return leaf === undefined ? walk.nothing('wrong', above, segment) : leaf;
  };
}

function validateObject(type: GraphQLObjectType, below: Selections): Validate {
  let fields: ObjectFields | undefined;
  return (walk, value, above, segment) => {
    fields ??= below.of(type);
    return isRecord(value) && hasItsName(value, fields)
      ? validateFields(walk, value, fields, { above, segment })
      : walk.nothing('wrong', above, segment);
  };
}

function validateAbstract(type: GraphQLAbstractType, below: Selections, types: SubgraphTypes): Validate {
  return (walk, value, above, segment) => {
    const named = isRecord(value) ? types.typeNamed(ownValue(value, '__typename')) : undefined;
    if (!isRecord(value) || !isObjectType(named) || !types.satisfies(named, type.name)) {
      return walk.nothing('wrong', above, segment);
    }
    const fields = below.of(named);
    return hasItsName(value, fields)
      ? validateFields(walk, value, fields, { above, segment })
      : walk.nothing('wrong', above, segment);
  };
}

/** Federation's `_entities`: one for each representation, in their order, of the representation's type. */
export function compileEntities(
  variable: string | undefined,
  below: Selections | undefined,
  types: SubgraphTypes,
): Validate {
  const typeOf = (entity: Rec, representation: unknown): GraphQLObjectType | undefined => {
    const asked = isRecord(representation) ? types.typeNamed(representation.__typename) : undefined;
    const answered = types.typeNamed(ownValue(entity, '__typename'));
    if (!asked || !isObjectType(answered) || !types.satisfies(answered, asked.name)) return undefined;
    return below?.typeConditions.some((condition) => types.satisfies(answered, condition)) ? answered : undefined;
  };
  return (walk, value, above, segment) => {
    const given = variable === undefined ? undefined : walk.variables[variable];
    const asked: readonly unknown[] = Array.isArray(given) ? given : [];
    if (value === null && walk.isExplained(above, segment)) return null;
    if (!Array.isArray(value) || value.length !== asked.length) {
      walk.unusable = 'it has another number of entities than it was asked for';
      return null;
    }
    const list = { above, segment };
    return value.map((entity: unknown, index) => {
      if (entity === null) return null;
      const type = isRecord(entity) ? typeOf(entity, asked[index]) : undefined;
      if (!type || !below || !isRecord(entity)) return walk.nothing('wrong', list, index);
      const fields = below.of(type);
      return hasItsName(entity, fields)
        ? validateFields(walk, entity, fields, { above: list, segment: index })
        : walk.nothing('wrong', list, index);
    });
  };
}

/** Wherever an object is asked for its type's name, it must say the one that it is taken for. */
function hasItsName(source: Rec, { typeName, typenameKeys }: ObjectFields): boolean {
  for (const key of typenameKeys) if (ownValue(source, key) !== typeName) return false;
  return true;
}

function ownValue(object: Rec, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
