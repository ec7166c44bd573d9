import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** A request with the properties that a local signature binds. */
export interface SignedRequest {
  readonly method: 'PUT' | 'GET';
  /** `<case>/<upload>`. */
  readonly file: string;
  /** Epoch seconds. */
  readonly expires: number;
  /** The headers of an upload, or the file name and type of a download. */
  readonly bound: Readonly<Record<string, string | number>>;
}

/** A signer of addresses of files, which verifies its own signatures. */
export interface LinkSigner {
  sign(request: SignedRequest): string;
  isValid(request: SignedRequest, signature: string): boolean;
}

/** Returns a signer: HMAC-SHA-256 with a key derived from a secret for this purpose alone. */
export function linkSigner(secret: string): LinkSigner {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'addresses of files', 32));
  const sign = ({ method, file, expires, bound }: SignedRequest) => {
    const text = JSON.stringify([method, file, expires, Object.entries(bound).sort()]);
    return createHmac('sha256', key).update(text).digest('base64url');
  };
  return {
    sign,
    isValid(request, signature) {
      const [expected, given] = [Buffer.from(sign(request)), Buffer.from(signature)];
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}
