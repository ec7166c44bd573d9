import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { SignInInput } from '../../auth/sign-in-settings.ts';
import { TOKEN_KINDS, type TrustedIssuer } from '../../auth/trusted-issuers.ts';
import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import type { BearerClaims } from './bearer.ts';
import { DEV_ALGORITHM, type DevKey, keptDevKey } from './kept-key.ts';

/** Its pages and endpoints are below this path of the local host. */
export const DEV_ISSUER_PATH = '/dev-issuer';

const AUDIENCE = 'bridgehead';
const TOKEN_TYPE = 'at+jwt';
const URL_FILE = 'dev-issuer-url';

/** The names of claims as `bearerClaims` writes them. */
const CLAIMS: TrustedIssuer['claims'] = {
  kind: 'viewer_kind',
  person: 'sub',
  client: 'client_id',
  agency: 'agency',
  zone: 'zone',
  roles: 'roles',
  idNumber: 'id_number',
  enterprise: 'enterprise',
};

/** An issuer for the machine at hand, which gives anybody a token for anything. */
export interface DevIssuer {
  /** As it is in `OIDC_ISSUERS`. */
  readonly trusted: TrustedIssuer;
  /** As it is in `SIGN_IN`. */
  readonly signIn: SignInInput;
  readonly key: DevKey;
  sign(claims: BearerClaims, lifetimeSeconds: number): Promise<string>;
}

/**
 * The issuer of local development, with the key that the data folder keeps.
 * @param issuer its URL: `devIssuerUrl` or `recordedUrl`
 * @throws CodedError CONFIGURATION outside local mode
 */
export async function devIssuer(settings: Pick<Config, 'mode' | 'dataDir'>, issuer: string): Promise<DevIssuer> {
  if (settings.mode !== 'local') {
    throw new CodedError('CONFIGURATION', 'The issuer of local development gives anybody any token: local mode only.');
  }
  const key = await keptDevKey(settings.dataDir);
  return {
    key,
    trusted: {
      issuer,
      audience: AUDIENCE,
      jwks: { keys: [key.public] },
      algorithms: [DEV_ALGORITHM],
      tokenType: TOKEN_TYPE,
      kinds: [...TOKEN_KINDS],
      claims: CLAIMS,
    },
    // Of whichever of this machine's names the page has been opened by.
    signIn: {
      issuer,
      authorizationEndpoint: `${DEV_ISSUER_PATH}/authorize`,
      tokenEndpoint: `${DEV_ISSUER_PATH}/token`,
      clientId: 'bridgehead-pages',
      idTokenAlgorithm: DEV_ALGORITHM,
      claims: CLAIMS,
    },
    sign: (claims, lifetimeSeconds) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: DEV_ALGORITHM, typ: TOKEN_TYPE, kid: key.id })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds} s`)
        .sign(key.signing),
  };
}

/** Where the issuer of a system on this port is. */
export const devIssuerUrl = (port: number) => `http://localhost:${port}${DEV_ISSUER_PATH}`;

/** Notes where the system that uses this data folder has its issuer, so that a token made by a command says the same. */
export function recordUrl(dataDir: string, issuer: string): void {
  writeFileSync(join(dataDir, URL_FILE), `${issuer}\n`);
}

/** What was noted last; undefined where nothing was. */
export function recordedUrl(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, URL_FILE), 'utf8').trim();
  } catch {
    return undefined;
  }
}
