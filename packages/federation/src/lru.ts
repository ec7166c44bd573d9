import type { DocumentNode } from 'graphql';

/** A map of bounded weight that forgets what was used longest ago. */
export class LeastRecentlyUsed<K, V> {
  readonly #entries = new Map<K, { readonly value: V; readonly weight: number }>();
  readonly #capacity: number;
  readonly #weigh: (value: V, key: K) => number;
  #weight = 0;
  /** The key that was used last: mostly the same is used again. */
  #latest: K | undefined;

  /** @param weigh by itself each entry weighs 1, so that the capacity is their number. What weighs more than all is not kept. */
  constructor(capacity: number, weigh: (value: V, key: K) => number = () => 1) {
    this.#capacity = capacity;
    this.#weigh = weigh;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry !== undefined && key !== this.#latest) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      this.#latest = key;
    }
    return entry?.value;
  }

  set(key: K, value: V): void {
    this.delete(key);
    const weight = this.#weigh(value, key);
    if (weight > this.#capacity) return;
    this.#entries.set(key, { value, weight });
    this.#weight += weight;
    this.#latest = key;
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#capacity) break;
      this.delete(oldest);
    }
  }

  delete(key: K): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }

  get size(): number {
    return this.#entries.size;
  }
}

/**
 * The characters of clients' documents for which prepared work is cached. The work for one takes some hundred times its text,
 * and clients may send as many as they like, each as long as the limits allow. It is some five hundred common documents.
 */
export const MAX_CACHED_CHARACTERS = 400_000;

/** The assumed length of a document without its text. */
const UNKNOWN = 1_000;

export function charactersOf({ loc }: DocumentNode): number {
  return loc?.source.body.length ?? UNKNOWN;
}
