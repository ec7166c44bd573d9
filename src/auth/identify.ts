import { ANONYMOUS, type Viewer } from '../domain/viewer.ts';
import { log } from '../log.ts';
import { securityEvent } from '../security-event.ts';
import { CASE_TOKEN_ISSUER } from './case-token.ts';
import { readCredential } from './credential.ts';
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
