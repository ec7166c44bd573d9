import { type Call, CodedError, type Grants, NOBODY } from '@bridgehead/federation';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { GatewayConfiguration } from './configuration.ts';

const CLOCK_TOLERANCE_SECONDS = 5;
const JWKS_TIMEOUT_MS = 5_000;

type Headers = Readonly<Record<string, string | undefined>>;

/** The clients of requests in flight. A request is known by its call. */
export interface Clients {
  /** Returns what a request's client is granted. Rejects with UNAUTHENTICATED or IDENTITY_UNAVAILABLE. */
  identify(headers: Headers, call: Call): Promise<Grants>;
  /** Returns the headers of the client that a subgraph is sent. */
  headersOf(call: Call, names: readonly string[]): Record<string, string>;
}

/** Verifies clients' tokens (RFC 7519) where a configuration names the issuer, and keeps the headers of each request. */
export function clientsOf({ jwt }: Pick<GatewayConfiguration, 'jwt'>): Clients {
  const keys = jwt && createRemoteJWKSet(new URL(jwt.jwksUrl), { timeoutDuration: JWKS_TIMEOUT_MS });
  const known = new WeakMap<Call, Headers>();
  return {
    async identify(headers, call) {
      known.set(call, headers);
      return jwt && keys ? grantsOfToken(headers.authorization, call.now, jwt, keys) : NOBODY;
    },
    headersOf(call, names) {
      const headers = known.get(call) ?? {};
      return Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
    },
  };
}

async function grantsOfToken(
  header: string | undefined,
  now: Date,
  jwt: NonNullable<GatewayConfiguration['jwt']>,
  keys: JWTVerifyGetKey,
): Promise<Grants> {
  if (header === undefined) {
    if (jwt.isRequired) throw unauthenticated();
    return NOBODY;
  }
  const [scheme, token, ...rest] = header.split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) throw unauthenticated();
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: jwt.issuer,
      audience: jwt.audience,
      algorithms: [...jwt.algorithms],
      currentDate: now,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['exp'],
    });
    const claim = payload[jwt.scopesClaim];
    const scopes = Array.isArray(claim) ? claim.map(String) : typeof claim === 'string' ? claim.split(' ') : [];
    return { authenticated: true, scopes: new Set(scopes), policy: () => false };
  } catch (error) {
    const isOfToken = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
    throw isOfToken || error instanceof SyntaxError ? unauthenticated() : unverifiable(error);
  }
}

/** Makes the one answer to whatever is wrong with a credential: to say more would help an attacker. */
function unauthenticated(): CodedError {
  return new CodedError('UNAUTHENTICATED', 'It could not be verified who is asking.');
}

/** Makes the error of a verification that is not possible now, which says nothing of the credential. */
function unverifiable(cause: unknown): CodedError {
  const message = 'It can not be verified now who is asking. Try again in a moment.';
  return new CodedError('IDENTITY_UNAVAILABLE', message, { cause });
}
