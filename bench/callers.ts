import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenKind } from '../src/auth/trusted-issuers.ts';
import { type BearerChoice, bearerClaims } from '../src/local/dev-issuer/bearer.ts';
import { devIssuer } from '../src/local/dev-issuer/dev-issuer.ts';

/** Who asks: what `npm run token` is told. */
export interface Bearer extends BearerChoice {
  readonly as: TokenKind;
}

const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-bench-'));
const issuer = await devIssuer({ mode: 'local', dataDir }, 'http://localhost/dev-issuer');

/** Whose tokens the servers take, as their environment says it. */
export const TRUSTED = { OIDC_ISSUERS: JSON.stringify([issuer.trusted]) };

/** For whom the trusted documents of a folder are; the others are for everybody. */
export const USERS: Readonly<Record<string, Bearer>> = {
  mobile: { as: 'applicant', person: 'talent-000001' },
  partner: { as: 'partner' },
  officer: { as: 'officer' },
};

/** The headers of a request by them: nobody in particular where nobody is said. */
export async function headersOf(bearer: Bearer | undefined): Promise<Record<string, string>> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  if (!bearer) return headers;
  const { as: kind, ...choice } = bearer;
  const token = await issuer.sign(bearerClaims(kind, choice, issuer.trusted), 8 * 3_600);
  return { ...headers, authorization: `Bearer ${token}` };
}
