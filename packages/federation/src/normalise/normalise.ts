import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
  type VariableNode,
  visit,
} from 'graphql';
import { CodedError } from '../errors.ts';
import type { InterfaceObjects } from '../supergraph/subgraphs.ts';
import { type FieldKey, normalisedVariable } from './field-key.ts';
import { type Conditions, isIncluded, type SelectedOperation } from './select-operation.ts';
import { isUniformSelection, type Settled } from './uniform-selection.ts';

/** Fragments let a short document ask for a selection of any size, so its size counts once they are written out. */
const MAX_SELECTIONS = 20_000;

/** Fields and fragments within each other: what is deeper is nobody's question, and would meet the end of the stack. */
const MAX_DEPTH = 500;

/** From a normalised key to the client's response key, and on to the keys below it, over all type conditions. */
export type KeyTree = Map<string, { readonly responseKey: string; readonly below: KeyTree }>;

export interface NormalisedOperation {
  readonly kind: 'query' | 'mutation';
  /** The operation that subgraphs are asked for, as the planner gets it; undefined where there is none. */
  readonly query: string | undefined;
  readonly keys: KeyTree;
  /**
   * Where selections were that are denied of all that may be found there, in the client's keys and without list indices:
   * each one once. What is denied of some types only is told where one of them is found.
   */
  readonly refused: readonly (readonly string[])[];
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Rewrites a valid operation into what a planner can be trusted with: one anonymous operation without named fragments,
 * keys as `fieldKeys` names them, variables as `normalisedVariable` does, no introspection (answered here), and `__typename`
 * exactly where the answer needs it to be known: on abstract types, save where `isUniformSelection` says otherwise, and where nothing
 * else is selected. `@skip` and `@include` are settled here for one set of
 * conditions, as planners go wrong where they meet fragments: each combination that occurs has a plan of its own.
 * Selections of denied coordinates (`Type.field`, of objects) are left out; one on an abstract type is split then into those
 * of the objects that are allowed it.
 * Throws GRAPHQL_VALIDATION_FAILED for what is not built (`@defer`, subscriptions) and OPERATION_TOO_COMPLEX for a
 * document whose fragments multiply beyond measure.
 */
export function normalise(
  schema: GraphQLSchema,
  keyOf: FieldKey,
  { operation, fragments }: SelectedOperation,
  conditions: Conditions,
  denied: ReadonlySet<string> = NONE,
  interfaceObjects: InterfaceObjects = new Map(),
): NormalisedOperation {
  const root = schema.getRootType(operation.operation);
  if (!root || operation.operation === OperationTypeNode.SUBSCRIPTION) {
    throw new CodedError('GRAPHQL_VALIDATION_FAILED', `This gateway does not answer a ${operation.operation}.`);
  }
  const settled: Settled = { schema, fragments, conditions, denied, interfaceObjects };
  const refused = new Map<string, readonly string[]>();
  let selectionCount = 0;
  let depth = 0;

  function selectionSet(type: GraphQLCompositeType, from: SelectionSetNode, keys: KeyTree, at: Path): SelectionSetNode {
    const selections: SelectionNode[] = [];
    const objects = denied.size === 0 ? undefined : isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    collect({ type, objects, keys, path: at }, from, selections, new Set());
    const isUniform = isAbstractType(type) && isUniformSelection(settled, type, [from]);
    if (isAbstractType(type) && !isUniform) selections.unshift(TYPENAME);
    else if (selections.length === 0 && type !== root) selections.push(isUniform ? PRESENCE : TYPENAME);
    return { kind: Kind.SELECTION_SET, selections };
  }

  function collect(place: Place, from: SelectionSetNode, into: SelectionNode[], spread: Set<string>): void {
    const { type, objects } = place;
    depth += 1;
    if (depth > MAX_DEPTH) throw new CodedError('OPERATION_TOO_COMPLEX', 'The operation selects too deep.');
    for (const selection of from.selections) {
      selectionCount += 1;
      if (selectionCount > MAX_SELECTIONS) {
        throw new CodedError('OPERATION_TOO_COMPLEX', 'The operation selects too much.');
      }
      refuseIncremental(selection);
      if (!isIncluded(selection, conditions)) continue;
      if (selection.kind === Kind.FIELD) {
        if (!selection.name.value.startsWith('__')) select(place, selection, into);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (spread.has(selection.name.value)) continue;
        spread.add(selection.name.value);
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) throw invalid(`There is no fragment of the name that is spread on ${type.name}.`);
      const narrowed = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (!isCompositeType(narrowed)) throw invalid(`A fragment on ${type.name} names no object, interface or union.`);
      if (narrowed === type || includesAll(narrowed, type)) {
        collect(place, fragment.selectionSet, into, spread);
      } else if (!isObjectType(type)) {
        const inner: SelectionNode[] = [];
        const within = objects?.filter((object) => object === narrowed || includesAll(narrowed, object));
        collect({ ...place, type: narrowed, objects: within }, fragment.selectionSet, inner, new Set(spread));
        if (inner.length > 0) into.push(inlineFragment(narrowed, inner));
      }
    }
    depth -= 1;
  }

  /** Selects a field of the objects that are allowed it. */
  function select({ type, objects, keys, path }: Place, node: FieldNode, into: SelectionNode[]): void {
    const allowed = objects?.filter((object) => !denied.has(`${object.name}.${node.name.value}`));
    if (allowed?.length === objects?.length) {
      into.push(field(type, node, keys, path));
      return;
    }
    if (allowed?.length === 0) {
      const at = [...path, (node.alias ?? node.name).value];
      refused.set(JSON.stringify(at), at);
    }
    for (const object of allowed ?? []) into.push(inlineFragment(object, [field(object, node, keys, path)]));
  }

  function field(type: GraphQLCompositeType, node: FieldNode, keys: KeyTree, path: Path): FieldNode {
    const name = node.name.value;
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (!definition) throw invalid(`${type.name} has no field of the name selected.`);
    const key = keyOf(type, node);
    let entry = keys.get(key);
    if (!entry) {
      entry = { responseKey: (node.alias ?? node.name).value, below: new Map() };
      keys.set(key, entry);
    }
    const inner = getNamedType(definition.type);
    if (isCompositeType(inner) !== (node.selectionSet !== undefined)) {
      throw invalid(`${type.name}.${name} is selected with the wrong shape.`);
    }
    return {
      kind: Kind.FIELD,
      name: node.name,
      ...(key === name ? {} : { alias: { kind: Kind.NAME, value: key } }),
      ...(node.arguments?.length ? { arguments: node.arguments } : {}),
      ...(isCompositeType(inner) && node.selectionSet
        ? { selectionSet: selectionSet(inner, node.selectionSet, entry.below, [...path, entry.responseKey]) }
        : {}),
    };
  }

  /** Returns whether every object of `type` is one of `wider`. */
  function includesAll(wider: GraphQLCompositeType, type: GraphQLCompositeType): boolean {
    return isAbstractType(wider) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wider, type);
  }

