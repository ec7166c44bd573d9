import type { Command } from './commands.ts';
import { retriesOf } from './retries.ts';

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

interface Attempts {
  /** Sends a call once. */
  readonly attempt: (command: Command, options: SendOptions) => Promise<object>;
  /** Prepares the retry of a failure that isn't passing by itself; none where absent. */
  readonly isMended?: (error: unknown) => boolean;
  readonly destroy: () => void;
}

/** Returns a client of one way to send a call: with retries, and interceptors around calls and tries. */
export function dynamoOf({ attempt, isMended = () => false, destroy }: Attempts): Dynamo {
  const around: Record<'call' | 'try', readonly Interceptor[]> = { call: [], try: [] };
  const retries = retriesOf();
  const run = (level: 'call' | 'try', command: Command, send: (command: Command) => Promise<object>) =>
    around[level].reduce<typeof send>((next, interceptor) => (asked) => interceptor(asked, next), send)(command);
  return {
    send: <Output extends object>(command: Command<object, Output>, options: SendOptions = {}) =>
      run('call', command, (asked) =>
        retries.run(() => run('try', asked, (tried) => attempt(tried, options)), isMended, options.abortSignal),
      ) as Promise<Output>,
    intercept(level, interceptor) {
      around[level] = [...around[level], interceptor];
      return () => {
        around[level] = around[level].filter((other) => other !== interceptor);
      };
    },
    destroy,
  };
}
