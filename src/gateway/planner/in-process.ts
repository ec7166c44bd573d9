import { QueryPlanner } from '@graphql-hive/router-query-planner';
import { plannerLabel, withPlannerLabels } from '../override-labels.ts';
import type { QueryPlan } from './plan.ts';
import { notPlannable } from './planner.ts';
import { inSeries, oneByOne } from './root-fields.ts';
import { splitRequires } from './split-requires.ts';

/** Throws OPERATION_NOT_PLANNABLE. */
export type PlanOperation = (query: string, labels?: readonly string[]) => Promise<QueryPlan>;

/**
 * The planner itself, in this process. An operation may abort the process or hold it for seconds: only for operations of
 * our own at build time, and for the process that is there to be ended.
 */
export function loadPlanner(supergraphSdl: string): PlanOperation {
  const { sdl, restore } = splitRequires(supergraphSdl);
  const planner = new QueryPlanner(withPlannerLabels(sdl));
  return async (query, labels = []) => {
    const active = new Set(labels.map(plannerLabel));
    const planOne = async (part: string) => (await planner.planAsync(part, undefined, active, 0)) as QueryPlan;
    try {
      return restore(inSeries(await Promise.all(oneByOne(query).map(planOne))));
    } catch (cause) {
      throw notPlannable(cause);
    }
  };
}
