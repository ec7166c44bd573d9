/** Signatures of Standard Webhooks 1.0.0: HMAC-SHA-256 of id, instant and body, by each secret that is in use. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedContent {
  readonly id: string;
  /** Epoch seconds of the attempt. */
  readonly timestamp: number;
  readonly body: string;
}

const PREFIX = 'whsec_';

/** Returns the text of a secret as it is shown to its owner. */
export const secretText = (secret: Uint8Array): string => `${PREFIX}${Buffer.from(secret).toString('base64')}`;

/** Returns the bytes of a secret from its text. */
export const secretBytes = (text: string): Buffer => Buffer.from(text.replace(PREFIX, ''), 'base64');

/** Returns the header `webhook-signature`: one signature per secret, separated by spaces. */
export function signatures(secrets: readonly Uint8Array[], content: SignedContent): string {
  return secrets.map((secret) => signature(secret, content)).join(' ');
}

/** Tells whether a signature in a header is by this secret. The caller checks its age. */
export function isSignedBy(secret: Uint8Array, content: SignedContent, header: string): boolean {
  const expected = Buffer.from(signature(secret, content));
  return header.split(' ').some((given) => {
    const bytes = Buffer.from(given);
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
}

function signature(secret: Uint8Array, { id, timestamp, body }: SignedContent): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}
