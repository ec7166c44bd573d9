import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { keySet } from './key-set.ts';
import type { TrustedIssuer } from './trusted-issuers.ts';
import { unverifiable } from './verdict.ts';

const TIMEOUT_MS = 3_000;
/** Minimum interval between fetches for a key that the set lacks. */
const COOLDOWN_MS = 30_000;
/** How long a key that the issuer has withdrawn may still be accepted. */
const MAX_AGE_MS = 600_000;
/** Pause before a failing issuer is asked again. */
const PAUSE_AFTER_FAULT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

/**
 * The keys of an issuer, fetched only from the URL in the configuration; a token's header never names their source.
 * Their age is checked on use, without a timer. A key rejects with IDENTITY_UNAVAILABLE if the set can't be fetched,
 * and with an error of jose if the set lacks the key.
 */
export function issuerKeys(
  { jwks, jwksUrl }: Pick<TrustedIssuer, 'jwks' | 'jwksUrl'>,
  { cooldownMs = COOLDOWN_MS, pauseMs = PAUSE_AFTER_FAULT_MS } = {},
): JWTVerifyGetKey {
  if (jwks !== undefined) return createLocalJWKSet(jwks);
  let faultyUntil = 0;
  return createRemoteJWKSet(new URL(jwksUrl ?? ''), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: cooldownMs,
    cacheMaxAge: MAX_AGE_MS,
    [customFetch]: async (...request) => {
      if (Date.now() < faultyUntil) throw unverifiable(new Error('the key set could not be fetched a moment ago'));
      try {
        return Response.json(await fetchKeySet(...request));
      } catch (cause) {
        faultyUntil = Date.now() + pauseMs;
        throw unverifiable(cause);
      }
    },
  });
}

async function fetchKeySet(...request: Parameters<typeof fetch>): Promise<unknown> {
  const { status, body } = await fetch(...request);
  if (status !== 200 || body === null) throw new Error(`the key set was answered with ${status}`);
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_BYTES) throw new Error('the key set is too large');
  }
  return keySet.parse(JSON.parse(text));
}
