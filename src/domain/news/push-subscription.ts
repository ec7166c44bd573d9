import * as z from 'zod';

/** A browser's subscription to a push service, as its `toJSON` writes it (Push API, section 8). */
const subscription = z.object({
  endpoint: z.url().max(1_000),
  keys: z.object({
    /** The browser's public key: an uncompressed point of P-256, base64url. */
    p256dh: z.string().regex(/^B[\w-]{86}$/),
    /** A secret of 16 bytes, base64url. */
    auth: z.string().regex(/^[\w-]{22}$/),
  }),
});
export type PushSubscription = z.infer<typeof subscription>;

/** Parses a subscription; null for another text. */
export function readPushSubscription(address: string): PushSubscription | null {
  try {
    return subscription.parse(JSON.parse(address));
  } catch {
    return null;
  }
}
