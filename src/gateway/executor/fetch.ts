import { type DocumentNode, type GraphQLFormattedError, Kind, OperationTypeNode, parse } from 'graphql';
import { CodedError } from '../../errors.ts';
import type { Subgraph, SubgraphResult } from '../../subgraph/request.ts';
import type { KeyTree } from '../normalise/normalise.ts';
import { clientVariable } from '../normalise/variable-name.ts';
import type { BatchFetchNode, EntityAlias, FetchNode, PathSegment } from '../planner/plan.ts';
import { type ClientPath, clientPath, fetchError, subgraphError } from './fault.ts';
import { descend, type Position, write } from './layout.ts';
import { compileMerge, type Merge } from './merge.ts';
import { compilePlace, type DataPath, type Place } from './path.ts';
import { isRecord, type Rec } from './record.ts';
import { compileRepresentation, type Represent, RepresentationList } from './representations.ts';
import type { Run } from './run.ts';
import { compileSelection, rename, renamedPath, type Selection } from './selection.ts';
import type { TypeConditions } from './type-conditions.ts';

/** What the compilation of a plan's parts shares. */
export interface PlanContext {
  readonly subgraphs: Readonly<Record<string, Subgraph>>;
  readonly types: TypeConditions;
  readonly keys: KeyTree;
  readonly layout: Position;
}

/** A variable that must have this value for a fetch to be made. */
export type Guard = readonly [variable: string, value: boolean];

/** A place of the answer that a part of a fetch's result is for. */
interface Target {
  readonly place: Place;
  readonly position: Position;
  merge: Merge;
}

/** What a fetch asks at one or more places: of entities, where it has representations, else of a root type. */
interface Part {
  readonly selection: Selection;
  readonly targets: readonly Target[];
  readonly entities:
    | { readonly responseKey: string; readonly variable: string; readonly represent: Represent }
    | undefined;
}

type Lists = readonly RepresentationList<Target>[];

/** One call of a subgraph, as often as its plan is run. */
export class Fetch {
  readonly subgraphName: string;
  readonly isMutation: boolean;
  readonly guards: readonly Guard[];
  /** The places, in the client's keys, that stay empty when this fetch fails. */
  readonly affected: readonly ClientPath[];
  readonly #subgraph: Subgraph;
  readonly #document: DocumentNode;
  readonly #query: string;
  readonly #variables: readonly { readonly name: string; readonly from: string }[];
  readonly #keys: KeyTree;
  readonly #parts: readonly Part[];
  readonly #asksEntities: boolean;

