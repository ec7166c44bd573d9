/**
 * The p% rule for sums over enterprises (Hundepool et al., Statistical Disclosure Control, 2012, section 4.2). A sum is
 * dominated if its second-largest contributor could estimate the largest one to within p per cent: all others together
 * contribute less than p per cent of the largest. A sum of one or two contributors always is.
 */

/** The p of the rule. */
export const DOMINANCE_PERCENT = 15;

/** A sum over enterprises, with upper bounds of its two largest contributions. */
export interface Contributions {
  readonly sum: number;
  readonly largest: number;
  readonly second: number;
}

export const NO_CONTRIBUTIONS: Contributions = { sum: 0, largest: 0, second: 0 };

/** Returns whether a sum is dominated. Bounds above the true contributions dominate more sums, never fewer. */
export function isDominated({ sum, largest, second }: Contributions): boolean {
  return sum > 0 && (sum - largest - second) * 100 < DOMINANCE_PERCENT * largest;
}

/** Returns the contributions of two groups without a common enterprise. */
export function addContributions(a: Contributions, b: Contributions): Contributions {
  return {
    sum: a.sum + b.sum,
    largest: Math.max(a.largest, b.largest),
    second: Math.max(Math.min(a.largest, b.largest), a.second, b.second),
  };
}

/** Returns the contributions in a sum that has each enterprise several times. */
export function scaled({ sum, largest, second }: Contributions, times: number): Contributions {
  return { sum: times * sum, largest: times * largest, second: times * second };
}

/** Returns the contributions of a group of which only the sum is known, as one enterprise's. */
export function unknownContributions(sum: number): Contributions {
  return { sum, largest: sum, second: 0 };
}

/** Renard numbers (ISO 3), rounded up, in tenths: each is at most 30 per cent above the one before. */
const STEPS = [10, 13, 16, 20, 25, 32, 40, 50, 64, 80, 100];
/** The largest contribution that is its own bound. */
const MAX_EXACT = 10;

/**
 * Returns the bound by which a contribution is counted. Counts by bound can be added and subtracted, so a corrected
 * report needs no search for the next largest enterprise.
 */
export function boundOf(contribution: number): number {
  if (contribution <= MAX_EXACT) return contribution;
  let scale = 1;
  while (contribution > MAX_EXACT * scale * 10) scale *= 10;
  return (STEPS.find((step) => contribution <= step * scale) ?? MAX_EXACT * 10) * scale;
}

/** Returns the contributions of enterprises that are counted by bound. */
export function contributionsOf(sum: number, counts: ReadonlyMap<number, number>): Contributions {
  const descending = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => b - a);
  const [[largest, count] = [0, 0], [next] = [0]] = descending;
  return { sum, largest, second: count > 1 ? largest : next };
}
