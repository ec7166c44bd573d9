/** Rounding of a rate to its decimals. Publishers may truncate where mathematics would round half up. */
export type Rounding = 'TRUNCATE' | 'HALF_UP';

/** The unit of a rate: 0.872 is written as `0.872` or as `87.2`. */
export type RateUnit = 'RATIO' | 'PER_CENT';

/** A rate as its two whole numbers. It is never stored as a decimal alone. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * Returns a ratio as a decimal text, computed with integers: 206/236 in per cent with one decimal is `87.2` truncated
 * and `87.3` half up.
 * @returns null where the denominator is 0
 * @throws RangeError where a part is not a whole number of 0 or more
 */
export function rateOf(ratio: Ratio, rounding: Rounding, unit: RateUnit = 'PER_CENT', decimals = 1): string | null {
  for (const part of [ratio.numerator, ratio.denominator]) {
    if (!Number.isSafeInteger(part) || part < 0) throw new RangeError(`${part} is not a part of a ratio`);
  }
  if (ratio.denominator === 0) return null;
  const denominator = BigInt(ratio.denominator);
  const scaled = BigInt(ratio.numerator) * 10n ** BigInt(decimals + (unit === 'PER_CENT' ? 2 : 0));
  const half = rounding === 'HALF_UP' ? denominator : 0n;
  const digits = String((2n * scaled + half) / (2n * denominator)).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
