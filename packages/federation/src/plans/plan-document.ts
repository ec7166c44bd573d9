import { parse } from 'graphql';
import { CodedError } from '../errors.ts';
import { planKey } from '../gateway.ts';
import { fieldKeys } from '../normalise/field-key.ts';
import { prepareOperation } from '../operation.ts';
import type { QueryPlan } from '../planner/plan.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { Planner } from './planner.ts';

/** Each variable that decides over `@skip` or `@include` doubles the plans of a document. */
const MAX_DECIDING_VARIABLES = 5;

/**
 * The plans of a single-operation document that is valid against the API's schema, by `planKey`: one for each way in which
 * its conditions may be settled. For a build.
 * Throws CONFIGURATION where there are more than 32 ways, and as the planner does.
 */
export function planDocument(supergraph: Supergraph, { plan }: Planner, body: string): Map<string, QueryPlan> {
  const operation = prepareOperation(supergraph, fieldKeys(supergraph.apiSchema), parse(body), undefined);
  const { deciding } = operation;
  if (deciding.length > MAX_DECIDING_VARIABLES) {
    throw new CodedError(
      'CONFIGURATION',
      `More than ${MAX_DECIDING_VARIABLES} variables decide what the document asks for.`,
    );
  }
  const plans = new Map<string, QueryPlan>();
  for (let way = 0; way < 2 ** deciding.length; way += 1) {
    const settled = Object.fromEntries(deciding.map((variable, i) => [variable, Boolean((way >> i) & 1)]));
    const { query } = operation.variant(settled);
    if (query !== undefined) plans.set(planKey(query), plan(query));
  }
  return plans;
}
