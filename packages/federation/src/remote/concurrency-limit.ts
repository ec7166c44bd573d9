interface Waiting {
  readonly start: () => void;
}

/** A limit on concurrent fetches, and on fetches that wait for their turn. */
export class ConcurrencyLimit {
  readonly #maxConcurrent: number;
  readonly #maxWaiting: number;
  readonly #waiting = new Set<Waiting>();
  #inFlight = 0;

  constructor(maxConcurrent: number, maxWaiting: number) {
    this.#maxConcurrent = maxConcurrent;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * Enters, in the order of arrival; disposing of the result leaves again. Returns undefined, at once, where too
   * many wait already. Rejects with the signal's reason when it aborts first.
   */
  async enter(signal: AbortSignal): Promise<Disposable | undefined> {
    if (signal.aborted) throw signal.reason;
    if (this.#inFlight >= this.#maxConcurrent) {
      if (this.#waiting.size >= this.#maxWaiting) return undefined;
      await this.#turn(signal);
    } else {
      this.#inFlight += 1;
    }
    return { [Symbol.dispose]: () => this.#release() };
  }

  /** A slot that is given up goes to the next in the queue without ever being free. */
  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#waiting.delete(waiting);
        reject(signal.reason);
      };
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  #release(): void {
    for (const next of this.#waiting) {
      this.#waiting.delete(next);
      next.start();
      return;
    }
    this.#inFlight -= 1;
  }
}
