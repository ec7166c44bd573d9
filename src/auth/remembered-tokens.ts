import { hash } from 'node:crypto';
import type { Viewer } from '../domain/viewer.ts';
import type { TokenCheck } from './issued-token.ts';

/** How long a verified signature is cached. */
const CACHE_MS = 60_000;
const MAX_KEPT = 2_000;

interface Remembered {
  readonly viewer: Viewer;
  readonly from: number;
  readonly until: number;
}

/**
 * Caches the viewers of verified tokens, for a minute and never beyond a token's expiry: a verification costs as much
 * as a small query. The cache holds hashes of tokens, never tokens. Refused tokens are not cached.
 */
export function rememberingCheck(check: TokenCheck): TokenCheck {
  const known = new Map<string, Remembered>();
  return async (token, moment) => {
    const digest = hash('sha256', token, 'base64');
    const now = moment.now.getTime();
    const found = known.get(digest);
    if (found && found.from <= now && now < found.until) return { viewer: found.viewer, until: found.until };
    known.delete(digest);
    const verdict = await check(token, moment);
    if ('viewer' in verdict) {
      const [oldest] = known.keys();
      if (known.size >= MAX_KEPT && oldest !== undefined) known.delete(oldest);
      const until = Math.min(now + CACHE_MS, verdict.until ?? now);
      known.set(digest, { viewer: verdict.viewer, from: now, until });
    }
    return verdict;
  };
}
