/** Money as an integer number of fen (1/100 yuan); written as a text, since it may pass what a JSON number holds. */
export type Fen = bigint;

/** All of it: ratios are whole basis points, 1/100 of a per cent. */
export const ALL_BASIS_POINTS = 10_000;

/** Reads fen as they are stored and sent: an integer without spaces or a plus sign. Null for anything else. */
export function fenOf(text: string): Fen | null {
  return /^-?(0|[1-9]\d*)$/.test(text) && text !== '-0' ? BigInt(text) : null;
}

/**
 * Shares an amount out, leaving no remainder: each part is at most one fen away from its exact share, and the parts sum to
 * the amount. What truncation leaves goes, one fen each, to the largest remainders; of equal ones the earlier part is first.
 * @param shares basis points, that sum to 10,000
 * @throws RangeError where they don't
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
