import type { Call } from './subgraph.ts';

/** The longest delay of a timer; a longer one fires at once. */
const MAX_TIMER = 2 ** 31 - 1;

/** Returns whether the client no longer waits for the call's answer. */
export function isOver(call: Call): boolean {
  return call.signal.aborted || call.deadline <= Date.now();
}

/**
 * Returns the result of some work, or of `onEnd`, which runs when the call's deadline passes or its signal aborts before
 * the work is done.
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
