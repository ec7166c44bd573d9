import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { SignInInput } from '../../auth/sign-in-settings.ts';
import { TOKEN_KINDS, type TrustedIssuer } from '../../auth/trusted-issuers.ts';
import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import type { BearerClaims } from './bearer.ts';
import { DEV_ALGORITHM, type DevKey, storedDevKey } from './dev-key.ts';

/** Path of its pages and endpoints on the local host. */
export const DEV_ISSUER_PATH = '/dev-issuer';

const AUDIENCE = 'bridgehead';
const TOKEN_TYPE = 'at+jwt';
const URL_FILE = 'dev-issuer-url';

/** The names of the claims that `bearerClaims` writes. */
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

/** An issuer for local development, which gives anybody a token for any role. */
export interface DevIssuer {
  /** Its entry in `OIDC_ISSUERS`. */
  readonly trusted: TrustedIssuer;
  /** Its value of `SIGN_IN`. */
  readonly signIn: SignInInput;
  readonly key: DevKey;
  sign(claims: BearerClaims, lifetimeSeconds: number): Promise<string>;
}

/**
 * Opens the issuer of local development, with the key in the data folder.
 * @param issuer its URL: `devIssuerUrl` or `recordedUrl`
 * @throws CodedError CONFIGURATION outside local mode
 */
export async function devIssuer(settings: Pick<Config, 'mode' | 'dataDir'>, issuer: string): Promise<DevIssuer> {
  if (settings.mode !== 'local') {
    throw new CodedError(
      'CONFIGURATION',
      'The development issuer gives anybody any token, so it runs in local mode only.',
    );
  }
  const key = await storedDevKey(settings.dataDir);
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
    // A path works under each of this machine's names.
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

/** Returns the issuer's URL of a system on this port. */
export const devIssuerUrl = (port: number) => `http://localhost:${port}${DEV_ISSUER_PATH}`;

/** Records the issuer's URL of the system that uses this data folder, so that a command's tokens name the same one. */
export function recordUrl(dataDir: string, issuer: string): void {
  writeFileSync(join(dataDir, URL_FILE), `${issuer}\n`);
}

/** Returns the recorded URL; undefined if there is none. */
export function recordedUrl(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, URL_FILE), 'utf8').trim();
  } catch {
    return undefined;
  }
}
