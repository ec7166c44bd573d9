import * as z from 'zod';
import { CodedError } from '../errors.ts';
import type { QueryPlan } from '../planner/plan.ts';

/** The plans of trusted documents as a build writes them: for one supergraph, by `planKey` of the normalised operation. */
export interface PlansFile {
  /** The hash of the supergraph that they were made for. */
  readonly supergraph: string;
  readonly plans: Readonly<Record<string, QueryPlan>>;
}

const plansFile = z.object({ supergraph: z.string(), plans: z.record(z.string(), z.looseObject({})) });

/**
 * The plans in a build's file by their key; none where they were made for another supergraph, since their documents are
 * planned anew then. Throws CONFIGURATION for what is no such file.
 */
export function readShippedPlans(json: string, supergraphHash: string): ReadonlyMap<string, QueryPlan> {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (cause) {
    throw new CodedError('CONFIGURATION', 'The file of plans is not JSON.', { cause });
  }
  const parsed = plansFile.safeParse(content);
  if (!parsed.success) throw new CodedError('CONFIGURATION', 'The file of plans is none that a build has written.');
  const { supergraph, plans } = content as PlansFile;
  return new Map(supergraph === supergraphHash ? Object.entries(plans) : []);
}
