import { log } from '../log.ts';
import { type Invoke, loadFunction } from './lambda-function.ts';
import type { ServiceFunction } from './service.ts';

/** After the start, so that nobody waits for it. */
const FIRST_AFTER_MS = 5_000;

export interface Schedules {
  /** Begins nothing more, and lets what is under way end. */
  stop(): Promise<void>;
}

/**
 * Stands in for EventBridge, of whose events it gives the instant (`time`): runs the scheduled functions of `serverless.yml`, each soon after the start and then at its
 * rate, one run of it at a time. A run that fails is told, and the next one comes all the same.
 */
export async function startSchedules(
  functions: readonly ServiceFunction[],
  root: string,
  firstAfterMs = FIRST_AFTER_MS,
): Promise<Schedules> {
  const scheduled = functions.filter(({ schedules }) => schedules.length > 0);
  const stops = await Promise.all(
    scheduled.map(async (declared) => {
      const invoke = await loadFunction(declared, root);
      return declared.schedules.map((everyMs) => repeat(declared.name, invoke, firstAfterMs, everyMs));
    }),
  );
  return {
    stop: async () => {
      await Promise.all(stops.flat().map((stop) => stop()));
    },
  };
}

function repeat(name: string, invoke: Invoke, firstAfterMs: number, everyMs: number): () => Promise<void> {
  let underWay: Promise<unknown> = Promise.resolve();
  let isOver = false;
  const run = () => {
    underWay = invoke({ time: new Date().toISOString() }).catch((error: unknown) =>
      log.error('A scheduled function failed', { function: name }, error),
    );
    void underWay.then(() => {
      if (!isOver) timer = setTimeout(run, everyMs);
    });
  };
  let timer = setTimeout(run, firstAfterMs);
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await underWay;
  };
}
