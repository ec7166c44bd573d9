/** Pseudo-random numbers that are the same in every run: demo data must not differ between machines. */
export interface Random {
  /** From 0, excluding 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
  /** Returns a copy in another order. */
  shuffled<T>(list: readonly T[]): T[];
  chance(probability: number): boolean;
}

/** Makes a stream of numbers that depends on the name alone, so that one part of the data doesn't shift another. */
export function randomOf(name: string): Random {
  // FNV-1a makes the seed, mulberry32 the stream; both are in the public domain.
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) state = Math.imul(state ^ byte, 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    integer,
    pick: (from) => {
      const picked = from[integer(0, from.length - 1)];
      if (picked === undefined) throw new RangeError('nothing to pick from');
      return picked;
    },
    shuffled: (list) => {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = integer(0, i);
        [copy[i], copy[j]] = [copy[j]!, copy[i]!];
      }
      return copy;
    },
    chance: (probability) => next() < probability,
  };
}

/**
 * Splits `total` into whole numbers of at least `least`, roughly in proportion to the weights.
 * @throws RangeError if `total` is too small
 */
export function apportion(total: number, weights: readonly number[], least: number): number[] {
  const spare = total - least * weights.length;
  if (spare < 0) throw new RangeError(`${total} is too few for ${weights.length} of at least ${least}`);
  const sum = weights.reduce((a, b) => a + b, 0);
  const parts = weights.map((weight) => Math.floor((spare * weight) / sum));
  let left = spare - parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => least + part + (left-- > 0 ? 1 : 0));
}
