/** On every answer of data: nothing may sniff, frame, embed or be told of it; it is no page and loads nothing. */
export const DATA_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  // Browsers heed it over TLS only (RFC 6797 §8.1).
  'strict-transport-security': 'max-age=31536000',
});
