import { setTimeout as sleep } from 'node:timers/promises';
import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  BatchWriteCommandInput,
  BatchWriteCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  TransactWriteCommandInput,
  TransactWriteCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { ConnectionError, isPassing, isRefused } from './store-error.ts';

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

/** The calls of DynamoDB that Bridgehead makes, named and typed as in the AWS SDK. */

/** Names of operations, as the SDK's document client has them, without `Command`. */
export type Operation =
  | 'BatchGet'
  | 'BatchWrite'
  | 'Delete'
  | 'Get'
  | 'Put'
  | 'Query'
  | 'Scan'
  | 'TransactWrite'
  | 'Update';

/** One call, with attributes as JavaScript values. */
export class Command<Input extends object = object, Output extends object = object> {
  /** The type of the answer; no value. */
  declare readonly output: Output;
  readonly operation: Operation;
  readonly input: Input;

  constructor(operation: Operation, input: Input) {
    this.operation = operation;
    this.input = input;
  }
}

export class BatchGetCommand extends Command<BatchGetCommandInput, BatchGetCommandOutput> {
  constructor(input: BatchGetCommandInput) {
    super('BatchGet', input);
  }
}

export class BatchWriteCommand extends Command<BatchWriteCommandInput, BatchWriteCommandOutput> {
  constructor(input: BatchWriteCommandInput) {
    super('BatchWrite', input);
  }
}

export class DeleteCommand extends Command<DeleteCommandInput, DeleteCommandOutput> {
  constructor(input: DeleteCommandInput) {
    super('Delete', input);
  }
}

export class GetCommand extends Command<GetCommandInput, GetCommandOutput> {
  constructor(input: GetCommandInput) {
    super('Get', input);
  }
}

export class PutCommand extends Command<PutCommandInput, PutCommandOutput> {
  constructor(input: PutCommandInput) {
    super('Put', input);
  }
}

export class QueryCommand extends Command<QueryCommandInput, QueryCommandOutput> {
  constructor(input: QueryCommandInput) {
    super('Query', input);
  }
}

export class ScanCommand extends Command<ScanCommandInput, ScanCommandOutput> {
  constructor(input: ScanCommandInput) {
    super('Scan', input);
  }
}

export class TransactWriteCommand extends Command<TransactWriteCommandInput, TransactWriteCommandOutput> {
  constructor(input: TransactWriteCommandInput) {
    super('TransactWrite', input);
  }
}

export class UpdateCommand extends Command<UpdateCommandInput, UpdateCommandOutput> {
  constructor(input: UpdateCommandInput) {
    super('Update', input);
  }
}

/** Upper bound of the tries of one call. With 30 % of the store's answers failing, 7 of 10,000 calls fail for good. */
export const MAX_TRIES = 6;
/** The span of the first random pause. It doubles with each try, up to `MAX_PAUSE_MS`. */
const FIRST_PAUSE_MS = 20;
const MAX_PAUSE_MS = 300;
/** Period after the first try in which a call is retried, so that slow failures don't add up. */
const RETRY_WITHIN_MS = 2_000;
/** Upper bound of the retries that a process saves. */
const MAX_SAVED_RETRIES = 500;

const uncertain = new WeakSet<object>();

/** Returns whether one of a failed call's tries may have been carried out. */
export function mayHaveBeenCarriedOut(error: unknown): boolean {
  return typeof error === 'object' && error !== null && uncertain.has(error);
}

export interface Retries {
  /**
   * Runs a call until it succeeds, fails for good or may not be retried.
   * @param isMended prepares the retry of a failure that isn't passing by itself; at most one a call
   * @throws the last failure
   */
  run<Answer>(
    attempt: () => Promise<Answer>,
    isMended: (error: unknown) => boolean,
    signal?: AbortSignal,
  ): Promise<Answer>;
}

/**
 * Returns the retries of one client. Each first try saves one retry, so that a broken store gets at most twice the usual
 * calls.
 */
export function retriesOf(): Retries {
  let saved = MAX_SAVED_RETRIES;
  return {
    async run(attempt, isMended, signal) {
      saved = Math.min(saved + 1, MAX_SAVED_RETRIES);
      const startedAt = Date.now();
      let isUncertain = false;
      let mends = 0;
      for (let tries = 1; ; tries++) {
        try {
          return await attempt();
        } catch (error) {
          isUncertain ||= !isCertain(error);
          if (isUncertain && typeof error === 'object' && error !== null) uncertain.add(error);
          const isRetried = isPassing(error) || (mends++ === 0 && isMended(error));
          const isAllowed = tries < MAX_TRIES && saved >= 1 && Date.now() - startedAt <= RETRY_WITHIN_MS;
          if (!isRetried || !isAllowed || signal?.aborted) throw error;
          saved -= 1;
          await sleep(Math.random() * Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), MAX_PAUSE_MS));
        }
      }
    },
  };
}

/** Returns whether the store has refused the try, or the request never reached it. */
function isCertain(error: unknown): boolean {
  return isRefused(error) || (error instanceof ConnectionError && error.code === 'ECONNREFUSED');
}
