import { PREFLIGHTED_HEADERS } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { COST_HEADER } from '../../edge/budget/cost-header.ts';
import { PURPOSE_HEADER } from '../gateway/graphql-event.ts';

/** What a page of another origin may send. */
const ALLOWED = [
  'authorization',
  'content-type',
  COST_HEADER,
  'if-none-match',
  'traceparent',
  PURPOSE_HEADER,
  ...PREFLIGHTED_HEADERS,
].join(', ');
/** What it may read beside the body. */
const EXPOSED = `etag, ${COST_HEADER}, retry-after, x-request-id`;
/** How long a browser may remember it. */
const SECONDS = '600';

/** Headers by which a page of an origin of the list may read an answer (Fetch, "CORS protocol"); none for any other. */
export function corsHeaders(
  { headers }: APIGatewayProxyEventV2,
  origins: readonly string[],
): Readonly<Record<string, string>> {
  const { origin } = headers;
  if (origin === undefined || !origins.includes(origin)) return {};
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED };
}

/** Answers `OPTIONS`: what a page of this origin may do, nothing where it isn't of the list. No credentials are ever allowed. */
export function preflight(
  event: APIGatewayProxyEventV2,
  origins: readonly string[],
): APIGatewayProxyStructuredResultV2 {
  const allowed = corsHeaders(event, origins);
  return {
    statusCode: 204,
    headers: {
      ...DATA_HEADERS,
      allow: 'GET, POST, OPTIONS',
      'cache-control': 'no-store',
      vary: 'origin',
      ...allowed,
      ...('access-control-allow-origin' in allowed
        ? {
            'access-control-allow-methods': 'GET, POST',
            'access-control-allow-headers': ALLOWED,
            'access-control-max-age': SECONDS,
          }
        : {}),
    },
  };
}

/** Security headers of every data answer: no sniffing, framing, embedding or referrer, and nothing to load. */
export const DATA_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  // Browsers heed it over TLS only (RFC 6797 §8.1).
  'strict-transport-security': 'max-age=31536000',
});
