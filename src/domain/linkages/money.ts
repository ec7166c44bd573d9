/**
 * Money as an integer number of fen (1/100 yuan). It is sent as a text, since it may exceed the range of a JSON number.
 */
export type Fen = bigint;

/** The whole in basis points (1/100 of a per cent). */
export const ALL_BASIS_POINTS = 10_000;

/** Reads fen as stored and sent: an integer without spaces and plus sign. Returns null for every other text. */
export function fenOf(text: string): Fen | null {
  return /^-?(0|[1-9]\d*)$/.test(text) && text !== '-0' ? BigInt(text) : null;
}

/**
 * Divides an amount into parts without remainder. Each part is at most one fen away from its exact share. The fen left
 * by truncation go, one each, to the largest remainders, and among equals to the earlier part.
 * @param shares basis points that sum to 10,000
 * @throws RangeError for other shares
 */
export function allocate(amount: Fen, shares: readonly number[]): Fen[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  if (sum !== ALL_BASIS_POINTS || shares.some((share) => !Number.isInteger(share) || share < 0)) {
    throw new RangeError('shares are basis points that sum to 10,000');
  }
  const sign = amount < 0n ? -1n : 1n;
  const whole = BigInt(ALL_BASIS_POINTS);
  const exact = shares.map((share) => amount * sign * BigInt(share));
  const parts = exact.map((product) => product / whole);
  const left = amount * sign - parts.reduce((total, part) => total + part, 0n);
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product % whole }))
    .sort((a, b) => Number(b.remainder - a.remainder) || a.index - b.index)
    .slice(0, Number(left));
  for (const { index } of byRemainder) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts.map((part) => part * sign);
}
