/** A query plan: JSON, so that it can be made at build time and shipped. */
export interface QueryPlan {
  readonly kind: 'QueryPlan';
  /** Absent where nothing is asked. */
  readonly node?: PlanNode;
}

export type PlanNode = SequenceNode | ParallelNode | ConditionNode | FlattenNode | FetchNode | BatchFetchNode;

/** Each node may read what those before it have written. */
export interface SequenceNode {
  readonly kind: 'Sequence';
  readonly nodes: readonly PlanNode[];
}

/** Nodes that never wait for each other. */
export interface ParallelNode {
  readonly kind: 'Parallel';
  readonly nodes: readonly PlanNode[];
}

/** `condition` is a variable's name. */
export interface ConditionNode {
  readonly kind: 'Condition';
  readonly condition: string;
  readonly ifClause?: PlanNode;
  readonly elseClause?: PlanNode;
}

/** `"@"` stands for every item of a list. */
export type PathSegment = { readonly Field: string } | { readonly TypeCondition: readonly string[] } | '@';

export interface FlattenNode {
  readonly kind: 'Flatten';
  readonly path: readonly PathSegment[];
  readonly node: PlanNode;
}

export interface FetchNode extends FetchParts {
  readonly kind: 'Fetch';
  readonly serviceName: string;
  readonly operationKind?: 'query' | 'mutation';
  readonly operation: string;
  readonly variableUsages?: readonly string[];
  /** Absent for a root fetch. */
  readonly requires?: readonly RequiresSelection[];
  readonly contexts?: readonly ContextVariable[];
}

/** Several entity fetches of one subgraph in one operation, each under an alias of `_entities`. */
export interface BatchFetchNode {
  readonly kind: 'BatchFetch';
  readonly serviceName: string;
  readonly operationKind?: 'query' | 'mutation';
  readonly operation: string;
  readonly variableUsages?: readonly string[];
  readonly entityBatch: { readonly aliases: readonly EntityAlias[] };
}

export interface EntityAlias extends FetchParts {
  readonly alias: string;
  readonly representationsVariableName: string;
  readonly paths: readonly (readonly PathSegment[])[];
  readonly requires: readonly RequiresSelection[];
}

/** A variable whose value an object above the entities holds. Each distinct value takes a request of its own. */
export interface ContextVariable {
  readonly variable: string;
  /** How many segments of the fetch's path lead to the object. */
  readonly segments: number;
  /** The selection that is read there: a chain of fields to one leaf. */
  readonly selections: readonly RequiresSelection[];
}

interface FetchParts {
  /** The `__typename` of all representations, where the subgraph knows the entities by another than their own. */
  readonly typename?: string;
  /** The key that an answered key has in the data, where fields of two types would clash under it. */
  readonly renames?: Readonly<Record<string, string>>;
}

export type RequiresSelection =
  | {
      readonly kind: 'Field';
      readonly name: string;
      /** The key that the value has in the data, where it isn't the field's name. */
      readonly key?: string;
      readonly selections?: readonly RequiresSelection[];
    }
  | {
      readonly kind: 'InlineFragment';
      readonly typeCondition: string;
      readonly selections: readonly RequiresSelection[];
    };
