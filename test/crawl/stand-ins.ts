import type { loadPlanner } from '../../packages/federation/src/plans/planner.ts';
import type { nextAction } from '../../src/domain/cases/words/text.ts';
import type { describeError } from '../../src/log.ts';
import { standingIn } from './guards.ts';

/** What fails, and with which words; nothing while undefined. */
export const failing: { words: string | undefined } = { words: undefined };

/** All that the planner was ever given, which caches are named by. */
export const plannedQueries: string[] = [];

/** What is otherwise while the crawler runs, with every guard in its place. */
export const STAND_INS = [
  /** The log as it is where the system is deployed: of errors that aren't ours it tells no message. */
  standingIn<typeof describeError>('log.ts', 'describeError', (real) => (thrown) => real(thrown, false)),
  /** A resolver that fails on demand, with private words in its error. */
  standingIn<typeof nextAction>('domain/cases/words/text.ts', 'nextAction', (real) => (...given) => {
    if (failing.words !== undefined) throw new Error(`no next action for ${failing.words}`);
    return real(...given);
  }),
  /** Heard. */
  standingIn<typeof loadPlanner>('packages/federation/src/plans/planner.ts', 'loadPlanner', (real) => (supergraph) => {
    const planner = real(supergraph);
    return {
      plan: (query, labels) => {
        plannedQueries.push(query);
        return planner.plan(query, labels);
      },
    };
  }),
];
