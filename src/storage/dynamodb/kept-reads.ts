import { LRUCache } from 'lru-cache';
import type { PrimaryKey } from '../tables.ts';

const MAX_CHARACTERS = 16_000_000;

interface KeptReadsOptions {
  /** The size of what is kept, in characters of JSON. Default: 16 million. */
  readonly maxCharacters?: number | undefined;
  /** Epoch milliseconds. Default: the machine's clock. */
  readonly now?: () => number;
}

/** A value that was read: null where there is nothing. */
interface Kept {
  readonly value: unknown;
  readonly characters: number;
  /** The number of the process's writes to the table when the read began. */
  readonly writes: number;
}

/**
 * Queries' reads of a table that rarely changes and holds nothing personal, kept for all requests of this process.
 * A write of this process to the table ends all of it; time ends what other processes write to.
 */
export class KeptReads {
  readonly #reads: LRUCache<string, Kept>;
  readonly #keptMs: number;
  readonly #writes: () => number;

  /**
   * @param keptMs how old an answer may be; none is kept where 0
   * @param writes returns the number of the process's writes to the table
   */
  constructor(
    keptMs: number,
    writes: () => number,
    { maxCharacters = MAX_CHARACTERS, now = () => Date.now() }: KeptReadsOptions = {},
  ) {
    this.#keptMs = keptMs;
    this.#writes = writes;
    this.#reads = new LRUCache({
      maxSize: maxCharacters,
      sizeCalculation: ({ characters }) => characters,
      ttl: keptMs,
      ttlResolution: 0,
      perf: { now },
    });
  }

  /**
   * Returns the items of keys, in their order; null where there is none.
   * @param read reads those that aren't kept, likewise
   * @param part the attributes that are read, if not all
   */
  async items<Key extends PrimaryKey>(
    keys: readonly Key[],
    read: (keys: readonly Key[]) => Promise<readonly (PrimaryKey | null)[]>,
    part?: string,
  ): Promise<readonly (PrimaryKey | null)[]> {
    const names = keys.map(({ pk, sk }) => JSON.stringify([pk, sk, part]));
    const kept = names.map((name) => this.#kept(name));
    const missing = keys.filter((_, i) => kept[i] === undefined);
    if (missing.length === 0) return kept.map((entry) => entry?.value as PrimaryKey | null);
    const writes = this.#writes();
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
    const kept = this.#kept(name);
    if (kept !== undefined) return kept.value as Answer;
    const writes = this.#writes();
    const answer = await read();
    this.#keep(name, answer, writes);
    return answer;
  }

  #kept(name: string): Kept | undefined {
    const kept = this.#reads.get(name);
    return kept?.writes === this.#writes() ? kept : undefined;
  }

  #keep(name: string, value: unknown, writes: number): void {
    if (this.#keptMs === 0) return;
    const characters = name.length + JSON.stringify(value).length;
    this.#reads.set(name, { value: frozen(value), characters, writes });
  }
}

/** Freezes a value and what is in it: many requests read it. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
