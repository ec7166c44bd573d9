import { createHash } from 'node:crypto';
import type { SubgraphRequest, SubgraphResult } from '../subgraph.ts';

export interface LastGoodLimits {
  readonly entries: number;
  /** The most bytes of all entries together, by the length of their JSON. */
  readonly bytes: number;
  /** The greatest age of an answer that is served. */
  readonly milliseconds: number;
}

export interface Kept {
  readonly result: SubgraphResult;
  /** Epoch milliseconds at which the subgraph answered so. */
  readonly at: number;
}

/**
 * The last answers of one subgraph without any error, in this sandbox, by operation, variables and locale. The oldest
 * give way when there are too many.
 */
export class LastGood {
  readonly #limits: LastGoodLimits;
  readonly #entries = new Map<string, Kept & { readonly size: number }>();
  #bytes = 0;

  constructor(limits: LastGoodLimits) {
    this.#limits = limits;
  }

  /** @param size the length of the JSON that the result came as */
  keep(request: SubgraphRequest, result: SubgraphResult, size: number, now: number): void {
    const key = keyOf(request);
    this.#remove(key);
    if (size > this.#limits.bytes) return;
    this.#entries.set(key, { result, at: now, size });
    this.#bytes += size;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limits.entries && this.#bytes <= this.#limits.bytes) break;
      this.#remove(oldest);
    }
  }

  get(request: SubgraphRequest, now: number): Kept | undefined {
    const kept = this.#entries.get(keyOf(request));
    return kept && now - kept.at <= this.#limits.milliseconds ? kept : undefined;
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.size;
  }
}

/** A digest, so that no variable stays in memory. The order of an object's keys doesn't matter. */
function keyOf({ query, variables, call }: SubgraphRequest): string {
  const text = JSON.stringify([query, call.locale, variables], (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(text).digest('base64');
}
