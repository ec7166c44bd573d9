import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpAnswer, SharedSeconds } from '../../edge/http-message.ts';
import type { Call } from '../../subgraph/request.ts';
import { compressed } from './compression.ts';
import { answerTag, isKnown } from './entity-tag.ts';
import { corsHeaders, DATA_HEADERS } from './headers.ts';

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
