/** The credential of a request. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'apiKey'; readonly text: string }
  | { readonly kind: 'token'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly why: 'TOO_LONG' | 'NOT_BEARER' };

/** Upper limit of a token's length. Usual issuers' tokens have 1 to 2 KB. */
const MAX_CHARACTERS = 8_192;
/** RFC 6750 §2.1 `b64token`. */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/** Prefix of every API key. */
export const API_KEY_MARK = 'bhk_';

/**
 * Reads a token or an API key from the header `authorization`, as bearer (RFC 6750). Cookies and URL parameters are
 * ignored. Two headers arrive joined by a comma and are refused.
 * @param header undefined if absent
 */
export function readCredential(header: string | undefined): Credential {
  if (header === undefined) return { kind: 'none' };
  if (header.length > MAX_CHARACTERS) return { kind: 'unreadable', why: 'TOO_LONG' };
  const text = BEARER.exec(header)?.[1];
  if (text === undefined) return { kind: 'unreadable', why: 'NOT_BEARER' };
  return { kind: text.startsWith(API_KEY_MARK) ? 'apiKey' : 'token', text };
}
