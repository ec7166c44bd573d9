import type { Command } from './commands.ts';

export interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

/** A function around calls. It may look at them, change them, answer itself or fail. */
export type Interceptor = (command: Command, next: (command: Command) => Promise<object>) => Promise<object>;

/** A client of DynamoDB. It retries what is passing, and fails with `StoreError` or `ConnectionError`. */
export interface Dynamo {
  send<Output extends object>(command: Command<object, Output>, options?: SendOptions): Promise<Output>;
  /**
   * Adds an interceptor outside of those there are.
   * @param around a whole call, or each of its tries
   * @returns a function that removes it
   */
  intercept(around: 'call' | 'try', interceptor: Interceptor): () => void;
  /** Closes the connections. */
  destroy(): void;
}

/** The interceptors of one client. */
export class Interceptors {
  readonly #around: Record<'call' | 'try', readonly Interceptor[]> = { call: [], try: [] };

  add(around: 'call' | 'try', interceptor: Interceptor): () => void {
    this.#around[around] = [...this.#around[around], interceptor];
    return () => {
      this.#around[around] = this.#around[around].filter((other) => other !== interceptor);
    };
  }

  /** Runs a call or a try within its interceptors. */
  run(around: 'call' | 'try', command: Command, run: (command: Command) => Promise<object>): Promise<object> {
    return this.#around[around].reduce<(command: Command) => Promise<object>>(
      (next, interceptor) => (asked) => interceptor(asked, next),
      run,
    )(command);
  }
}
