import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { isRecord, Rec, writtenWhenHot } from '../executor/record.ts';
import { INTROSPECTION, inputCost, ownWeight } from '../limits/cost.ts';
import type { CostModel } from '../limits/cost-model.ts';
import type { FieldKey } from '../normalise/field-key.ts';
import { isUniformSelection, type Settled } from '../normalise/uniform-selection.ts';
import { collectFields } from './collect-fields.ts';
import type { Complete, Projection } from './projection.ts';

export interface CompileContext extends Settled {
  readonly keyOf: FieldKey;
  readonly costs: CostModel;
}

/** Completes an object of a type, or of any type of an interface; undefined where a null climbs through it. */
export type CompleteObject = (source: Readonly<Rec>, projection: Projection) => Rec | undefined;

/** Compiles the projection of the whole answer. Only what the operation asks for, as the API's schema has it, comes out. */
export function compileProjection(
  context: CompileContext,
  root: GraphQLObjectType,
  selectionSet: SelectionSetNode,
): CompleteObject {
  return compileObject(context, root, [selectionSet]);
}

interface Step {
  readonly responseKey: string;
  readonly from: string;
  readonly complete: Complete;
}

function compileObject(
  context: CompileContext,
  type: GraphQLObjectType | GraphQLInterfaceType,
  sets: readonly SelectionSetNode[],
): CompleteObject {
  const steps = [...collectFields(context, type, sets)].map(([responseKey, nodes]) =>
    compileField(context, type, responseKey, nodes),
  );
  const completeObject: CompleteObject = (source, projection) => {
    const target = new Rec();
    for (const { responseKey, from, complete } of steps) {
      const value = complete(source[from], responseKey, projection);
      if (value === undefined) return undefined;
      target[responseKey] = value;
    }
    return target;
  };
  const complete = steps.map((step) => step.complete);
  const write = () => `const target = new Rec(); let value; ${steps.map(writeStep).join(' ')} return target;`;
  return writtenWhenHot(steps, completeObject, write, { Rec, complete });
}

/** The same as code, of source `a` and projection `b`. */
function writeStep({ responseKey, from }: Step, index: number): string {
  const key = JSON.stringify(responseKey);
  const value = `complete[${index}](a[${JSON.stringify(from)}], ${key}, b)`;
  return `value = ${value}; if (value === undefined) return undefined; target[${key}] = value;`;
}

function compileField(
  context: CompileContext,
  type: GraphQLObjectType | GraphQLInterfaceType,
  responseKey: string,
  nodes: readonly FieldNode[],
): Step {
  const node = nodes[0]!;
  const name = node.name.value;
  if (name === '__typename') return { responseKey, from: name, complete: () => type.name };
  if (name === '__schema' || name === '__type') {
    const price = INTROSPECTION[name] ?? 0;
    return {
      responseKey,
      from: name,
      complete: (_value, _key, projection) => {
        projection.cost += price;
        return projection.introspection?.[responseKey] ?? null;
      },
    };
  }
  const field = type.getFields()[name];
  if (field && context.denied.has(`${type.name}.${name}`)) {
    const denied = isNonNullType(field.type) ? undefined : null;
    const complete: Complete = (_value, key, projection) => {
      projection.deny(key);
      return denied;
    };
    return { responseKey, from: name, complete };
  }
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  // A field that the schema doesn't have was refused when the operation was normalised, unless it is excluded.
  const complete: Complete = field ? compileType(context, field.type, sets, `${type.name}.${name}`) : () => null;
  const counted = field ? countInput(context, node, field, `${type.name}.${name}`, complete) : complete;
  return { responseKey, from: context.keyOf(type, node), complete: counted };
}

/** Counts what arguments cost, where any weighs something. */
function countInput(
  { costs }: CompileContext,
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  coordinate: string,
  complete: Complete,
): Complete {
  if (!costs.weighsInput || !node.arguments?.length) return complete;
  return (value, key, projection) => {
    projection.cost += inputCost(node, field, coordinate, costs, projection.variables);
    return complete(value, key, projection);
  };
}

