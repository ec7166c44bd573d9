import { createHash, createHmac } from 'node:crypto';

/** A request to Alibaba Cloud's OpenAPI before it is signed. */
export interface Acs3Request {
  readonly host: string;
  readonly action: string;
  /** The version of the API, e.g. `2017-05-25`. */
  readonly version: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Parameters that are sent as a form in the body. */
  readonly form?: Readonly<Record<string, string>>;
  /** ISO 8601 in UTC, without milliseconds. */
  readonly date: string;
  readonly nonce: string;
}

export interface Acs3Key {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/**
 * Signs a request by Alibaba Cloud's signature V3, "Request syntax and signature method V3":
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function signAcs3(request: Acs3Request, { accessKeyId, accessKeySecret }: Acs3Key) {
  const query = encoded(request.query ?? {});
  const body = encoded(request.form ?? {});
  const headers: Record<string, string> = {
    ...(body === '' ? {} : { 'content-type': FORM_TYPE }),
    host: request.host,
    'x-acs-action': request.action,
    'x-acs-content-sha256': sha256(body),
    'x-acs-date': request.date,
    'x-acs-signature-nonce': request.nonce,
    'x-acs-version': request.version,
  };
  const names = Object.keys(headers).toSorted();
  const signed = names.join(';');
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = ['POST', '/', query, lines, signed, headers['x-acs-content-sha256']].join('\n');
  const signature = createHmac('sha256', accessKeySecret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `${ALGORITHM} Credential=${accessKeyId},SignedHeaders=${signed},Signature=${signature}`;
  return { path: query === '' ? '/' : `/?${query}`, body, headers: { ...headers, authorization } };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Encodes parameters in the order of their names, as RFC 3986 says. */
function encoded(parameters: Readonly<Record<string, string>>): string {
  const names = Object.keys(parameters).toSorted();
  return names.map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`).join('&');
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
