/**
 * Plans operations over a composed supergraph.
 * @example
 * ```ts
 * const planner = createQueryPlanner(supergraphSdl);
 * const plan = planner.plan('{ park { name } }');
 * ```
 */
export { FederationError, type FederationErrorCode } from './planner/errors.ts';
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
} from './planner/plan.ts';
export { createQueryPlanner, type QueryPlanner } from './planner/planner.ts';
export { DEFAULT_LIMITS, type PlannerLimits } from './planner/steps.ts';
export { refuseUnsupported } from './planner/unsupported.ts';
