import type { Field, Selection } from '../selection.ts';
import type { Search, SolvedObject } from './search.ts';
import { type AbstractNode, NO_REQUESTS, type Requests, type Solution, type TypedNode } from './solution.ts';
import type { View } from './view.ts';

/** The cost that is added for a selection which no object can fulfil: such a way is taken last. */
const EMPTY_PENALTY = 50;

/**
 * Solves a selection on an interface or a union: what each of its types answers alike is asked directly, the rest by
 * object type. The lowest level of the views is 0.
 */
export function solveAbstract(
  search: Search,
  selection: Selection,
  typeName: string,
  views: readonly View[],
): Solution | undefined {
  const fields = search.selections.forType(selection, typeName);
  const plain = fields.filter(({ name }) => name !== '__typename');
  const isTypeTold = plain.length < fields.length || search.selections.hasConditions(selection, typeName);
  const isKnown = views.some(({ type }) => !type.isInterfaceObject);
  if (isKnown) {
    const common = solveCommon(search, selection, typeName, plain, views, []);
    return common && byType(search, selection, typeName, views, common);
  }
  if (!isTypeTold) {
    const alike = search.solveObject(typeName, fields, views);
    if (alike) return alike;
  }
  const typename = fields.find(({ name }) => name === '__typename') ?? TYPENAME(search);
  const common = solveCommon(search, selection, typeName, plain, views, [typename]);
  return common && byType(search, selection, typeName, views, common);
}

function TYPENAME(search: Search): Field {
  return search.selections.field({ key: '__typename', name: '__typename', args: '', variables: [], sub: undefined });
}

interface Common extends SolvedObject {
  readonly direct: readonly Field[];
}

/** Solves what is asked of all objects alike: the fields that views answer directly for all types, and `also`. */
function solveCommon(
  search: Search,
  selection: Selection,
  typeName: string,
  plain: readonly Field[],
  views: readonly View[],
  also: readonly Field[],
): Common | undefined {
  const known = possibleTypes(search, typeName, views);
  const possible = known.length > 0 ? known : (search.model.types.get(typeName)?.possible ?? []);
  const isAskedOfAll = (field: Field) =>
    possible.every((object) => search.selections.forType(selection, object).includes(field));
  const direct = plain.filter(
    (field) => isAskedOfAll(field) && search.solveObject(typeName, [field], views, { mayJump: false }) !== undefined,
  );
  const solved = search.solveObject(typeName, [...direct, ...also], views, { mayJump: also.length > 0 });
  return solved && { ...solved, direct };
}

/** Solves what is left by object type, for those that the views may answer with. */
function byType(
  search: Search,
  selection: Selection,
  typeName: string,
  initial: readonly View[],
  { direct, ...common }: Common,
): Solution | undefined {
  const views = [...initial, ...common.jumpViews];
  const known = views.flatMap(({ type }, index) => (type.isInterfaceObject ? [] : index));
  const after = Math.min(...known.map((index) => views[index]!.level));
  const possible = possibleTypes(search, typeName, views);
  const typed: TypedNode[] = [];
  const used = new Set(common.used);
  let requests: Requests = common.requests;
  let { extra, depth } = common;
  const isLeft = (field: Field) => field.name !== '__typename' && !direct.includes(field);
  const leftOfAll = search.selections.forType(selection, typeName).filter(isLeft);
  if (isEmptyType(search, typeName) && leftOfAll.length > 0) return undefined;
  if (initial.length > 1 && !leftOfAll.every((field) => isAnsweredBySome(search, field, typeName, initial, after)))
    return undefined;
  for (const object of possible) {
    const fields = search.selections.forType(selection, object).filter(isLeft);
    if (fields.length === 0) continue;
    const narrowed = views.flatMap((view, index) => {
      const own = search.views.narrow(view, object);
      if (!own) return [];
      return [{ index, view: own.type.isInterfaceObject ? { ...own, isUntyped: true } : own }];
    });
    const solved = search.solveObject(
      object,
      fields,
      narrowed.map(({ view }) => view),
      { after, isTypeTold: true },
    );
    if (!solved) return undefined;
    typed.push({ node: solved.node, views: narrowed.map(({ index }) => index) });
    for (const at of solved.used) used.add(narrowed[at]!.index);
    requests = requests.size === 0 ? solved.requests : new Set([...requests, ...solved.requests]);
    extra += solved.extra / possible.length;
    depth = Math.max(depth, solved.depth);
  }
  const isEmpty = possible.length === 0 && selection.fields.every(({ name }) => name === '__typename');
  const missing = missingTypes(search, selection, typeName, possible);
  const isTold = typed.length > 0 || selection.fields.some(({ name }) => name === '__typename');
  const tellers = isTold ? tellersAmong(views, known, used, initial.length) : [];
  for (const index of tellers) used.add(index);
  const node: AbstractNode = {
    kind: 'abstract',
    id: search.newNodeId(),
    type: typeName,
    common: { ...common.node, id: search.newNodeId(), tellers: [...new Set([...common.node.tellers, ...tellers])] },
    byType: typed,
  };
  return {
    node,
    requests: requests.size === 0 ? NO_REQUESTS : requests,
    extra: extra + missing + (isEmpty ? EMPTY_PENALTY : 0),
    depth,
    used: new Set([...used].filter((index) => index < initial.length)),
  };
}

/**
 * Returns whether one view alone leads to a field of every object that it may answer with. Subgraphs that share the field
 * above add fields to each other's objects, but don't divide the types among them. A supergraph thus answers here what it
 * answers behind other gateways.
 */
function isAnsweredBySome(
  search: Search,
  { key, name, args, variables }: Field,
  typeName: string,
  views: readonly View[],
  after: number,
): boolean {
  // The fields below may come from several subgraphs again.
  const field = search.selections.field({ key, name, args, variables, sub: undefined });
  return views.some((view) =>
    possibleTypes(search, typeName, [view]).every((object) => {
      const narrowed = search.views.narrow(view, object);
      return narrowed && search.solveObject(object, [field], [narrowed], { after, isTypeTold: true }) !== undefined;
    }),
  );
}

/** Returns whether no subgraph has an object of the type: then nothing leads on to the fields that others have of it. */
function isEmptyType(search: Search, typeName: string): boolean {
  return search.model.types.get(typeName)?.possible.length === 0;
}

/** Returns the object types that some view may answer with, in the supergraph's order. */
function possibleTypes(search: Search, typeName: string, views: readonly View[]): readonly string[] {
  const known = views.filter(({ type }) => !type.isInterfaceObject);
  const all = search.model.types.get(typeName)?.possible ?? [];
  return all.filter((object) => known.some(({ type }) => type.possible.has(object)));
}

/** Counts against a way the object types that are asked for and that its subgraph never answers with. */
function missingTypes(search: Search, selection: Selection, typeName: string, possible: readonly string[]): number {
  if (selection.conditions.length === 0) return 0;
  const all = search.model.types.get(typeName)?.possible ?? [];
  return all.filter(
    (object) =>
      !possible.includes(object) && selection.conditions.some(({ type }) => search.model.satisfies(type, object)),
  ).length;
}

/** Returns the used views that know the type, which all tell it, and at least the lowest. */
function tellersAmong(
  views: readonly View[],
  known: readonly number[],
  used: ReadonlySet<number>,
  initialCount: number,
): readonly number[] {
  const isThere = (index: number) => index >= initialCount || used.has(index);
  const lowest = [...known].sort((one, other) => views[one]!.level - views[other]!.level)[0];
  return known.filter((index) => index === lowest || isThere(index));
}
