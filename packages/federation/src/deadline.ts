import type { Call } from './subgraph.ts';

/** A longer timer than this fires at once. */
const MAX_TIMER = 2 ** 31 - 1;

/** Whether nobody waits for the call's answer any more. */
export function isOver(call: Call): boolean {
  return call.signal.aborted || call.deadline <= Date.now();
}

/**
 * What comes of some work, or of `onEnd`, which runs in the instant that the call's deadline passes or its signal aborts
 * and the work isn't done.
 */
export function orAtEnd<T>(call: Call, work: Promise<T>, onEnd: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', end);
    };
    const end = () => {
      stop();
      try {
        resolve(onEnd());
      } catch (error) {
        reject(error);
      }
    };
    const timer = setTimeout(end, Math.min(Math.max(call.deadline - Date.now(), 0), MAX_TIMER));
    call.signal.addEventListener('abort', end);
    work.then(
      (value) => {
        stop();
        resolve(value);
      },
      (error) => {
        stop();
        reject(error);
      },
    );
  });
}
