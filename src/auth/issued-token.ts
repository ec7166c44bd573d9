import { hash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Viewer } from '../domain/viewer.ts';
import { viewerOfClaims } from './claims.ts';
import { issuerKeys } from './issuer-keys.ts';
import type { TrustedIssuer } from './trusted-issuers.ts';
import type { Moment, Verdict } from './verdict.ts';

/** Tolerated difference between an issuer's clock and ours. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Header parameters by which a token would bring its own key or name its source (RFC 7515 §4.1.2-6). */
const KEY_BRINGING = ['jku', 'jwk', 'x5u', 'x5c'];

export type TokenCheck = (token: string, moment: Moment) => Promise<Verdict>;

/**
 * Verifies access tokens (RFC 7519) of trusted issuers: signature, issuer, audience, times, type and claims. The key
 * must be in the issuer's key set and the algorithm in the configuration. Rejects with IDENTITY_UNAVAILABLE if an
 * issuer's keys can't be fetched.
 */
export function issuedTokenCheck(issuers: readonly TrustedIssuer[]): TokenCheck {
  const known = new Map(issuers.map((issuer) => [issuer.issuer, { issuer, keys: issuerKeys(issuer) }]));
  return async (token, moment) => {
    const issuer = issuerOf(token);
    const trusted = issuer === null ? undefined : known.get(issuer);
    return trusted === undefined ? { refused: 'UNKNOWN_ISSUER' } : verify(token, moment, trusted.issuer, trusted.keys);
  };
}

/** Returns the issuer that an unverified token names, or null if the text is no token. */
export function issuerOf(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null;
  } catch {
    return null;
  }
}

async function verify(token: string, { now }: Moment, issuer: TrustedIssuer, keys: JWTVerifyGetKey): Promise<Verdict> {
  try {
    const header = decodeProtectedHeader(token);
    if (KEY_BRINGING.some((parameter) => parameter in header)) return { refused: 'BRINGS_ITS_KEY' };
    const { payload } = await jwtVerify(token, keys, {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms: issuer.algorithms,
      ...(issuer.tokenType === undefined ? {} : { typ: issuer.tokenType }),
      currentDate: now,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['exp'],
    });
    const viewer = viewerOfClaims(payload, issuer);
    if (viewer === null) return { refused: 'NO_VIEWER_IN_CLAIMS' };
    return { viewer, until: ((payload.exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1_000 };
  } catch (error) {
    if (error instanceof errors.JOSEError) return { refused: error.code };
    // The header was not JSON.
    if (error instanceof TypeError) return { refused: 'NO_TOKEN' };
    throw error;
  }
}

/** How long a verified signature is cached. */
const CACHE_MS = 60_000;
const MAX_CACHED_TOKENS = 2_000;

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
      if (known.size >= MAX_CACHED_TOKENS && oldest !== undefined) known.delete(oldest);
      const until = Math.min(now + CACHE_MS, verdict.until ?? now);
      known.set(digest, { viewer: verdict.viewer, from: now, until });
    }
    return verdict;
  };
}
