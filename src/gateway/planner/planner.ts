import type { QueryPlan } from './plan.ts';

/** Plans normalised operations over one supergraph. Every promise settles. */
export interface Planner {
  /** Throws OPERATION_TOO_COMPLEX where the operation can't be planned in its time, INTERNAL_SERVER_ERROR where not at all. */
  plan(query: string): Promise<QueryPlan>;
  /** Ends what the planner keeps running. */
  close(): void;
}
