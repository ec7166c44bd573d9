import { randomUUID } from 'node:crypto';
import { importJWK, type JWK, SignJWT } from 'jose';
import * as z from 'zod';
import { CodedError } from '../errors.ts';

/** A token that says to one audience that the gateway asks, never for whom. */
export type ServiceToken = (audience: string) => Promise<string>;

export interface ServiceTokenSettings {
  /** The gateway as partners know it, e.g. its public URL. */
  readonly issuer: string;
  /** A private key as JSON Web Key (RFC 7517) with `kid`: EC P-256 or OKP Ed25519. */
  readonly key: unknown;
}

/** A token is made for each request; so long it may be on its way, in seconds. */
const LIFETIME_SECONDS = 60;

const privateKey = z.discriminatedUnion('kty', [
  z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    kid: z.string().min(1),
    x: z.string(),
    y: z.string(),
    d: z.string(),
  }),
  z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), kid: z.string().min(1), x: z.string(), d: z.string() }),
]);

function readKey(key: unknown) {
  const parsed = privateKey.safeParse(key);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.') || 'kty').join(', ');
    throw new CodedError(
      'CONFIGURATION',
      `The key of the service tokens must be a private JSON Web Key with a kid, P-256 or Ed25519; wrong: ${where}.`,
    );
  }
  return { ...parsed.data, algorithm: parsed.data.kty === 'EC' ? 'ES256' : 'EdDSA' };
}

/** Signs a JWT (RFC 7519) for each request. Rejects with CONFIGURATION for a key that it can't sign with. */
export async function createServiceToken({ issuer, key }: ServiceTokenSettings): Promise<ServiceToken> {
  const { algorithm, ...jwk } = readKey(key);
  const signingKey = await importJWK(jwk, algorithm).catch((cause: unknown) => {
    throw new CodedError('CONFIGURATION', 'The key of the service tokens is not a key of its curve.', { cause });
  });
  return async (audience) =>
    new SignJWT()
      .setProtectedHeader({ alg: algorithm, kid: jwk.kid, typ: 'JWT' })
      .setIssuer(issuer)
      .setSubject(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${LIFETIME_SECONDS} s`)
      .setJti(randomUUID())
      .sign(signingKey);
}

/** The key set (RFC 7517 §5) by which partners verify the tokens: the public half alone. */
export function serviceKeySet(key: unknown): { readonly keys: readonly JWK[] } {
  const { algorithm, d: _secret, ...jwk } = readKey(key);
  return { keys: [{ ...jwk, alg: algorithm, use: 'sig' }] };
}
