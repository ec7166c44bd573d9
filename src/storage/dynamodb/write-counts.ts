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
 * Counts the writes of this process by table, and those that other processes tell of, also those whose outcome isn't known: what was read before one is older than
 * it. A write counts when it ends, so what is read while it runs is taken for older too.
 */
export class WriteCounts {
  readonly #counts = new Map<string, number>();
  /** Tells other processes of the tables that a write of this one went to. The write ends when they know. */
  announce: ((tables: readonly string[]) => Promise<void>) | undefined;

  of(table: string): number {
    return this.#counts.get(table) ?? 0;
  }

  /** Counts a write to tables, by this process or another. */
  add(tables: readonly string[]): void {
    for (const table of tables) this.#counts.set(table, this.of(table) + 1);
  }

  /** Counts the writes of a client from now on. */
  watch(dynamo: Dynamo): void {
    dynamo.intercept('call', async (command, next) => {
      if (!WRITES.includes(command.operation)) return next(command);
      try {
        return await next(command);
      } finally {
        const tables = [...tablesOf(command)];
        this.add(tables);
        await this.announce?.(tables);
      }
    });
  }
}

function tablesOf({ input }: Command): ReadonlySet<string> {
  const { TableName, RequestItems = {}, TransactItems = [] }: WriteInput = input;
  const named = TransactItems.flatMap((item) => Object.values(item).map((write) => write.TableName));
  return new Set([TableName, ...Object.keys(RequestItems), ...named].filter((name) => name !== undefined));
}
