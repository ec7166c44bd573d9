import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Variables } from '../projection/projection.ts';
import type { CostModel } from './cost-model.ts';
import type { JsonShape } from './json-shape.ts';
import type { Lexed } from './lexed.ts';

/** What the limits look at, in the order in which a request becomes known. */
export interface Stages {
  /** The bytes of a request's body, or of its query string. */
  readonly bytes: number;
  /** The parsed body or parameters, without a document that was only named. */
  readonly json: JsonShape;
  readonly text: Lexed;
  /** Parsed, not yet valid. */
  readonly document: DocumentNode;
  /** Valid, with the variables as they came. */
  readonly operation: AskedOperation;
}

export interface AskedOperation {
  readonly schema: GraphQLSchema;
  readonly costs: CostModel;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Variables;
}

/** One limit: what more than `allowed` of, as `measure` finds it, is refused. */
export interface Limit<S extends keyof Stages = keyof Stages> {
  /** As `details.limit` of the error tells it. */
  readonly name: string;
  /** What it counts, for people. */
  readonly counts: string;
  readonly stage: S;
  readonly allowed: number;
  /** Takes time linear in what it measures. It may stop at more than is allowed. */
  measure(subject: Stages[S]): number;
}
