import type { PrimaryKey } from '../tables/key.ts';
import type { Command, Operation } from './client/commands.ts';
import type { Dynamo } from './client/dynamo.ts';

const WRITES: readonly string[] = ['TransactWrite', 'BatchWrite', 'Put', 'Update', 'Delete'] satisfies Operation[];

/** A write of one item. A check of a condition, which changes nothing, has neither a key nor an item here. */
interface ItemWrite {
  readonly TableName?: string;
  readonly Key?: object;
  readonly Item?: object;
}

/** The parts of writes' inputs that name tables and keys. */
interface WriteInput extends ItemWrite {
  readonly RequestItems?: Readonly<Record<string, readonly Readonly<Record<string, ItemWrite>>[]>>;
  readonly TransactItems?: readonly Readonly<Record<string, ItemWrite>>[];
}

/** The items of each table, by its name, whose writes are counted. */
export type Counted = ReadonlyMap<string, (key: PrimaryKey) => boolean>;

/**
 * Counts this process's writes of some items by table, and those that other processes tell of, also those whose outcome
 * isn't known: what was read before one is older than it. A write counts when it ends, so what is read while it runs is
 * taken for older too.
 */
export class WriteCounts {
  readonly #counts = new Map<string, number>();
  /** Tells other processes of the tables that a counted write of this one went to. The write ends when they know. */
  announce: ((tables: readonly string[]) => Promise<void>) | undefined;

  of(table: string): number {
    return this.#counts.get(table) ?? 0;
  }

  /** Counts a write to tables, by this process or another. */
  add(tables: readonly string[]): void {
    for (const table of tables) this.#counts.set(table, this.of(table) + 1);
  }

  /** Counts the writes of a client from now on. */
  watch(dynamo: Dynamo, counted: Counted): void {
    dynamo.intercept('call', async (command, next) => {
      const tables = WRITES.includes(command.operation) ? tablesOf(command, counted) : [];
      if (tables.length === 0) return next(command);
      try {
        return await next(command);
      } finally {
        this.add(tables);
        await this.announce?.(tables);
      }
    });
  }
}

/** Returns the tables in which a call writes an item that counts. */
function tablesOf({ input }: Command, counted: Counted): string[] {
  const { RequestItems = {}, TransactItems = [], ...single }: WriteInput = input;
  const writes = [
    single,
    ...TransactItems.flatMap(({ ConditionCheck: _, ...item }) => Object.values(item)),
    ...Object.entries(RequestItems).flatMap(([TableName, requests]) =>
      requests.flatMap((request) => Object.values(request).map((write) => ({ ...write, TableName }))),
    ),
  ];
  const tables = writes.flatMap(({ TableName, Key, Item }) => {
    const key = (Key ?? Item) as PrimaryKey | undefined;
    return TableName !== undefined && key && counted.get(TableName)?.(key) ? [TableName] : [];
  });
  return [...new Set(tables)];
}
