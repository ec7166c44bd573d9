import { CodedError } from '../../errors.ts';
import type { QueryPlan } from './plan.ts';

/** Plans normalised operations over one supergraph. Every promise settles. */
export interface Planner {
  /**
   * Plans for some active labels of `@override`. Throws PLANNER_BUSY where the operation can't be planned now, and
   * OPERATION_NOT_PLANNABLE where it never can.
   */
  plan(query: string, labels?: readonly string[]): Promise<QueryPlan>;
  /** Ends what the planner keeps running. */
  close(): void;
}

export function notPlannable(cause: unknown): CodedError {
  const message = 'The gateway finds no way to ask its subgraphs for all of this operation.';
  return new CodedError('OPERATION_NOT_PLANNABLE', message, { cause });
}