  constructor(
    node: FetchNode | BatchFetchNode,
    path: readonly PathSegment[],
    guards: readonly Guard[],
    { subgraphs, types, layout, keys }: PlanContext,
  ) {
    const subgraph = subgraphs[node.serviceName];
    if (!subgraph) throw new CodedError('CONFIGURATION', `There is no subgraph "${node.serviceName}" to ask.`);
    this.subgraphName = node.serviceName;
    this.guards = guards;
    this.#subgraph = subgraph;
    this.#query = node.operation;
    this.#document = parse(node.operation, { noLocation: true });
    this.#variables = (node.variableUsages ?? []).map((name) => ({ name, from: clientVariable(name) }));
    this.#keys = keys;

    const { operation, selection } = rootSelection(this.#document);
    this.isMutation = operation === OperationTypeNode.MUTATION;
    const targetAt = (segments: readonly PathSegment[], asked: Selection): Target => {
      const place = compilePlace(segments, types);
      const position = descend(layout, place.pattern);
      write(position, asked);
      return { place, position, merge: () => {} };
    };
    const aliases = entityAliases(node, path);
    this.#asksEntities = aliases.length > 0;
    this.#parts = aliases.map((alias) => {
      const asked: Selection = selection.get(alias.alias)?.below ?? new Map();
      rename(asked, alias.outputRewrites);
      return {
        selection: asked,
        targets: alias.paths.map((segments) => targetAt(segments, asked)),
        entities: {
          responseKey: alias.alias,
          variable: alias.representationsVariableName,
          represent: compileRepresentation(alias.requires, alias.inputRewrites, types),
        },
      };
    });
    if (!this.#asksEntities) {
      if (node.kind === 'Fetch') rename(selection, node.outputRewrites);
      this.#parts = [{ selection, targets: [targetAt(path, selection)], entities: undefined }];
    }
    this.affected = this.#parts.flatMap((part) =>
      part.targets.flatMap(({ place }) => this.#fieldPaths(place.pattern, part.selection)),
    );
  }

  /** Compiles the merging, once the layout knows every fetch of the plan. */
  link(): void {
    for (const { targets, selection } of this.#parts) {
      for (const target of targets) target.merge = compileMerge(target.position, selection);
    }
  }

  /** Asks the subgraph and merges its answer. A fault is reported, never thrown. Undefined where there is nothing to ask. */
  run(run: Run): Promise<void> | undefined {
    if (run.isOver) return undefined;
    const variables: Record<string, unknown> = {};
    for (const { name, from } of this.#variables) {
      const value = run.variables[from];
      if (value !== undefined) variables[name] = value;
    }
    const lists = this.#parts.map(({ entities, targets }) => {
      const list = new RepresentationList<Target>();
      if (!entities) return list;
      for (const target of targets) {
        target.place.forEach(run.data, (entity) => {
          const representation = entities.represent(entity);
          if (representation) list.add(entity, representation, target);
        });
      }
      variables[entities.variable] = list.representations;
      return list;
    });
    if (this.#asksEntities && lists.every((list) => list.representations.length === 0)) {
      run.finished.add(this);
      return undefined;
    }
    run.underWay.add(this);
    return this.#ask(run, variables, lists);
  }

  async #ask(run: Run, variables: Record<string, unknown>, lists: Lists): Promise<void> {
    try {
      const { call } = run;
      const result = await this.#subgraph({ document: this.#document, query: this.#query, variables, call });
      if (!run.isOver) this.#receive(run, result, lists);
    } catch (cause) {
      if (run.isOver) return;
      const { code, message } = this.#fault(cause);
      run.report(fetchError(code, this.subgraphName, message, this.affected, cause), this.affected);
    } finally {
      run.underWay.delete(this);
      run.finished.add(this);
    }
  }

  /** A mutation that nobody knows the end of may have been carried out. */
  #fault(cause: unknown): Pick<CodedError, 'code' | 'message'> {
    const isKnown = cause instanceof CodedError && !(this.isMutation && cause.code === 'DEADLINE_EXCEEDED');
    if (isKnown) return cause;
    const message = `The subgraph "${this.subgraphName}" did not answer.`;
    return { code: this.isMutation ? 'OUTCOME_UNKNOWN' : 'SUBGRAPH_UNAVAILABLE', message };
  }

  #receive(run: Run, result: SubgraphResult, lists: Lists): void {
    const errors: readonly GraphQLFormattedError[] = Array.isArray(result?.errors) ? result.errors : [];
    const data: unknown = result?.data;
    for (const error of errors) this.#report(run, error, lists);
    if (!isRecord(data)) {
      if (errors.length === 0) this.#reject(run, 'answered without data');
      else run.explained.push(...this.affected);
      return;
    }
    this.#parts.forEach((part, index) => {
      const { entities, targets } = part;
      if (entities) {
        this.#receiveEntities(run, part, lists[index]!, data[entities.responseKey], errors.length > 0);
        return;
      }
      for (const { place, merge } of targets) place.forEach(run.data, (object) => merge(object, data));
    });
  }

  #receiveEntities(
    run: Run,
    part: Part,
    list: RepresentationList<Target>,
    received: unknown,
    hasErrors: boolean,
  ): void {
    if (list.representations.length === 0) return;
    if (received == null && hasErrors) {
      for (const { place } of part.targets) run.explained.push(...this.#fieldPaths(place.pattern, part.selection));
      return;
    }
    if (!Array.isArray(received) || received.length !== list.representations.length) {
      this.#reject(run, 'answered with another number of entities than it was asked for');
      return;
    }
    let isFaulty = false;
    const nulled = new Set<Rec>();
    for (const { entity, index, target } of list.waiting) {
      const arrived: unknown = received[index];
      if (isRecord(arrived)) target.merge(entity, arrived);
      else if (arrived === null) nulled.add(entity);
      else isFaulty = true;
    }
    if (isFaulty) this.#reject(run, 'answered with something that is no entity');
    // Where errors have nulled whole entities, they tell why each of the fields asked for is missing.
    if (hasErrors && nulled.size > 0) {
      for (const path of locate(run, part.targets, nulled)) {
        run.explained.push(...this.#fieldPaths(path, part.selection));
      }
    }
  }

  #reject(run: Run, what: string): void {
    const message = `The subgraph "${this.subgraphName}" ${what}.`;
    run.report(fetchError('SUBGRAPH_INVALID_RESPONSE', this.subgraphName, message, this.affected), this.affected);
  }

  /** Puts an error of the subgraph where the client finds it: at every entity that waited for the representation. */
  #report(run: Run, error: GraphQLFormattedError, lists: Lists): void {
    for (const path of this.#errorPaths(run, error.path, lists)) {
      const inClientKeys = path && clientPath(this.#keys, path);
      run.report(subgraphError(this.subgraphName, error, inClientKeys), inClientKeys?.length ? [inClientKeys] : []);
    }
  }

  #errorPaths(run: Run, path: unknown, lists: Lists): (DataPath | undefined)[] {
    if (!Array.isArray(path)) return [undefined];
    let waiting: Set<Rec>;
    let part = this.#parts[0]!;
    let rest: DataPath = path;
    if (this.#asksEntities) {
      const [responseKey, index] = path;
      const position = this.#parts.findIndex(({ entities }) => entities?.responseKey === responseKey);
      if (position < 0) return [undefined];
      part = this.#parts[position]!;
      waiting = new Set(lists[position]!.waiting.filter((entry) => entry.index === index).map(({ entity }) => entity));
      rest = path.slice(2);
    } else {
      waiting = new Set();
      for (const { place } of part.targets) place.forEach(run.data, (object) => waiting.add(object));
    }
    const renamed = renamedPath(part.selection, rest);
    return locate(run, part.targets, waiting).map((base) => [...base, ...renamed]);
  }

  /** The client's paths of a selection's own fields at a place. */
  #fieldPaths(place: DataPath, selection: Selection): ClientPath[] {
    const base = clientPath(this.#keys, place);
    return [...selection.values()]
      .map(({ to }) => clientPath(this.#keys, [...place, to]))
      .filter((path) => path.length > base.length);
  }
}

function locate(run: Run, targets: readonly Target[], entities: ReadonlySet<Rec>): DataPath[] {
  const found = new Map<Rec, DataPath>();
  for (const { place } of targets) {
    for (const [entity, path] of place.locate(run.data, entities)) found.set(entity, path);
  }
  return [...found.values()];
}

function entityAliases(node: FetchNode | BatchFetchNode, path: readonly PathSegment[]): readonly EntityAlias[] {
  if (node.kind === 'BatchFetch') return node.entityBatch.aliases;
  const { requires } = node;
  if (!requires?.length) return [];
  return [{ ...node, requires, alias: '_entities', representationsVariableName: 'representations', paths: [path] }];
}

function rootSelection(document: DocumentNode): { operation: OperationTypeNode; selection: Selection } {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      return { operation: definition.operation, selection: compileSelection(definition.selectionSet, fragments) };
    }
  }
  throw new CodedError('INTERNAL_SERVER_ERROR', 'A plan holds a fetch without an operation.');
}
