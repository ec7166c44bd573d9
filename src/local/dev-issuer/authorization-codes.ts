import { createHash, randomBytes } from 'node:crypto';
import type { BearerClaims } from './bearer.ts';

const LIFETIME_MS = 60_000;
const MAX_CODES = 100;

/** The parameters bound to an authorization code (RFC 6749 §4.1, RFC 7636). */
export interface Authorization {
  readonly claims: BearerClaims;
  readonly clientId: string;
  readonly redirectUri: string;
  /** Code challenge of the method S256. */
  readonly challenge: string;
  /** OpenID Connect's nonce, for the id token. */
  readonly nonce: string | undefined;
}

export interface CodeExchange {
  readonly code: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

/** Makes a store of codes that are valid once, for a minute. */
export function authorizationCodes() {
  const codes = new Map<string, { readonly agreed: Authorization; readonly until: number }>();
  return {
    issue(agreed: Authorization, now: number): string {
      const [oldest] = codes.keys();
      if (codes.size >= MAX_CODES && oldest !== undefined) codes.delete(oldest);
      const code = randomBytes(24).toString('base64url');
      codes.set(code, { agreed, until: now + LIFETIME_MS });
      return code;
    },
    /** Redeems a code. Returns null for any mismatch. The attempt uses the code up. */
    redeem({ code, clientId, redirectUri, verifier }: CodeExchange, now: number): Authorization | null {
      const given = codes.get(code);
      codes.delete(code);
      if (given === undefined || given.until <= now) return null;
      const { agreed } = given;
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const fits = agreed.clientId === clientId && agreed.redirectUri === redirectUri && agreed.challenge === challenge;
      return fits ? agreed : null;
    },
  };
}

export type AuthorizationCodes = ReturnType<typeof authorizationCodes>;
