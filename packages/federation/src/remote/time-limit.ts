import type { Call } from '../subgraph.ts';

/** The time that one fetch may take. */
export interface TimeShare {
  /** The longest, whatever the operation's deadline. */
  readonly milliseconds: number;
  /** The part of the time until the operation's deadline, 0 to 1: the rest is for answering the client. */
  readonly part: number;
}

export type Ending = 'time-limit' | 'client-gone';

/** A span in which one fetch must end; its signal aborts when it is over. Released with `using`. */
export class TimeLimit {
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly end: number;
  /**
   * True where the subgraph has at least half of the time of a fetch that starts with its operation: only then is a timeout
   * the subgraph's own doing.
   */
  readonly isFair: boolean;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #call: Call;
  #ending: Ending | undefined;

  constructor(call: Call, share: TimeShare) {
    const now = Date.now();
    const from = (start: number) => Math.max(0, Math.min(share.milliseconds, share.part * (call.deadline - start)));
    const milliseconds = from(now);
    this.signal = this.#controller.signal;
    this.end = now + milliseconds;
    this.isFair = milliseconds > 0 && milliseconds >= from(call.now.getTime()) / 2;
    this.#call = call;
    this.#timer = setTimeout(() => this.#stop('time-limit'), milliseconds);
    if (milliseconds === 0) this.#stop('time-limit');
    else if (call.signal.aborted) this.#onAbort();
    else call.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Why the signal has aborted; undefined while it hasn't. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#call.signal.removeEventListener('abort', this.#onAbort);
  }

  readonly #onAbort = (): void => this.#stop(Date.now() < this.#call.deadline ? 'client-gone' : 'time-limit');

  #stop(ending: Ending): void {
    this.#ending ??= ending;
    this.#controller.abort(new DOMException(`ended: ${this.#ending}`, 'AbortError'));
  }
}

/** Returns the result of a promise, or rejects with the signal's reason as soon as it aborts. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    const settled = () => signal.removeEventListener('abort', onAbort);
    promise.then(resolve, reject).then(settled);
  });
}
