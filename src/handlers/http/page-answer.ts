import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export type PageAnswer = APIGatewayProxyStructuredResultV2;

/** Headers of every answer that isn't data. */
export const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Browsers obey it over TLS only (RFC 6797 §8.1).
  'strict-transport-security': 'max-age=31536000',
};

/** Device features that no page needs. */
const PERMISSIONS = 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()';

/** Headers of every page, beside its own policy. */
export const PAGE_HEADERS = {
  ...EVERYWHERE,
  'content-type': 'text/html; charset=utf-8',
  'x-frame-options': 'DENY',
  'permissions-policy': PERMISSIONS,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Refuses a request in one sentence. */
export function refusal(
  statusCode: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): PageAnswer {
  return {
    statusCode,
    headers: { ...EVERYWHERE, ...headers, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: message,
  };
}
