import type { nextAction } from '../../src/domain/cases/text.ts';
import type { fencedPlanner } from '../../src/gateway/planner/fence.ts';
import type { describeError } from '../../src/log.ts';
import { standingIn } from './guards.ts';

/** What fails, and with which words; nothing while undefined. */
export const failing: { words: string | undefined } = { words: undefined };

/** All that the planner was ever given, which caches are named by. */
export const plannedQueries: string[] = [];

const PLAN_MILLISECONDS = 30_000;

/** What is otherwise while the crawler runs, with every guard in its place. */
export const STAND_INS = [
  /** The log as it is where the system is deployed: of errors that aren't ours it tells no message. */
  standingIn<typeof describeError>('log.ts', 'describeError', (real) => (thrown) => real(thrown, false)),
  /** A resolver that fails on demand, with private words in its error. */
  standingIn<typeof nextAction>('domain/cases/text.ts', 'nextAction', (real) => (...given) => {
    if (failing.words !== undefined) throw new Error(`no next action for ${failing.words}`);
    return real(...given);
  }),
  /** Unhurried, and heard. */
  standingIn<typeof fencedPlanner>('gateway/planner/fence.ts', 'fencedPlanner', (real) => (options) => {
    const planner = real({ ...options, planMilliseconds: PLAN_MILLISECONDS, maxWaiting: 1_000 });
    return {
      ...planner,
      plan: (query, labels) => {
        plannedQueries.push(query);
        return planner.plan(query, labels);
      },
    };
  }),
];
