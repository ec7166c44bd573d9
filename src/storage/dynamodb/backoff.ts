import { setTimeout as sleep } from 'node:timers/promises';
import type { Scope } from './table.ts';

const FIRST_MS = 20;
const MAX_MS = 1_000;

/**
 * Waits before the next try: a random part of a span that doubles with each try (full jitter), so that colliding
 * requests don't collide again.
 * @param attempt 0 for the first
 * @returns false where the deadline ends the tries; at once, if the wait would pass it
 */
export async function backOff(scope: Scope, attempt: number): Promise<boolean> {
  const wait = Math.random() * Math.min(MAX_MS, FIRST_MS * 2 ** attempt);
  if (scope.signal.aborted || Date.now() + wait >= scope.deadline) return false;
  await sleep(wait);
  // A busy machine fires timers late.
  return Date.now() < scope.deadline;
}
