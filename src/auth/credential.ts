/** What a caller comes with. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'apiKey'; readonly text: string }
  | { readonly kind: 'token'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly why: 'TOO_LONG' | 'NOT_BEARER' };

/** Tokens of the usual issuers have 1 to 2 KB. */
const MAX_CHARACTERS = 8_192;
/** RFC 6750 §2.1 `b64token`. */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/** What every API key begins with. */
export const API_KEY_MARK = 'bhk_';

/**
 * Reads the header `authorization`: a token, or an API key, as bearer (RFC 6750). Nothing else is looked at: no cookie, no
 * parameter of a URL. Two headers, which arrive as one with a comma, are not read.
 * @param header undefined where there is none
 */
export function readCredential(header: string | undefined): Credential {
  if (header === undefined) return { kind: 'none' };
  if (header.length > MAX_CHARACTERS) return { kind: 'unreadable', why: 'TOO_LONG' };
  const text = BEARER.exec(header)?.[1];
  if (text === undefined) return { kind: 'unreadable', why: 'NOT_BEARER' };
  return { kind: text.startsWith(API_KEY_MARK) ? 'apiKey' : 'token', text };
}
