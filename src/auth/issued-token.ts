import { decodeJwt, decodeProtectedHeader, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { viewerOfClaims } from './claims.ts';
import { issuerKeys } from './issuer-keys.ts';
import type { TrustedIssuer } from './trusted-issuers.ts';
import type { Moment, Verdict } from './verdict.ts';

/** How far an issuer's clock and ours may differ. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Header parameters by which a token would bring its own key, or say where to get it (RFC 7515 §4.1.2-6). */
const KEY_BRINGING = ['jku', 'jwk', 'x5u', 'x5c'];

export type TokenCheck = (token: string, moment: Moment) => Promise<Verdict>;

/**
 * Verifies access tokens (RFC 7519) of the issuers that are trusted: signature, by a key of the issuer's own set and an
 * algorithm that the configuration allows, issuer, audience, times, type, and claims that make a viewer.
 * The check rejects with IDENTITY_UNAVAILABLE where an issuer's keys can't be had.
 */
export function issuedTokenCheck(issuers: readonly TrustedIssuer[]): TokenCheck {
  const known = new Map(issuers.map((issuer) => [issuer.issuer, { issuer, keys: issuerKeys(issuer) }]));
  return async (token, moment) => {
    const issuer = issuerOf(token);
    const trusted = issuer === null ? undefined : known.get(issuer);
    return trusted === undefined ? { refused: 'UNKNOWN_ISSUER' } : verify(token, moment, trusted.issuer, trusted.keys);
  };
}

/** Who a token says that it is from, before anything of it is believed; null for what is no token. */
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
    // The header was no JSON.
    if (error instanceof TypeError) return { refused: 'NO_TOKEN' };
    throw error;
  }
}
