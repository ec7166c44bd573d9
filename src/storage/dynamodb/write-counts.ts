import type { Command, Operation } from './client/commands.ts';
import type { Dynamo } from './client/dynamo.ts';

const WRITES: readonly string[] = ['TransactWrite', 'BatchWrite', 'Put', 'Update', 'Delete'] satisfies Operation[];

/** The parts of writes' inputs that name tables. */
interface WriteInput {
  readonly TableName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
}

/**
 * Counts the writes of this process by table, also those whose outcome isn't known: what was read before one is older than
 * it. A write counts when it ends, so what is read while it runs is taken for older too.
 */
export class WriteCounts {
  readonly #counts = new Map<string, number>();

  of(table: string): number {
    return this.#counts.get(table) ?? 0;
  }

  /** Counts the writes of a client from now on. */
  watch(dynamo: Dynamo): void {
    dynamo.intercept('call', async (command, next) => {
      if (!WRITES.includes(command.operation)) return next(command);
      try {
        return await next(command);
      } finally {
        for (const table of tablesOf(command)) this.#counts.set(table, this.of(table) + 1);
      }
    });
  }
}

function tablesOf({ input }: Command): ReadonlySet<string> {
  const { TableName, RequestItems = {}, TransactItems = [] }: WriteInput = input;
  const named = TransactItems.flatMap((item) => Object.values(item).map((write) => write.TableName));
  return new Set([TableName, ...Object.keys(RequestItems), ...named].filter((name) => name !== undefined));
}
