interface Waiting {
  readonly start: () => void;
}

/** Bounds how many things run at once, and how many more may wait for their turn. */
export class Slots {
  readonly #most: number;
  readonly #mostWaiting: number;
  readonly #waiting = new Set<Waiting>();
  #taken = 0;

  constructor(most: number, mostWaiting: number) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  /**
   * Takes a slot, in the order of arrival; it is free again when the answer is disposed of. Undefined, at once, where too
   * many wait already. Rejects with the signal's reason when it aborts first.
   */
  async take(signal: AbortSignal): Promise<Disposable | undefined> {
    if (signal.aborted) throw signal.reason;
    if (this.#taken >= this.#most) {
      if (this.#waiting.size >= this.#mostWaiting) return undefined;
      await this.#turn(signal);
    } else {
      this.#taken += 1;
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
    this.#taken -= 1;
  }
}
