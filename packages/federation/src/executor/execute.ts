import { isOver, orAtEnd } from '../deadline.ts';
import type { Call } from '../subgraph.ts';
import { fetchError } from './fault.ts';
import type { ExecutablePlan } from './plan.ts';
import { Run } from './run.ts';

/**
 * Runs a plan until it is done, or until the call's deadline or its signal ends it; then what is pending is reported as
 * DEADLINE_EXCEEDED, or as OUTCOME_UNKNOWN where a mutation is under way, and what arrives later is dropped.
 */
export async function executePlan(
  plan: ExecutablePlan,
  call: Call,
  variables: Readonly<Record<string, unknown>>,
): Promise<Run> {
  const run = new Run(call, variables);
  if (isOver(call)) {
    expire(plan, run);
  } else {
    await orAtEnd(call, plan.start(run), () => expire(plan, run));
  }
  run.isOver = true;
  return run;
}

function expire(plan: ExecutablePlan, run: Run): void {
  run.isOver = true;
  run.isExpired = true;
  for (const fetch of plan.fetches) {
    if (run.finished.has(fetch)) continue;
    if (!fetch.isWanted(run.variables)) continue;
    const { subgraphName, affected } = fetch;
    const error =
      fetch.isMutation && run.underWay.has(fetch)
        ? fetchError(
            'OUTCOME_UNKNOWN',
            subgraphName,
            'The time was over before it was known what became of it.',
            affected,
          )
        : fetchError('DEADLINE_EXCEEDED', subgraphName, 'The time was over before the answer was there.', affected);
    run.report(error, affected);
  }
}
