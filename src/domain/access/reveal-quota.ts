import type { RevealGround } from './reveal.ts';

/** Persons of whom one officer may open values on one day (Asia/Shanghai). The same person again is free. */
export interface RevealQuota {
  /** In cases that the officer has claimed. */
  readonly claimed: number;
  /** Outside of them: in emergencies. */
  readonly unclaimed: number;
}

/** The quota of a zone for which no administrator has set another. */
export const DEFAULT_REVEAL_QUOTA: RevealQuota = { claimed: 200, unclaimed: 30 };
/** The most that an administrator may set: a day's persons are kept in one item. */
export const MAX_REVEAL_QUOTA = 2_000;

export function quotaFor(ground: Exclude<RevealGround, 'OWN'>, quota: RevealQuota): number {
  return ground === 'CLAIMED' ? quota.claimed : quota.unclaimed;
}
