import { LeastRecentlyUsed } from '@bridgehead/federation';
import { type Viewer, viewerKey } from '../domain/viewer.ts';

const MAX_WRITERS = 10_000;

/**
 * Callers who have written lately. Their reads go past what processes keep of rarely changed data, for as long as anything
 * is kept: who publishes a park finds it in the next answer.
 */
export class RecentWriters {
  readonly #until = new LeastRecentlyUsed<string, number>(MAX_WRITERS);
  readonly #keptMs: number;
  readonly #now: () => number;

  constructor(keptMs: number, now: () => number = Date.now) {
    this.#keptMs = keptMs;
    this.#now = now;
  }

  add(viewer: Viewer): void {
    if (viewer.kind !== 'anonymous') this.#until.set(viewerKey(viewer), this.#now() + this.#keptMs);
  }

  has(viewer: Viewer): boolean {
    return viewer.kind !== 'anonymous' && this.#now() < (this.#until.get(viewerKey(viewer)) ?? 0);
  }
}
