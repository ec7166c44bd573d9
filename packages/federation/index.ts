/**
 * Plans operations over a composed supergraph.
 * @example
 * ```ts
 * const planner = createQueryPlanner(supergraphSdl);
 * const plan = planner.plan('{ park { name } }');
 * ```
 */
export { FederationError, type FederationErrorCode } from './src/planner/errors.ts';
export type {
  BatchFetchNode,
  ConditionNode,
  ContextVariable,
  EntityAlias,
  FetchNode,
  FlattenNode,
  ParallelNode,
  PathSegment,
  PlanNode,
  QueryPlan,
  RequiresSelection,
  SequenceNode,
} from './src/planner/plan.ts';
export { createQueryPlanner, type QueryPlanner } from './src/planner/planner.ts';
export { DEFAULT_LIMITS, type PlannerLimits } from './src/planner/steps.ts';
export { refuseUnsupported } from './src/planner/unsupported.ts';
