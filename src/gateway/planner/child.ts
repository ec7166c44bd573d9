import { loadPlanner, type PlanOperation } from './in-process.ts';
import type { FromPlanner, ToPlanner } from './messages.ts';

/** The planner's own process. It lives as long as the channel to its parent, also while it plans. */
let plan: PlanOperation | undefined;

process.on('disconnect', () => process.exit());
process.on('message', (message: ToPlanner) => {
  answer(message).then(
    (reply) => process.send?.(reply),
    (error: unknown) => process.send?.({ kind: 'failed', message: messageOf(error) }),
  );
});

async function answer(message: ToPlanner): Promise<FromPlanner> {
  if (message.kind === 'load') {
    plan = loadPlanner(message.supergraphSdl);
    return { kind: 'loaded' };
  }
  if (!plan) throw new Error('no supergraph is loaded');
  return { kind: 'planned', plan: await plan(message.query, message.labels) };
}

/** The planner's own message, where there is one. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
