import { type DocumentNode, Kind, OperationTypeNode } from 'graphql';
import { CodedError } from '../errors.ts';
import type { KeyTree } from '../normalise/normalise.ts';
import type { BatchFetchNode, EntityAlias, FetchNode, PathSegment, RequiresSelection } from '../planner/plan.ts';
import { type Fields, fieldsRead, fieldsWritten } from './dataflow.ts';
import { type ClientPath, clientPath } from './fault.ts';
import { descend, type Position, write } from './layout.ts';
import { compileMerge, type Merge } from './merge.ts';
import { compilePlace, type DataPath, type Place, type Rec } from './record.ts';
import { compileRepresentations, type RepresentationOf } from './representations.ts';
import { compileSelection, type Selection } from './selection.ts';
import type { TypeConditions } from './type-conditions.ts';

/** A place of the answer that a part of a fetch's result is for. */
export interface Target {
  readonly place: Place;
  readonly position: Position;
  /** Fields that must be there before anything can be asked for this place. */
  readonly reads: Fields;
  readonly writes: Fields;
  merge: Merge;
}

/** The selection of a fetch at one or more places: of entities, where it has representations, else of a root type. */
export interface Part {
  readonly selection: Selection;
  readonly targets: readonly Target[];
  readonly entities: EntityPart | undefined;
}

export interface EntityPart {
  readonly responseKey: string;
  readonly variable: string;
  readonly representationOf: RepresentationOf;
}

/** A fetch's parts: one for each of its `_entities` fields, or a single one of a root type. */
export function compileParts(
  node: FetchNode | BatchFetchNode,
  path: readonly PathSegment[],
  document: DocumentNode,
  types: TypeConditions,
  layout: Position,
): { readonly parts: readonly Part[]; readonly isMutation: boolean } {
  const { operation, selection } = rootSelection(document, renamesOf(node));
  const targetAt = (
    segments: readonly PathSegment[],
    asked: Selection,
    requires: readonly RequiresSelection[],
  ): Target => {
    const place = compilePlace(segments, types);
    const position = descend(layout, place.pattern);
    write(position, asked, node.serviceName);
    const reads = fieldsRead(place, requires);
    return { place, position, reads, writes: fieldsWritten(place, asked), merge: () => {} };
  };
  const isMutation = operation === OperationTypeNode.MUTATION;
  const aliases = entityAliases(node, path);
  if (aliases.length === 0) {
    return { isMutation, parts: [{ selection, targets: [targetAt(path, selection, [])], entities: undefined }] };
  }
  const parts = aliases.map(({ alias, representationsVariableName, paths, requires, typename }) => {
    const asked: Selection = selection.get(alias)?.below ?? new Map();
    const representationOf = compileRepresentations(requires, types, typename);
    return {
      selection: asked,
      targets: paths.map((segments) => targetAt(segments, asked, requires)),
      entities: { responseKey: alias, variable: representationsVariableName, representationOf },
    };
  });
  return { isMutation, parts };
}

/** Compiles the merging, once the layout knows every fetch of the plan. */
export function linkParts(parts: readonly Part[], types: TypeConditions): void {
  for (const { targets, selection } of parts) {
    for (const target of targets) target.merge = compileMerge(target.position, selection, types);
  }
}

/** The client's paths of a selection's own fields at a place. */
export function fieldPaths(keys: KeyTree, place: DataPath, selection: Selection): ClientPath[] {
  const base = clientPath(keys, place);
  return [...selection.values()]
    .map(({ to }) => clientPath(keys, [...place, to]))
    .filter((path) => path.length > base.length);
}

/** The paths of some of the objects at a part's places. */
export function locate(data: Rec, targets: readonly Target[], objects: ReadonlySet<Rec>): DataPath[] {
  const found = new Map<Rec, DataPath>();
  for (const { place } of targets) {
    for (const [object, path] of place.locate(data, objects)) found.set(object, path);
  }
  return [...found.values()];
}

/** Aliases are unique in an operation, so that a batch's renames are all of its aliases'. */
function renamesOf(node: FetchNode | BatchFetchNode): Readonly<Record<string, string>> | undefined {
  return node.kind === 'Fetch' ? node.renames : node.entityBatch.aliases[0]?.renames;
}

function entityAliases(node: FetchNode | BatchFetchNode, path: readonly PathSegment[]): readonly EntityAlias[] {
  if (node.kind === 'BatchFetch') return node.entityBatch.aliases;
  const { requires } = node;
  if (!requires?.length) return [];
  return [{ ...node, requires, alias: '_entities', representationsVariableName: 'representations', paths: [path] }];
}

function rootSelection(
  document: DocumentNode,
  renames: Readonly<Record<string, string>> = {},
): { operation: OperationTypeNode; selection: Selection } {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      return {
        operation: definition.operation,
        selection: compileSelection(definition.selectionSet, fragments, renames),
      };
    }
  }
  throw new CodedError('INTERNAL_SERVER_ERROR', 'A plan holds a fetch without an operation.');
}
