import { hkdfSync } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { isIdOf } from '../domain/ids.ts';
import type { TokenCheck } from './issued-token.ts';

/** Whose tokens these are: our own, for nobody but ourselves. */
export const CASE_TOKEN_ISSUER = 'urn:bridgehead:case-holder';
export const CASE_TOKEN_SECONDS = 900;

const TYPE = 'case+jwt';
const ALGORITHM = 'HS256';

export interface CaseTokens {
  /** A token that reaches one case, for a quarter of an hour from `now`. */
  sign(caseId: string, now: Date): Promise<string>;
  readonly check: TokenCheck;
}

/** @param secret at least 32 characters; tokens made with another are refused */
export function caseTokens(secret: string): CaseTokens {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'case holders', 32));
  return {
    sign: (caseId, now) => {
      const from = Math.floor(now.getTime() / 1000);
      return new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuer(CASE_TOKEN_ISSUER)
        .setAudience(CASE_TOKEN_ISSUER)
        .setSubject(caseId)
        .setIssuedAt(from)
        .setExpirationTime(from + CASE_TOKEN_SECONDS)
        .sign(key);
    },
    async check(token, { now }) {
      try {
        const { payload } = await jwtVerify(token, key, {
          issuer: CASE_TOKEN_ISSUER,
          audience: CASE_TOKEN_ISSUER,
          algorithms: [ALGORITHM],
          typ: TYPE,
          currentDate: now,
          requiredClaims: ['exp', 'sub'],
        });
        const { sub = '', exp = 0 } = payload;
        if (!isIdOf('case', sub)) return { refused: 'NO_CASE' };
        return { viewer: { kind: 'caseHolder', caseId: sub }, until: exp * 1_000 };
      } catch (error) {
        if (error instanceof errors.JOSEError) return { refused: error.code };
        throw error;
      }
    },
  };
}
