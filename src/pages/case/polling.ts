const SHORTEST_MS = 60_000;
const LONGEST_MS = 15 * 60_000;

/**
 * Returns when to ask again, in epoch milliseconds: at the earliest at the case's own instant, and after a pause that
 * doubles with each answer without news. Returns null if the case has ended.
 * @param nextPollAfter the case's instant
 * @param quiet answers since the last news, including failures
 */
export function nextAskAt(nextPollAfter: string | null, quiet: number, now: number): number | null {
  if (nextPollAfter === null) return null;
  const pause = Math.min(SHORTEST_MS * 2 ** quiet, LONGEST_MS);
  return Math.max(Date.parse(nextPollAfter), now + pause);
}
