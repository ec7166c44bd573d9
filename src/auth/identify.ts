import { ANONYMOUS, type Viewer } from '../domain/viewer.ts';
import { log } from '../log.ts';
import { securityEvent } from '../security-event.ts';
import { CASE_TOKEN_ISSUER } from './case-token.ts';
import { issuerOf, type TokenCheck } from './issued-token.ts';
import { type Moment, unauthenticated, type Verdict } from './verdict.ts';

/** The verification of each kind of credential. */
export interface Checks {
  readonly issuedToken: TokenCheck;
  readonly caseToken: TokenCheck;
  readonly apiKey: TokenCheck;
}

/** Log lines about refused credentials, in one instance. */
const MAX_LINES_A_SECOND = 20;

/** Identifies the caller by a request's headers, whose names are in lower case. */
export type Identify = (headers: Readonly<Record<string, string | undefined>>, moment: Moment) => Promise<Viewer>;

/**
 * Makes the function that identifies callers. A request without the header `authorization` is anonymous. The function
 * rejects with UNAUTHENTICATED for every invalid credential, whatever is wrong with it, and with IDENTITY_UNAVAILABLE
 * if it can't be verified now.
 */
export function createIdentify(checks: Checks): Identify {
  let second = 0;
  let lines = 0;
  let unreported = 0;
  /** Logs a refusal. A flood leaves `MAX_LINES_A_SECOND` lines; the next line counts those left out. */
  function report(code: string, { requestId, now }: Moment): void {
    const at = Math.floor(now.getTime() / 1_000);
    if (at !== second) [second, lines] = [at, 0];
    lines += 1;
    if (lines > MAX_LINES_A_SECOND) {
      unreported += 1;
      return;
    }
    securityEvent(log, {
      kind: 'CREDENTIAL_REFUSED',
      requestId,
      code,
      ...(unreported > 0 ? { count: 1 + unreported } : {}),
    });
    unreported = 0;
  }

  return async ({ authorization }, moment) => {
    const verdict = await judge(authorization, moment, checks);
    if ('viewer' in verdict) return verdict.viewer;
    report(verdict.refused, moment);
    throw unauthenticated();
  };
}

async function judge(header: string | undefined, moment: Moment, checks: Checks): Promise<Verdict> {
  const credential = readCredential(header);
  switch (credential.kind) {
    case 'none':
      return { viewer: ANONYMOUS };
    case 'unreadable':
      return { refused: credential.why };
    case 'apiKey':
      return checks.apiKey(credential.text, moment);
    case 'token': {
      const check = issuerOf(credential.text) === CASE_TOKEN_ISSUER ? checks.caseToken : checks.issuedToken;
      return check(credential.text, moment);
    }
  }
}

/** The credential of a request. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'apiKey'; readonly text: string }
  | { readonly kind: 'token'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly why: 'TOO_LONG' | 'NOT_BEARER' };

/** Upper limit of a token's length. Usual issuers' tokens have 1 to 2 KB. */
const MAX_CREDENTIAL_CHARACTERS = 8_192;
/** RFC 6750 §2.1 `b64token`. */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/** Prefix of every API key. */
export const API_KEY_MARK = 'bhk_';

/**
 * Reads a token or an API key from the header `authorization`, as bearer (RFC 6750). Cookies and URL parameters are
 * ignored. Two headers arrive joined by a comma and are refused.
 * @param header undefined if absent
 */
export function readCredential(header: string | undefined): Credential {
  if (header === undefined) return { kind: 'none' };
  if (header.length > MAX_CREDENTIAL_CHARACTERS) return { kind: 'unreadable', why: 'TOO_LONG' };
  const text = BEARER.exec(header)?.[1];
  if (text === undefined) return { kind: 'unreadable', why: 'NOT_BEARER' };
  return { kind: text.startsWith(API_KEY_MARK) ? 'apiKey' : 'token', text };
}
