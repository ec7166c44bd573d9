import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What a signature of this machine's own binds: a request, in all that matters of it. */
export interface SignedRequest {
  readonly method: 'PUT' | 'GET';
  /** `<case>/<upload>`. */
  readonly file: string;
  /** Epoch seconds. */
  readonly expires: number;
  /** What is sent, or what it is saved as. */
  readonly bound: Readonly<Record<string, string | number>>;
}

/** Signs addresses of files, and knows its own signatures again. */
export interface LinkSigner {
  sign(request: SignedRequest): string;
  isRight(request: SignedRequest, signature: string): boolean;
}

/** HMAC-SHA-256 by a key that is made of a secret for this alone. */
export function linkSigner(secret: string): LinkSigner {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'addresses of files', 32));
  const sign = ({ method, file, expires, bound }: SignedRequest) => {
    const text = JSON.stringify([method, file, expires, Object.entries(bound).sort()]);
    return createHmac('sha256', key).update(text).digest('base64url');
  };
  return {
    sign,
    isRight(request, signature) {
      const [right, given] = [Buffer.from(sign(request)), Buffer.from(signature)];
      return right.length === given.length && timingSafeEqual(right, given);
    },
  };
}
