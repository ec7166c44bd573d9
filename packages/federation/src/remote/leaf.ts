import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLScalarType,
  GraphQLString,
  isEnumType,
} from 'graphql';
import { isRecord, Rec } from '../executor/record.ts';

/** The value as it goes on, or undefined where it isn't one of the type. */
export type ReadLeaf = (value: unknown) => unknown;

/** Scalars by name whose values are checked by parsing and serialising them. */
export type CustomScalars = Readonly<Record<string, GraphQLScalarType>>;

const INT_LIMIT = 2 ** 31;

/** GraphQL §3.5, result coercion of what is JSON already: nothing is converted but an ID that came as a number. */
const BUILT_IN: ReadonlyMap<string, ReadLeaf> = new Map<string, ReadLeaf>([
  [
    GraphQLInt.name,
    (value) =>
      Number.isInteger(value) && Number(value) >= -INT_LIMIT && Number(value) < INT_LIMIT ? value : undefined,
  ],
  [GraphQLFloat.name, (value) => (Number.isFinite(value) ? value : undefined)],
  [GraphQLString.name, (value) => (isText(value) ? value : undefined)],
  [GraphQLBoolean.name, (value) => (typeof value === 'boolean' ? value : undefined)],
  [GraphQLID.name, (value) => (isText(value) ? value : Number.isSafeInteger(value) ? String(value) : undefined)],
]);

/** Half of a surrogate pair can be written in JSON, but is no text. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed();
}

/** Returns how values of a leaf type are checked; undefined for a scalar that is neither built in nor among `scalars`. */
export function leafReader(type: GraphQLLeafType, scalars: CustomScalars): ReadLeaf | undefined {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => (typeof value === 'string' && names.has(value) ? value : undefined);
  }
  const builtIn = BUILT_IN.get(type.name);
  if (builtIn) return builtIn;
  const custom = Object.hasOwn(scalars, type.name) ? scalars[type.name] : undefined;
  return custom && formReader(custom);
}

/** Brings an equal form of the same value to the form that the scalar is serialised in. */
function formReader(scalar: GraphQLScalarType): ReadLeaf {
  return (value) => {
    try {
      return scalar.serialize(scalar.parseValue(value));
    } catch {
      return undefined;
    }
  };
}

/** A scalar of which nothing is known: any JSON but null, copied so that no key means anything. */
export function opaque(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opaque);
  if (!isRecord(value)) return value;
  const copy = new Rec();
  for (const key of Object.keys(value)) copy[key] = opaque(value[key]);
  return copy;
}
