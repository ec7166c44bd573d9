import { PREFLIGHTED_HEADERS } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { COST_HEADER } from '../../edge/budget/budgets.ts';
import type { HttpAnswer, SharedSeconds } from '../../edge/http-message.ts';
import type { Call } from '../../subgraph/request.ts';
import { PURPOSE_HEADER, VALIDATE_ONLY_HEADER } from '../gateway/graphql-event.ts';
import { compressed } from './compression.ts';
import { answerTag, isKnown } from './entity-tag.ts';

/** Request headers that an answer depends on. Shared caches store nobody's private answer; a client's own cache revalidates each time. */
export const VARY = 'accept, accept-encoding, accept-language, authorization, origin';

/**
 * Returns an answer in API Gateway's form, compressed as the client prefers, with the headers of every answer. A 200 to
 * GET without `cache-control` gets an ETag, and the client may store it. No other answer is stored.
 */
export async function eventAnswer(
  { status, headers, body, shared, encodings }: HttpAnswer,
  event: APIGatewayProxyEventV2,
  { requestId, locale }: Call,
  origins: readonly string[],
): Promise<APIGatewayProxyStructuredResultV2> {
  const small = await compressed(body, event.headers['accept-encoding'], encodings);
  const caching = status === 200 ? headers['cache-control'] : undefined;
  const isCacheable = event.requestContext.http.method === 'GET' && status === 200 && caching === undefined;
  const tag = isCacheable ? answerTag(body, small?.encoding) : undefined;
  const common = {
    ...headers,
    ...DATA_HEADERS,
    ...corsHeaders(event, origins),
    ...(tag === undefined
      ? { 'cache-control': caching ?? 'no-store' }
      : { 'cache-control': shared ? sharedFor(shared) : 'private, no-cache', etag: tag }),
    vary: VARY,
    'x-request-id': requestId,
  };
  if (tag !== undefined && isKnown(tag, event.headers['if-none-match'])) return { statusCode: 304, headers: common };
  return {
    statusCode: status,
    headers: {
      ...common,
      'content-language': locale.toLowerCase(),
      ...(small ? { 'content-encoding': small.encoding, 'content-length': String(small.bytes.length) } : {}),
    },
    body: small ? small.bytes.toString('base64') : body,
    isBase64Encoded: small !== undefined,
  };
}

/** Returns the rights of shared caches to an answer that is nobody's. Clients ask each time. */
function sharedFor({ fresh, stale }: SharedSeconds): string {
  return `public, max-age=0, s-maxage=${fresh}, stale-while-revalidate=${stale}`;
}

/** Request headers that a page of another origin may send. */
const ALLOWED = [
  'authorization',
  'content-type',
  COST_HEADER,
  'if-none-match',
  'traceparent',
  PURPOSE_HEADER,
  VALIDATE_ONLY_HEADER,
  ...PREFLIGHTED_HEADERS,
].join(', ');
/** Response headers that such a page may read. */
const EXPOSED = `etag, ${COST_HEADER}, retry-after, x-request-id, ${VALIDATE_ONLY_HEADER}`;
/** How long a browser may cache a preflight's answer, in seconds. */
const SECONDS = '600';

/** Returns the CORS headers for a page of a listed origin; none for any other (Fetch, "CORS protocol"). */
export function corsHeaders(
  { headers }: APIGatewayProxyEventV2,
  origins: readonly string[],
): Readonly<Record<string, string>> {
  const { origin } = headers;
  if (origin === undefined || !origins.includes(origin)) return {};
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED };
}

/**
 * Answers `OPTIONS` with the rights of this origin's pages; no rights for unlisted origins. Credentials are never
 * allowed.
 */
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
  // Browsers obey it over TLS only (RFC 6797 §8.1).
  'strict-transport-security': 'max-age=31536000',
});
