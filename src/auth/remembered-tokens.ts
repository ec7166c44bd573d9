import { hash } from 'node:crypto';
import type { Viewer } from '../domain/viewer.ts';
import type { TokenCheck } from './issued-token.ts';

/** A signature that was right is not computed again for so long. */
const BELIEVED_MS = 60_000;
const MAX_KEPT = 2_000;

interface Remembered {
  readonly viewer: Viewer;
  readonly from: number;
  readonly until: number;
}

/**
 * Remembers whom a token was found to be of, for a minute and never beyond its end: a signature costs as much as a small
 * query. Kept is a token's hash, never the token; of what was refused nothing is kept.
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
      const until = Math.min(now + BELIEVED_MS, verdict.until ?? now);
      known.set(digest, { viewer: verdict.viewer, from: now, until });
    }
    return verdict;
  };
}
