import { type DocumentNode, parse } from 'graphql';
import { CodedError } from '../errors.ts';
import { clientVariable } from '../normalise/field-key.ts';
import type { KeyTree } from '../normalise/normalise.ts';
import type { BatchFetchNode, FetchNode, PathSegment } from '../planner/plan.ts';
import type { Subgraph } from '../subgraph.ts';
import type { References } from '../supergraph/subgraphs.ts';
import { type ContextualPlace, compileContextualPlace } from './contexts.ts';
import { type ClientPath, fetchError } from './fault.ts';
import type { Position } from './layout.ts';
import { compileParts, fieldPaths, linkParts, type Part, type Target } from './parts.ts';
import { type Receiver, type Run, receive, type Sent } from './receive.ts';
import { RepresentationList } from './representations.ts';
import type { TypeConditions } from './type-conditions.ts';

/** The context that the compilation of a plan's fetches shares. */
export interface PlanContext {
  readonly subgraphs: Readonly<Record<string, Subgraph>>;
  readonly types: TypeConditions;
  readonly keys: KeyTree;
  /** Default: every subgraph resolves what it names. */
  readonly references?: References;
  readonly layout: Position;
}

/** A variable that must have this value for a fetch to be made. */
export type Guard = readonly [variable: string, value: boolean];

/** Concurrent calls of one fetch that makes several. */
const MAX_CALLS_AT_ONCE = 8;

interface SubgraphCall {
  readonly variables: Record<string, unknown>;
  readonly sent: Sent;
}

/** One call of a subgraph, or one for each value of a context, as often as its plan is run. */
export class Fetch implements Receiver {
  readonly subgraphName: string;
  readonly isMutation: boolean;
  readonly guards: readonly Guard[];
  readonly keys: KeyTree;
  readonly references: References;
  readonly parts: readonly Part[];
  /** The places, in the client's keys, that stay empty when this fetch fails. */
  readonly affected: ClientPath[] = [];
  readonly #affected = new Set<string>();
  readonly #reads = new Set<string>();
  readonly #writes = new Set<string>();
  readonly #targetsByPlace = new Map<string, readonly Target[]>();
  readonly #subgraph: Subgraph;
  readonly #types: TypeConditions;
  readonly #contextual: ContextualPlace | undefined;
  readonly #document: DocumentNode;
  readonly #query: string;
  readonly #variables: readonly { readonly name: string; readonly from: string }[];

