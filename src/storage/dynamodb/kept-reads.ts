import { LRUCache } from 'lru-cache';
import type { PrimaryKey } from '../tables.ts';
import type { Command, Operation } from './client/commands.ts';
import type { Interceptor } from './client/dynamo.ts';

/** The size of what is kept, in characters of JSON. */
const MAX_CHARACTERS = 16_000_000;

/** A value that was read: null where there is nothing. */
interface Kept {
  readonly value: unknown;
  readonly characters: number;
}

/**
 * What queries have read of a table that rarely changes and holds nothing personal, kept for all requests of this process.
 * A write of this process to the table ends all of it; time ends what other processes write to.
 */
export class KeptReads {
  readonly #reads: LRUCache<string, Kept>;
  readonly #keptMs: number;
  #writes = 0;

  /** @param keptMs how old an answer may be; none is kept where 0 */
  constructor(keptMs: number, now: () => number = Date.now) {
    this.#keptMs = keptMs;
    this.#reads = new LRUCache({
      maxSize: MAX_CHARACTERS,
      sizeCalculation: ({ characters }) => characters,
      ttl: keptMs,
      ttlResolution: 0,
      perf: { now },
    });
  }

  /**
   * Returns the items of keys, in their order; null where there is none.
   * @param read reads those that aren't kept, likewise
   */
  async items<Key extends PrimaryKey>(
    keys: readonly Key[],
    read: (keys: readonly Key[]) => Promise<readonly (PrimaryKey | null)[]>,
  ): Promise<readonly (PrimaryKey | null)[]> {
    const names = keys.map(({ pk, sk }) => JSON.stringify([pk, sk]));
    const kept = names.map((name) => this.#reads.get(name));
    const missing = keys.filter((_, i) => kept[i] === undefined);
    if (missing.length === 0) return kept.map((entry) => entry?.value as PrimaryKey | null);
    const writes = this.#writes;
    const found = await read(missing);
    let next = 0;
    return kept.map((entry, i) => {
      if (entry !== undefined) return entry.value as PrimaryKey | null;
      const item = found[next++] ?? null;
      this.#keep(names[i] as string, item, writes);
      return item;
    });
  }

  /** Returns the answer of a Query by its input. */
  async answer<Answer extends object>(input: object, read: () => Promise<Answer>): Promise<Answer> {
    const name = JSON.stringify(input);
    const kept = this.#reads.get(name);
    if (kept !== undefined) return kept.value as Answer;
    const writes = this.#writes;
    const answer = await read();
    this.#keep(name, answer, writes);
    return answer;
  }

  /** Forgets all. What is being read now isn't kept either: it may be older than the write. */
  forget(): void {
    this.#writes += 1;
    this.#reads.clear();
  }

  /** Returns an interceptor of calls that forgets all when a call may have changed the table. */
  forgetting(table: string): Interceptor {
    return async (command, next) => {
      if (!changes(command, table)) return next(command);
      try {
        return await next(command);
      } finally {
        this.forget();
      }
    };
  }

  #keep(name: string, value: unknown, writes: number): void {
    if (this.#keptMs === 0 || writes !== this.#writes) return;
    const characters = name.length + JSON.stringify(value).length;
    this.#reads.set(name, { value: frozen(value), characters });
  }
}

const WRITES: readonly string[] = ['TransactWrite', 'BatchWrite', 'Put', 'Update', 'Delete'] satisfies Operation[];

/** The parts of writes' inputs that name tables. */
interface WriteInput {
  readonly TableName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
}

function changes({ operation, input }: Command, table: string): boolean {
  if (!WRITES.includes(operation)) return false;
  const { TableName, RequestItems = {}, TransactItems = [] }: WriteInput = input;
  return (
    TableName === table ||
    table in RequestItems ||
    TransactItems.some((item) => Object.values(item).some((write) => write.TableName === table))
  );
}

/** Freezes a value and what is in it: many requests read it. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
