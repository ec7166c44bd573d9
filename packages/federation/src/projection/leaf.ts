import { type GraphQLLeafType, isEnumType } from 'graphql';
import type { Complete } from './projection.ts';

/**
 * Completes a leaf. Subgraphs have serialised it already, so it is only checked: the five scalars of the specification
 * (§3.5) and enums by their values; other scalars may be any JSON. A value that doesn't fit is an error and null.
 */
export function completeLeaf(type: GraphQLLeafType): Complete {
  const serialise = isEnumType(type)
    ? enumValue(new Set(type.getValues().map(({ name }) => name)))
    : SCALARS[type.name];
  if (!serialise) return (value) => value ?? null;
  return (value, key, projection) => {
    if (value === null || value === undefined) return null;
    const serialised = serialise(value);
    if (serialised === undefined) projection.refuse(key, `A subgraph answered with something that is no ${type.name}.`);
    return serialised;
  };
}

type Serialise = (value: unknown) => unknown;

const MAX_INT = 2 ** 31 - 1;
const MIN_INT = -(2 ** 31);

const SCALARS: Readonly<Record<string, Serialise | undefined>> = {
  Int: (value) => (Number.isInteger(value) && Number(value) <= MAX_INT && Number(value) >= MIN_INT ? value : undefined),
  Float: (value) => (Number.isFinite(value) ? value : undefined),
  String: (value) => (typeof value === 'string' ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  ID: (value) => (typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : undefined),
};

/** Values that clients don't know, inaccessible ones among them, are refused. */
function enumValue(names: ReadonlySet<string>): Serialise {
  return (value) => (typeof value === 'string' && names.has(value) ? value : undefined);
}
