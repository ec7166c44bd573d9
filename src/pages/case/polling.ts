const SHORTEST_MS = 60_000;
const LONGEST_MS = 15 * 60_000;

/**
 * When to ask again, in epoch milliseconds: not before the instant that the case names, and after a pause that doubles with
 * each answer without news. Null where nothing more happens.
 * @param nextPollAfter as the case says it
 * @param quiet answers since the last news, failures too
 */
export function nextAskAt(nextPollAfter: string | null, quiet: number, now: number): number | null {
  if (nextPollAfter === null) return null;
  const pause = Math.min(SHORTEST_MS * 2 ** quiet, LONGEST_MS);
  return Math.max(Date.parse(nextPollAfter), now + pause);
}
