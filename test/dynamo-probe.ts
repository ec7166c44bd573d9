import { ProvisionedThroughputExceededException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Dynamo } from '../src/storage/dynamodb/table.ts';
import { asNobody } from './rights/recorder.ts';

/** A call of DynamoDB, e.g. `{ command: 'BatchGetCommand', input: … }`. */
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
  /** So many calls of a command are throttled, whatever the SDK tries. */
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

  dynamo.middlewareStack.add(
    (next, context) => async (args) => {
      const command = String(context.commandName).replace(/(Items?)?Command$/, '');
      calls.push({ command, input: args.input });
      if (takeThrottle(command)) {
        throw new ProvisionedThroughputExceededException({ message: 'throttled by the test', $metadata: {} });
      }
      if (command === 'TransactWrite') {
        const run = inBetween;
        inBetween = undefined;
        if (run) await asNobody(run);
        if (conflicts-- > 0) throw conflictOf(args.input);
        conflicts = Math.max(conflicts, 0);
      }
      if (command === 'BatchGet' && unprocessed > 0) {
        unprocessed -= 1;
        return readHalf(next as never, args as never) as never;
      }
      return next(args);
    },
    { step: 'initialize', name: 'probe' },
  );
  dynamo.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      if (!context.commandName?.startsWith(losing) || toLose === 0) return result;
      toLose -= 1;
      lost += 1;
      if (isForGood)
        throw Object.assign(new Error('lost for good'), { $fault: 'server', $metadata: { httpStatusCode: 501 } });
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'TimeoutError' });
    },
    // After the SDK's retries have begun: it sees the loss, and tries again.
    { step: 'finalizeRequest', name: 'lossOfAnswers', priority: 'low' },
  );

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

function conflictOf(input: object): TransactionCanceledException {
  const writes = 'TransactItems' in input && Array.isArray(input.TransactItems) ? input.TransactItems.length : 1;
  return new TransactionCanceledException({
    message: 'cancelled by the test',
    CancellationReasons: Array.from({ length: writes }, (_, i) => ({ Code: i === 0 ? 'TransactionConflict' : 'None' })),
    $metadata: {},
  });
}

interface BatchGetArgs {
  readonly input: { readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly unknown[] }>> };
}

/** Asks for the first half of the keys (at least one), and gives the rest back as unprocessed. */
async function readHalf(
  next: (args: BatchGetArgs) => Promise<{ output: { UnprocessedKeys?: unknown } }>,
  { input, ...args }: BatchGetArgs,
) {
  const [[table, request] = ['', { Keys: [] as readonly unknown[] }]] = Object.entries(input.RequestItems);
  const half = Math.ceil(request.Keys.length / 2);
  const asked = { ...input, RequestItems: { [table]: { ...request, Keys: request.Keys.slice(0, half) } } };
  const result = await next({ ...args, input: asked });
  const rest = request.Keys.slice(half);
  if (rest.length > 0) result.output.UnprocessedKeys = { [table]: { Keys: rest } };
  return result;
}
