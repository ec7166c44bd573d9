import { LRUCache } from 'lru-cache';
import { type Viewer, viewerKey } from '../domain/viewer.ts';

const MAX_WRITERS = 10_000;

/**
 * Callers who have written lately. Their reads go past what processes keep of rarely changed data, for as long as anything
 * is kept: who publishes a park finds it in the next answer.
 */
export class RecentWriters {
  readonly #writers: LRUCache<string, true>;

  constructor(keptMs: number, now: () => number = Date.now) {
    // No time of life would be an endless one.
    this.#writers = new LRUCache({ max: MAX_WRITERS, ttl: Math.max(1, keptMs), ttlResolution: 0, perf: { now } });
  }

  add(viewer: Viewer): void {
    if (viewer.kind !== 'anonymous') this.#writers.set(viewerKey(viewer), true);
  }

  has(viewer: Viewer): boolean {
    return viewer.kind !== 'anonymous' && this.#writers.has(viewerKey(viewer));
  }
}
