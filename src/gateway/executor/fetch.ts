import { type DocumentNode, parse } from 'graphql';
import { CodedError } from '../../errors.ts';
import type { Subgraph } from '../../subgraph/request.ts';
import type { KeyTree } from '../normalise/normalise.ts';
import { clientVariable } from '../normalise/variable-name.ts';
import type { BatchFetchNode, FetchNode, PathSegment } from '../planner/plan.ts';
import type { References } from '../references.ts';
import { type ClientPath, fetchError } from './fault.ts';
import type { Position } from './layout.ts';
import { compileParts, fieldPaths, linkParts, type Part, type Target } from './parts.ts';
import type { Place } from './path.ts';
import { type Receiver, receive, type Sent } from './receive.ts';
import { RepresentationList } from './representation-list.ts';
import type { Run } from './run.ts';
import type { TypeConditions } from './type-conditions.ts';

/** What the compilation of a plan's fetches shares. */
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

/** One call of a subgraph, as often as its plan is run. */
export class Fetch implements Receiver {
  readonly subgraphName: string;
  readonly isMutation: boolean;
  readonly guards: readonly Guard[];
  readonly keys: KeyTree;
  readonly references: References;
  readonly parts: readonly Part[];
  /** The places, in the client's keys, that stay empty when this fetch fails. */
  readonly affected: ClientPath[] = [];
  readonly #subgraph: Subgraph;
  readonly #types: TypeConditions;
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
    this.parts = parts;
    for (const { targets, selection } of parts) {
      for (const { place } of targets) this.#addAffected(fieldPaths(keys, place.pattern, selection));
    }
  }

  /** To be called once the layout knows every fetch of the plan. */
  link(): void {
    linkParts(this.parts, this.#types);
  }

  /** Whether an earlier fetch must be done before this one: it writes what this one reads, or one of them is a mutation's. */
  waitsFor(earlier: Fetch): boolean {
    return this.isMutation || earlier.isMutation || earlier.#pairs(this).some(([of, by]) => isReadOf(of, by));
  }

  /** Whether this fetch completes entities with what another needs to ask for the same ones. */
  provides(other: Fetch): boolean {
    return this.#pairs(other).some(([of, by]) => isSamePlace(of.place, by.place) && isReadOf(of, by));
  }

  #pairs(other: Fetch): [own: Target, other: Target][] {
    const others = other.parts.flatMap(({ targets }) => targets);
    return this.parts.flatMap(({ targets }) =>
      targets.flatMap((own) => others.map((each): [Target, Target] => [own, each])),
    );
  }

  /** Whether the conditions that it stands under let it be made. */
  isWanted(variables: Run['variables']): boolean {
    return this.guards.every(([variable, value]) => (variables[variable] === true) === value);
  }

  /** Takes note that another fetch can't be made where this one fails. */
  alsoAffects(other: Fetch): void {
    this.#addAffected(other.affected);
  }

  #addAffected(paths: readonly ClientPath[]): void {
    const known = new Set(this.affected.map((path) => path.join('.')));
    this.affected.push(...paths.filter((path) => !known.has(path.join('.'))));
  }

  /** Asks the subgraph and merges its answer. A fault is reported, never thrown. Undefined where there is nothing to ask. */
  run(run: Run): Promise<void> | undefined {
    if (run.isOver || !this.isWanted(run.variables)) return undefined;
    const variables: Record<string, unknown> = {};
    for (const { name, from } of this.#variables) {
      const value = run.variables[from];
      if (value !== undefined) variables[name] = value;
    }
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
    if (isEmpty) {
      run.finished.add(this);
      return undefined;
    }
    run.underWay.add(this);
    return this.#ask(run, variables, sent);
  }

  async #ask(run: Run, variables: Record<string, unknown>, sent: Sent): Promise<void> {
    try {
      const { call } = run;
      const result = await this.#subgraph({ document: this.#document, query: this.#query, variables, call });
      if (!run.isOver) receive(this, run, result, sent);
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
}

function isReadOf({ writes }: Target, { reads }: Target): boolean {
  return !writes.isDisjointFrom(reads);
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.pattern.join('.') === other.pattern.join('.');
}
