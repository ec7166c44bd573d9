import fc from 'fast-check';
import type { TestSystem } from '../../harness.ts';
import { command } from './draws.ts';
import { type Comparison, newComparison } from './model-park.ts';
import { DAY_SUMS_A_RUN, TallyRun } from './tally-run.ts';

/** Runs random commands until so many day-sums are compared. The same seed gives the same commands. */
export async function compareTallies(
  system: TestSystem,
  { daySums, seed }: { readonly daySums: number; readonly seed: number },
): Promise<Comparison> {
  const comparison = newComparison();
  const runs = fc.sample(fc.array(command, { minLength: 20, maxLength: 40 }), {
    numRuns: Math.ceil(daySums / DAY_SUMS_A_RUN),
    seed,
  });
  for (const commands of runs) await new TallyRun(system, comparison).run(commands);
  return comparison;
}
