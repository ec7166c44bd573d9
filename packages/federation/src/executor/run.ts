import type { GraphQLError } from 'graphql';
import type { Call } from '../subgraph.ts';
import type { ClientPath } from './fault.ts';
import { Rec } from './record.ts';

/** One execution of a plan: what has arrived, what went wrong, and whether anybody still waits. */
export class Run {
  readonly data: Rec = new Rec();
  readonly errors: GraphQLError[] = [];
  /** Places without a value of which an error already tells why. */
  readonly explained: ClientPath[] = [];
  /** Entities that subgraphs only referred to, and of which a subgraph that resolves them answered that there is none. */
  readonly notFound = new Set<Rec>();
  /** Entities of which another subgraph answered something. */
  readonly found = new Set<Rec>();
  /** The schema coordinates of what subgraphs of ours have masked. */
  readonly masked = new Set<string>();
  /** Fetches, by identity: their code is above this class. */
  readonly underWay = new Set<object>();
  readonly finished = new Set<object>();
  readonly call: Call;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The time was over before all of it was there. */
  isExpired = false;
  /** The answer is given: nothing that arrives now may change it. */
  isOver = false;

  constructor(call: Call, variables: Readonly<Record<string, unknown>>) {
    this.call = call;
    this.variables = variables;
  }

  report(error: GraphQLError, leavesEmpty: readonly ClientPath[]): void {
    this.errors.push(error);
    this.explained.push(...leavesEmpty);
  }
}
