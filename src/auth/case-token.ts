import { hkdfSync } from 'node:crypto';
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import { isIdOf } from '../domain/ids.ts';
import type { Secret } from '../secrets.ts';
import { caseSecretVersion } from './case-secret.ts';
import type { TokenCheck } from './issued-token.ts';
import type { Moment } from './verdict.ts';

/** Issuer and audience of case holders' tokens: this service issues and accepts them. */
export const CASE_TOKEN_ISSUER = 'urn:bridgehead:case-holder';
export const CASE_TOKEN_SECONDS = 900;

const TYPE = 'case+jwt';
const ALGORITHM = 'HS256';
const RECEIPT = 'receipt';
const SECRET_VERSION = 'secret_version';

/** The case that a token opens, and the secret that opened it. */
export interface CaseGrant {
  readonly caseId: string;
  readonly receiptNumber: string;
  /** The secret's salt. */
  readonly salt: string;
}

export interface CaseTokens {
  /** Signs a token for one case, valid for 15 minutes from `now`, at most until the secret is renewed. */
  sign(grant: CaseGrant, now: Date): Promise<string>;
  readonly check: TokenCheck;
}

/** Makes tokens under a rotated secret: signed with the current value, verified with every accepted one. */
export function rotatingCaseTokens(secret: () => Secret): CaseTokens {
  return {
    sign: (grant, now) => caseTokens(secret().current).sign(grant, now),
    async check(token, moment) {
      const [first, ...others] = secret().accepted.map((value) => caseTokens(value));
      let verdict = await (first ?? caseTokens(secret().current)).check(token, moment);
      for (const other of others) {
        if ('refused' in verdict) verdict = await other.check(token, moment);
      }
      return verdict;
    },
  };
}

/**
 * Makes tokens under one secret.
 * @param secret at least 32 characters; tokens made with another are refused
 */
export function caseTokens(secret: string): CaseTokens {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'case holders', 32));
  return {
    sign: ({ caseId, receiptNumber, salt }, now) => {
      const from = Math.floor(now.getTime() / 1000);
      return new SignJWT({ [RECEIPT]: receiptNumber, [SECRET_VERSION]: caseSecretVersion(salt) })
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
          requiredClaims: ['exp', 'sub', RECEIPT, SECRET_VERSION],
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

/**
 * Refuses a token whose secret was renewed or erased since. Each request costs one read, so a renewal ends every token
 * at the next request. The inner check may cache signatures.
 * @param saltOf reads the salt of a receipt's secret; null if there is none
 */
export function boundToSecret(
  check: TokenCheck,
  saltOf: (receiptNumber: string, moment: Moment) => Promise<string | null>,
): TokenCheck {
  return async (token, moment) => {
    const verdict = await check(token, moment);
    if ('refused' in verdict) return verdict;
    const claims = decodeJwt(token);
    const salt = await saltOf(String(claims[RECEIPT]), moment);
    const isCurrent = salt !== null && caseSecretVersion(salt) === claims[SECRET_VERSION];
    return isCurrent ? verdict : { refused: 'SECRET_RENEWED' };
  };
}
