/**
 * A query plan as `@graphql-hive/router-query-planner` writes it, the parts that are executed here. Plans are JSON: they
 * are made at build time and shipped, or come from the planner's process.
 */
export interface QueryPlan {
  readonly kind: 'QueryPlan';
  readonly node?: PlanNode;
}

export type PlanNode = SequenceNode | ParallelNode | ConditionNode | FlattenNode | FetchNode | BatchFetchNode;

export interface SequenceNode {
  readonly kind: 'Sequence';
  readonly nodes: readonly PlanNode[];
}

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

export interface FetchNode {
  readonly kind: 'Fetch';
  readonly serviceName: string;
  readonly operationKind?: 'query' | 'mutation';
  readonly operation: string;
  readonly variableUsages?: readonly string[];
  readonly requires?: readonly RequiresSelection[];
  readonly inputRewrites?: readonly Rewrite[];
  readonly outputRewrites?: readonly Rewrite[];
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

export interface EntityAlias {
  readonly alias: string;
  readonly representationsVariableName: string;
  readonly paths: readonly (readonly PathSegment[])[];
  readonly requires: readonly RequiresSelection[];
  readonly inputRewrites?: readonly Rewrite[];
  readonly outputRewrites?: readonly Rewrite[];
}

export type RequiresSelection =
  | { readonly kind: 'Field'; readonly name: string; readonly selections?: readonly RequiresSelection[] }
  | {
      readonly kind: 'InlineFragment';
      readonly typeCondition: string;
      readonly selections: readonly RequiresSelection[];
    };

export type RewriteSegment = { readonly TypenameEquals: readonly string[] } | { readonly Key: string };

/** Lists on the way are not in a rewrite's path. */
export type Rewrite =
  | { readonly ValueSetter: { readonly path: readonly RewriteSegment[]; readonly setValueTo: unknown } }
  | { readonly KeyRenamer: { readonly path: readonly RewriteSegment[]; readonly renameKeyTo: string } };
