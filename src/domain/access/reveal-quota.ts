import type { RevealGround } from './reveal.ts';

/** Limits on the persons whose values one officer may open in one day (Asia/Shanghai). The same person counts once. */
export interface RevealQuota {
  /** In cases that the officer has claimed. */
  readonly claimed: number;
  /** In other cases: emergencies. */
  readonly unclaimed: number;
}

/** The quota of a zone without its own setting. */
export const DEFAULT_REVEAL_QUOTA: RevealQuota = { claimed: 200, unclaimed: 30 };
/** Upper bound of a zone's own setting: the persons of a day are stored in one item. */
export const MAX_REVEAL_QUOTA = 2_000;

export function quotaFor(ground: Exclude<RevealGround, 'OWN'>, quota: RevealQuota): number {
  return ground === 'CLAIMED' ? quota.claimed : quota.unclaimed;
}
