import { BatchGetCommand, type Command, type Dynamo } from '../src/storage/dynamodb/client/dynamo.ts';
import { ConnectionError, StoreError } from '../src/storage/dynamodb/client/store-error.ts';
import { asNobody } from './rights/recorder.ts';

/** A call of DynamoDB, e.g. `{ command: 'BatchGet', input: … }`. */
export interface DynamoCall {
  readonly command: string;
  readonly input: unknown;
}

/**
 * Records what DynamoDB is asked, and lets it behave as the real one sometimes does and the embedded one never: each fault
 * waits for the next calls of its kind.
 */
export interface DynamoProbe {
  readonly calls: readonly DynamoCall[];
  /** The calls of what `run` does. */
  during(run: () => Promise<unknown>): Promise<readonly DynamoCall[]>;
  /** So many transactions collide with another one: nothing is written. */
  conflict(times: number): void;
  /** So many calls of a command are throttled, whatever the client tries. */
  throttle(command: string, times: number): void;
  /** So many batches come back half read. */
  leaveUnprocessed(times: number): void;
  /** So many tries of a transaction, or of another write, are committed, and their answers lost. A call is tried `MAX_TRIES` times. */
  loseAnswers(times: number, command?: 'TransactWrite' | 'Update'): void;
  /** The next transaction is committed, and its answer lost in a way that no try finds out. */
  loseForGood(): void;
  /** How many answers have been lost so far. */
  answersLost(): number;
  /** Something happens between a story's reading and its next transaction. */
  beforeNextTransaction(run: () => Promise<unknown>): void;
}

export function probe(dynamo: Dynamo): DynamoProbe {
  const calls: DynamoCall[] = [];
  let conflicts = 0;
  let unprocessed = 0;
  let toLose = 0;
  let losing = 'TransactWrite';
  let isForGood = false;
  let lost = 0;
  let inBetween: (() => Promise<unknown>) | undefined;
  const throttled = new Map<string, number>();
  const takeThrottle = (command: string) => {
    const left = throttled.get(command) ?? 0;
    throttled.set(command, Math.max(left - 1, 0));
    return left > 0;
  };

  dynamo.intercept('call', async (command, next) => {
    const { operation, input } = command;
    calls.push({ command: operation, input });
    if (takeThrottle(operation)) {
      throw new StoreError('ProvisionedThroughputExceededException', 'throttled by the test', { status: 400 });
    }
    if (operation === 'TransactWrite') {
      const run = inBetween;
      inBetween = undefined;
      if (run) await asNobody(run);
      if (conflicts-- > 0) throw conflictOf(input);
      conflicts = Math.max(conflicts, 0);
    }
    if (operation === 'BatchGet' && unprocessed > 0) {
      unprocessed -= 1;
      return readHalf(next, command as BatchGetCommand);
    }
    return next(command);
  });
  dynamo.intercept('try', async (command, next) => {
    const result = await next(command);
    if (command.operation !== losing || toLose === 0) return result;
    toLose -= 1;
    lost += 1;
    // The client tries again after a lost answer, and doesn't after a failure that it knows nothing of.
    throw isForGood ? new Error('lost for good') : new ConnectionError('ECONNRESET', 'socket hang up');
  });

  return {
    calls,
    async during(run) {
      const before = calls.length;
      await run();
      return calls.slice(before);
    },
    conflict: (times) => {
      conflicts = times;
    },
    throttle: (command, times) => {
      throttled.set(command, times);
    },
    leaveUnprocessed: (times) => {
      unprocessed = times;
    },
    loseAnswers: (times, command = 'TransactWrite') => {
      toLose = times;
      losing = command;
      isForGood = false;
    },
    loseForGood: () => {
      toLose = 1;
      losing = 'TransactWrite';
      isForGood = true;
    },
    answersLost: () => lost,
    beforeNextTransaction: (run) => {
      inBetween = run;
    },
  };
}

function conflictOf(input: object): StoreError {
  const writes = 'TransactItems' in input && Array.isArray(input.TransactItems) ? input.TransactItems.length : 1;
  return new StoreError('TransactionCanceledException', 'cancelled by the test', {
    status: 400,
    cancellationReasons: Array.from({ length: writes }, (_, i) => ({ Code: i === 0 ? 'TransactionConflict' : 'None' })),
  });
}

/** Asks for the first half of the keys, of the only one for none, and gives the rest back as unprocessed. */
async function readHalf(next: (command: Command) => Promise<object>, { input }: BatchGetCommand): Promise<object> {
  const [[table, request] = ['', { Keys: [] }]] = Object.entries(input.RequestItems ?? {});
  const keys = request.Keys ?? [];
  const half = Math.floor(keys.length / 2);
  const UnprocessedKeys = { [table]: { Keys: keys.slice(half) } };
  if (half === 0) return { UnprocessedKeys };
  const asked = { ...input, RequestItems: { [table]: { ...request, Keys: keys.slice(0, half) } } };
  return { ...(await next(new BatchGetCommand(asked))), UnprocessedKeys };
}