  const keys: KeyTree = new Map();
  const selections = selectionSet(root, operation.selectionSet, keys, []);
  const kind = operation.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query';
  if (selections.selections.length === 0) return { kind, query: undefined, keys, refused: [...refused.values()] };
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: operation.operation,
        variableDefinitions: usedVariables(operation.variableDefinitions ?? [], selections),
        selectionSet: selections,
      },
    ],
  };
  return { kind, query: print(visit(document, { Variable: renameVariable })), keys, refused: [...refused.values()] };
}

/** Response keys from the root. */
type Path = readonly string[];

/** Where selections are collected. `objects` are what may be found there, told where something is denied. */
interface Place {
  readonly type: GraphQLCompositeType;
  readonly objects: readonly GraphQLObjectType[] | undefined;
  readonly keys: KeyTree;
  readonly path: Path;
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Shows that an object is there, of whatever type: the planner takes an alias of `__typename` for that. */
const PRESENCE: FieldNode = { ...TYPENAME, alias: { kind: Kind.NAME, value: '_present' } };

function inlineFragment(type: GraphQLCompositeType, selections: readonly SelectionNode[]): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}

function renameVariable(node: VariableNode): VariableNode {
  return { ...node, name: { ...node.name, value: normalisedVariable(node.name.value) } };
}

function usedVariables(
  definitions: readonly VariableDefinitionNode[],
  selections: SelectionSetNode,
): VariableDefinitionNode[] {
  const used = new Set<string>();
  visit(selections, { Variable: (node) => void used.add(node.name.value) });
  return definitions.filter((definition) => used.has(definition.variable.name.value));
}

function refuseIncremental(selection: SelectionNode): void {
  const directive = selection.directives?.find(({ name }) => name.value === 'defer' || name.value === 'stream');
  if (directive) throw invalid(`This gateway does not answer in parts: @${directive.name.value} is not supported.`);
}

function invalid(message: string): CodedError {
  return new CodedError('GRAPHQL_VALIDATION_FAILED', message);
}
