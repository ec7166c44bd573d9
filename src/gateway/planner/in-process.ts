import { QueryPlanner } from '@graphql-hive/router-query-planner';
import type { QueryPlan } from './plan.ts';
import { inSeries, oneByOne } from './root-fields.ts';

export type PlanOperation = (query: string) => Promise<QueryPlan>;

/**
 * The planner itself, in this process. An operation may abort the process or hold it for seconds: only for operations of
 * our own at build time, and for the process that is there to be ended.
 */
export function loadPlanner(supergraphSdl: string): PlanOperation {
  const planner = new QueryPlanner(supergraphSdl);
  const planOne = async (query: string) => (await planner.planAsync(query, undefined, new Set(), 0)) as QueryPlan;
  return async (query) => inSeries(await Promise.all(oneByOne(query).map(planOne)));
}