function compileType(
  context: CompileContext,
  type: GraphQLOutputType,
  sets: readonly SelectionSetNode[],
  coordinate: string,
): Complete {
  if (isNonNullType(type)) {
    const complete = compileNullable(context, type.ofType, sets, coordinate);
    return (value, key, projection) => {
      const completed = complete(value, key, projection);
      if (completed !== null) return completed;
      projection.missing.push({ path: [...projection.path, key], coordinate });
      return undefined;
    };
  }
  const complete = compileNullable(context, type, sets, coordinate);
  return (value, key, projection) => complete(value, key, projection) ?? null;
}

/** Completes as if the type were nullable, but leaves undefined what climbs to here. */
function compileNullable(
  context: CompileContext,
  type: GraphQLOutputType,
  sets: readonly SelectionSetNode[],
  coordinate: string,
): Complete {
  if (isListType(type)) return completeList(compileType(context, type.ofType, sets, coordinate), coordinate);
  if (isCompositeType(type)) return completeComposite(context, type, sets, coordinate);
  if (isNonNullType(type)) return compileType(context, type, sets, coordinate);
  const complete = completeLeaf(type);
  const weight = ownWeight(context.costs, coordinate, type);
  if (weight === 0) return complete;
  return (value, key, projection) => {
    projection.cost += weight;
    return complete(value, key, projection);
  };
}

function completeList(complete: Complete, coordinate: string): Complete {
  return (value, key, projection) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) {
      projection.refuse(key, `A subgraph answered without a list for ${coordinate}.`);
      return undefined;
    }
    projection.path.push(key);
    const items = new Array<unknown>(value.length);
    let isWhole = true;
    for (let index = 0; index < value.length && isWhole; index++) {
      const item = complete(value[index], index, projection);
      if (item === undefined) isWhole = false;
      items[index] = item;
    }
    projection.path.pop();
    return isWhole ? items : undefined;
  };
}

function completeComposite(
  context: CompileContext,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
  coordinate: string,
): Complete {
  const completeAs = objectCompleters(context, type, sets);
  const weight = ownWeight(context.costs, coordinate, type);
  return (value, key, projection) => {
    projection.cost += weight;
    if (value === null || value === undefined) return null;
    const complete = isRecord(value) ? completeAs(value) : undefined;
    if (!complete) {
      projection.refuse(key, `A subgraph answered with something that is no ${type.name} for ${coordinate}.`);
      return undefined;
    }
    const isNotFound = projection.isNotFound(value as Rec);
    if (isNotFound && !projection.isFound(value as Rec)) return null;
    const missingBefore = projection.missing.length;
    projection.path.push(key);
    const completed = complete(value as Rec, projection);
    projection.path.pop();
    if (isNotFound && completed === undefined && lacksOwnField(projection, missingBefore)) {
      projection.missing.pop();
      return null;
    }
    return completed;
  };
}

/** Returns whether the null that climbs began at a field of the object itself, right below this place. */
function lacksOwnField({ missing, path }: Projection, missingBefore: number): boolean {
  return missing.length > missingBefore && missing.at(-1)?.path.length === path.length + 2;
}

/** Finds how to complete an object by its type at run time; compiled when the first of a type comes along. */
function objectCompleters(
  context: CompileContext,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): (value: Readonly<Rec>) => CompleteObject | undefined {
  if (isObjectType(type)) {
    let complete: CompleteObject | undefined;
    return () => {
      complete ??= compileObject(context, type, sets);
      return complete;
    };
  }
  const byTypename = new Map<string, CompleteObject>();
  const anyType = isUniformSelection(context, type, sets) ? type : undefined;
  let completeAny: CompleteObject | undefined;
  return ({ __typename: typename }) => {
    // So an interface object answers: by the interface's name, or by none where it wasn't asked for it.
    if (anyType && (typename === undefined || isOrImplements(anyType, typename))) {
      completeAny ??= compileObject(context, anyType, sets);
      return completeAny;
    }
    if (typeof typename !== 'string') return undefined;
    const known = byTypename.get(typename);
    if (known) return known;
    const objectType = context.schema.getType(typename);
    if (!isObjectType(objectType) || !isAbstractType(type) || !context.schema.isSubType(type, objectType)) {
      return undefined;
    }
    const complete = compileObject(context, objectType, sets);
    byTypename.set(typename, complete);
    return complete;
  };
}

function isOrImplements(type: GraphQLInterfaceType, name: unknown): boolean {
  return [type, ...type.getInterfaces()].some((one) => one.name === name);
}

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
