import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Variables } from '../projection/projection.ts';
import type { CostModel } from './cost-model.ts';

/** The size of parsed JSON. */
export interface JsonShape {
  /** Containers within containers; 0 for a value that is none. */
  readonly depth: number;
  /** Values of any kind, containers among them. */
  readonly values: number;
}

/** The size of a document's text. */
export interface Lexed {
  readonly characters: number;
  readonly tokens: number;
  /** The most brackets of any kind that are open at once. */
  readonly nesting: number;
}

/** The subjects that limits measure, in the order in which a request becomes known. */
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

/** A limit. A request of which `measure` returns more than `allowed` is refused. */
export interface Limit<S extends keyof Stages = keyof Stages> {
  /** The name in `details.limit` of the error. */
  readonly name: string;
  /** The unit, in words for people. */
  readonly counts: string;
  readonly stage: S;
  readonly allowed: number;
  /** Takes time linear in what it measures. It may stop at more than is allowed. */
  measure(subject: Stages[S]): number;
}
