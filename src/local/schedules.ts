import { log } from '../log.ts';
import { type Invoke, loadFunction } from './lambda-function.ts';
import type { ServiceFunction } from './service.ts';

/** Delay of the first run after the start, so that the start isn't slowed. */
const FIRST_AFTER_MS = 5_000;

export interface Schedules {
  /** Starts no further run and waits for those in progress. */
  stop(): Promise<void>;
}

/**
 * Stands in for EventBridge, with the instant (`time`) as the only member of an event. It runs the scheduled functions
 * of `serverless.yml` soon after the start and then at their rate, without overlap. A failed run is logged, and the
 * next one follows as usual.
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
