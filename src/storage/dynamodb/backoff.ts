import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from './table.ts';

const FIRST_MS = 20;
const LONGEST_MS = 1_000;

/**
 * Waits before the next try: a random part of a span that doubles with each (full jitter), so that those who collided
 * don't collide again.
 * @param attempt 0 for the first
 * @returns false where the deadline passes in the meantime, at once where that is known: then there is no next try
 */
export async function backOff(scope: Scope, attempt: number): Promise<boolean> {
  const wait = Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  if (scope.signal.aborted || Date.now() + wait >= scope.deadline) return false;
  await sleep(wait);
  // A busy machine wakes late.
  return Date.now() < scope.deadline;
}