  constructor(
    node: FetchNode | BatchFetchNode,
    path: readonly PathSegment[],
    guards: readonly Guard[],
    { subgraphs, types, layout, keys, references = new Map() }: PlanContext,
  ) {
    const subgraph = subgraphs[node.serviceName];
    if (!subgraph) throw new CodedError('CONFIGURATION', `There is no subgraph "${node.serviceName}" to ask.`);
    this.subgraphName = node.serviceName;
    this.guards = guards;
    this.keys = keys;
    this.references = references;
    this.#subgraph = subgraph;
    this.#query = node.operation;
    this.#document = parse(node.operation, { noLocation: true });
    this.#variables = (node.variableUsages ?? []).map((name) => ({ name, from: clientVariable(name) }));
    this.#types = types;
    const { parts, isMutation } = compileParts(node, path, this.#document, types, layout);
    this.isMutation = isMutation;
    const contexts = node.kind === 'Fetch' ? node.contexts : undefined;
    this.#contextual = contexts && compileContextualPlace(path, contexts, types);
    for (const field of this.#contextual?.reads ?? []) this.#reads.add(field);
    this.parts = parts;
    for (const { targets, selection } of parts) {
      for (const target of targets) {
        const place = target.place.pattern.join('.');
        this.#targetsByPlace.set(place, [...(this.#targetsByPlace.get(place) ?? []), target]);
        for (const field of target.reads) this.#reads.add(field);
        for (const field of target.writes) this.#writes.add(field);
        this.#addAffected(fieldPaths(keys, target.place.pattern, selection));
      }
    }
  }

  /** To be called once the layout knows every fetch of the plan. */
  link(): void {
    linkParts(this.parts, this.#types);
  }

  /** Returns whether an earlier fetch must be done before this one: it writes what this one reads, or either is a mutation. */
  waitsFor(earlier: Fetch): boolean {
    return this.isMutation || earlier.isMutation || !earlier.#writes.isDisjointFrom(this.#reads);
  }

  /** Returns whether this fetch gives entities the fields that another needs to ask for the same ones. */
  provides(other: Fetch): boolean {
    if (this.#writes.isDisjointFrom(other.#reads)) return false;
    for (const [place, targets] of this.#targetsByPlace) {
      const others = other.#targetsByPlace.get(place);
      if (others && targets.some((of) => others.some((by) => !of.writes.isDisjointFrom(by.reads)))) return true;
    }
    return false;
  }

  /** Returns whether the conditions around this fetch let it be made. */
  isWanted(variables: Run['variables']): boolean {
    return this.guards.every(([variable, value]) => (variables[variable] === true) === value);
  }

  /** Takes note that another fetch can't be made where this one fails. */
  alsoAffects(other: Fetch): void {
    this.#addAffected(other.affected);
  }

  #addAffected(paths: readonly ClientPath[]): void {
    for (const path of paths) {
      const name = path.join('.');
      if (this.#affected.has(name)) continue;
      this.#affected.add(name);
      this.affected.push(path);
    }
  }

  /** Asks the subgraph and merges its answer. A fault is reported, never thrown. Undefined where there is nothing to ask. */
  run(run: Run): Promise<void> | undefined {
    if (run.isOver || !this.isWanted(run.variables)) return undefined;
    const variables: Record<string, unknown> = {};
    for (const { name, from } of this.#variables) {
      const value = run.variables[from];
      if (value !== undefined) variables[name] = value;
    }
    const calls = this.#contextual
      ? this.#callsByContext(run, this.#contextual, variables)
      : this.#call(run, variables);
    if (calls.length === 0) {
      run.finished.add(this);
      return undefined;
    }
    run.underWay.add(this);
    return this.#askAll(run, calls);
  }

  /** Returns the one call that asks for all entities; none where there is nothing to ask. */
  #call(run: Run, variables: Record<string, unknown>): readonly SubgraphCall[] {
    let isEmpty = true;
    const sent = this.parts.map(({ entities, targets }) => {
      const list = new RepresentationList<Target>();
      if (entities) {
        for (const target of targets) {
          target.place.forEach(run.data, (entity) => {
            const representation = entities.representationOf(entity);
            if (representation) list.add(entity, representation, target);
          });
        }
        variables[entities.variable] = list.representations;
      }
      if (!entities || list.representations.length > 0) isEmpty = false;
      return list;
    });
    return isEmpty ? [] : [{ variables, sent }];
  }

  /** Returns a call for each distinct combination of what objects above the entities hold. */
  #callsByContext(run: Run, place: ContextualPlace, variables: Record<string, unknown>): readonly SubgraphCall[] {
    const [part] = this.parts;
    const [target] = part!.targets;
    const { representationOf, variable } = part!.entities!;
    const byValues = new Map<string, SubgraphCall & { readonly list: RepresentationList<Target> }>();
    place.forEach(run.data, (entity, values) => {
      const representation = representationOf(entity);
      if (!representation) return;
      const name = JSON.stringify(values);
      let call = byValues.get(name);
      if (!call) {
        const list = new RepresentationList<Target>();
        const own = { ...variables, ...values, [variable]: list.representations };
        call = { list, sent: [list], variables: own };
        byValues.set(name, call);
      }
      call.list.add(entity, representation, target!);
    });
    return [...byValues.values()].filter(({ list }) => list.representations.length > 0);
  }

  async #askAll(run: Run, calls: readonly SubgraphCall[]): Promise<void> {
    const waiting = calls.values();
    const askOn = async () => {
      for (const { variables, sent } of waiting) await this.#ask(run, variables, sent);
    };
    try {
      await Promise.all(Array.from({ length: Math.min(calls.length, MAX_CALLS_AT_ONCE) }, askOn));
    } finally {
      run.underWay.delete(this);
      run.finished.add(this);
    }
  }

  async #ask(run: Run, variables: Record<string, unknown>, sent: Sent): Promise<void> {
    if (run.isOver) return;
    try {
      const { call } = run;
      const result = await this.#subgraph({ document: this.#document, query: this.#query, variables, call });
      if (!run.isOver) receive(this, run, result, sent);
    } catch (cause) {
      if (run.isOver) return;
      const { code, message } = this.#fault(cause);
      run.report(fetchError(code, this.subgraphName, message, this.affected, cause), this.affected);
    }
  }

  /** Returns the error of a failed call. A mutation whose end is not known may have been carried out. */
  #fault(cause: unknown): Pick<CodedError, 'code' | 'message'> {
    const isKnown = cause instanceof CodedError && !(this.isMutation && cause.code === 'DEADLINE_EXCEEDED');
    if (isKnown) return cause;
    const message = `The subgraph "${this.subgraphName}" did not answer.`;
    return { code: this.isMutation ? 'OUTCOME_UNKNOWN' : 'SUBGRAPH_UNAVAILABLE', message };
  }
}
