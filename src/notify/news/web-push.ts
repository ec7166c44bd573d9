/** Messages to browsers by their push services (RFC 8030), encrypted for the browser alone. */
import { createPost, readEndpoint } from '@bridgehead/federation';
import { importJWK, SignJWT } from 'jose';
import * as z from 'zod';
import { readPushSubscription } from '../../domain/news/push-subscription.ts';
import { CALL_MS } from '../send.ts';
import { failed, faultOf, GONE, SENT, type SendNews } from './channel.ts';
import type { ProviderReach } from './provider-call.ts';
import { encryptPush } from './push-encryption.ts';

/** The operator's keys towards push services (VAPID, RFC 8292): `npm run secrets -- push-keys` makes them. */
export const webPushSettings = z.strictObject({
  /** How a push service reaches the operator: `mailto:` or `https:`. */
  subject: z.string().regex(/^(mailto:|https:)/),
  /** An uncompressed point of P-256, base64url. The pages' `PUSH_PUBLIC_KEY`. */
  publicKey: z.string().regex(/^B[\w-]{86}$/),
  privateKey: z.string().regex(/^[\w-]{43}$/),
});
export type WebPushSettings = z.infer<typeof webPushSettings>;

/** Time for which a push service keeps a message for a browser that is offline, in seconds. */
const TTL_SECONDS = 3 * 86_400;
/** Validity of a token for one push service, in seconds. RFC 8292 allows a day. */
const TOKEN_SECONDS = 3_600;
/** Statuses of a subscription that has ended (RFC 8030, section 7.3). */
const ENDED = [404, 410];

/** Makes the sender of messages to browsers. The topic of a message is its id: an undelivered repetition replaces it. */
export function webPushSender(settings: WebPushSettings, { reach, resolve }: ProviderReach): SendNews {
  return async ({ id, address, words }, now) => {
    const subscription = readPushSubscription(address);
    if (!subscription) return failed('NO_SUBSCRIPTION', true);
    const { endpoint, keys } = subscription;
    try {
      const text = JSON.stringify({ title: words.subject, body: words.text, tag: id });
      const body = encryptPush(Buffer.from(text), {
        p256dh: Buffer.from(keys.p256dh, 'base64url'),
        auth: Buffer.from(keys.auth, 'base64url'),
      });
      const url = readEndpoint('the push service', endpoint, reach);
      const headers = {
        'content-type': 'application/octet-stream',
        'content-encoding': 'aes128gcm',
        ttl: String(TTL_SECONDS),
        topic: id,
        authorization: `vapid t=${await tokenFor(url.origin, settings, now)}, k=${settings.publicKey}`,
      };
      const post = createPost({ url, reach, resolve });
      const answer = await post({ body, headers, isFresh: true, signal: AbortSignal.timeout(CALL_MS) });
      answer.destroy();
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300) return SENT;
      return ENDED.includes(status) ? GONE : failed(`PUSH_${status}`);
    } catch (error) {
      return failed(faultOf(error));
    }
  };
}

async function tokenFor(
  origin: string,
  { subject, publicKey, privateKey }: WebPushSettings,
  now: Date,
): Promise<string> {
  const point = Buffer.from(publicKey, 'base64url');
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33), d: privateKey };
  const key = await importJWK(jwk, 'ES256');
  return new SignJWT({})
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(origin)
    .setSubject(subject)
    .setExpirationTime(Math.floor(now.getTime() / 1_000) + TOKEN_SECONDS)
    .sign(key);
}
