/** AWS Signature Version 4 of the JSON protocol's requests. The day's signing key is derived once a day and credentials. */
import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Signed headers by lower-case name, in the order of their names. */
export type SignedHeaders = Readonly<Record<string, string>>;

export interface Signer {
  /**
   * Returns the headers of a POST with their signature.
   * @param headers by lower-case name: those to sign, which `host` is one of
   */
  sign(
    request: { readonly path: string; readonly headers: SignedHeaders; readonly body: string },
    credentials: Credentials,
    at: Date,
  ): SignedHeaders;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** @param service the name in signatures, e.g. `dynamodb` */
export function awsSigner(region: string, service: string): Signer {
  let known: { readonly day: string; readonly secret: string; readonly key: Buffer } | undefined;

  function signingKey(day: string, secret: string): Buffer {
    if (known?.day !== day || known.secret !== secret) {
      const key = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${secret}`, day));
      known = { day, secret, key };
    }
    return known.key;
  }

  return {
    sign({ path, headers, body }, { accessKeyId, secretAccessKey, sessionToken }, at) {
      const instant = at.toISOString().replace(/[-:]|\.\d{3}/g, '');
      const day = instant.slice(0, 8);
      const all: Record<string, string> = {
        ...headers,
        'x-amz-date': instant,
        ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
      };
      const names = Object.keys(all).sort();
      const signedNames = names.join(';');
      const canonical = `POST\n${path}\n\n${names.map((name) => `${name}:${all[name]}\n`).join('')}\n${signedNames}\n${sha256(body)}`;
      const scope = `${day}/${region}/${service}/aws4_request`;
      const toSign = `AWS4-HMAC-SHA256\n${instant}\n${scope}\n${sha256(canonical)}`;
      const signature = createHmac('sha256', signingKey(day, secretAccessKey)).update(toSign).digest('hex');
      all.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signedNames}, Signature=${signature}`;
      return all;
    },
  };
}
