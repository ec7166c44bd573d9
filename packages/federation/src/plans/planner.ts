import { CodedError } from '../errors.ts';
import { FederationError } from '../planner/errors.ts';
import type { QueryPlan } from '../planner/plan.ts';
import { createQueryPlanner } from '../planner/planner.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** Plans normalised operations over one supergraph. */
export interface Planner {
  /**
   * Plans for some active labels of `@override`. The work is bounded in steps, so the same operation always ends alike.
   * Throws PLAN_TOO_COMPLEX at that bound, OPERATION_NOT_PLANNABLE where no subgraphs answer it.
   */
  plan(query: string, labels?: readonly string[]): QueryPlan;
}

/** Makes a planner in this process. It reads the supergraph when the first operation is planned. */
export function loadPlanner(supergraph: Pick<Supergraph, 'document'>): Planner {
  let planner: ReturnType<typeof createQueryPlanner> | undefined;
  return {
    plan(query, labels) {
      planner ??= createQueryPlanner(supergraph.document);
      try {
        return planner.plan(query, labels);
      } catch (cause) {
        throw cause instanceof FederationError ? codedError(cause) : cause;
      }
    },
  };
}

function codedError(cause: FederationError): CodedError {
  if (cause.code === 'PLAN_TOO_COMPLEX') {
    return new CodedError('PLAN_TOO_COMPLEX', 'The operation takes too much work to plan: ask for it in several.', {
      cause,
    });
  }
  const message = 'The gateway finds no way to ask its subgraphs for all of this operation.';
  return new CodedError('OPERATION_NOT_PLANNABLE', message, { cause });
}
