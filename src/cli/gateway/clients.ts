import { type Call, type Grants, NOBODY } from '@bridgehead/federation';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Identify } from '../../auth/identify.ts';
import { unauthenticated, unverifiable } from '../../auth/verdict.ts';
import { ANONYMOUS } from '../../domain/viewer.ts';
import type { GatewayConfiguration } from './configuration.ts';

const CLOCK_TOLERANCE_SECONDS = 5;
const JWKS_TIMEOUT_MS = 5_000;

type Headers = Readonly<Record<string, string | undefined>>;

/** What is known of the clients of requests under way. A request's signal stands for it. */
export interface Clients {
  readonly identify: Identify;
  grantsFor(call: Call): Grants;
  /** The headers of the client that a subgraph is sent. */
  headersOf(call: Call, names: readonly string[]): Record<string, string>;
}

/** Verifies clients' tokens (RFC 7519) where a configuration says by which issuer, and keeps what they came with. */
export function clientsOf({ jwt }: Pick<GatewayConfiguration, 'jwt'>): Clients {
  const keys = jwt && createRemoteJWKSet(new URL(jwt.jwksUrl), { timeoutDuration: JWKS_TIMEOUT_MS });
  const known = new WeakMap<AbortSignal, { readonly headers: Headers; readonly grants: Grants }>();
  return {
    async identify(headers, { now, signal }) {
      const grants = jwt && keys ? await grantsOfToken(headers.authorization, now, jwt, keys) : NOBODY;
      known.set(signal, { headers, grants });
      return ANONYMOUS;
    },
    grantsFor: ({ signal }) => known.get(signal)?.grants ?? NOBODY,
    headersOf({ signal }, names) {
      const headers = known.get(signal)?.headers ?? {};
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
