import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { HttpAnswer } from '../gateway/server.ts';
import type { Call } from '../subgraph/request.ts';
import { DATA_HEADERS } from './answer-headers.ts';
import { compressed } from './compression.ts';
import { corsHeaders } from './cors.ts';
import { answerTag, isKnown } from './entity-tag.ts';

/** What an answer differs by. It is never kept by a cache between; one's own asks again each time. */
const VARY = 'accept, accept-encoding, accept-language, authorization, origin';

/**
 * An answer as API Gateway takes it: compressed as the client prefers, with the headers that every answer has. One to GET
 * that says nothing of how it may be kept is one's own to keep, and to be asked for again by its tag; any other isn't kept.
 */
export async function eventAnswer(
  { status, headers, body }: HttpAnswer,
  event: APIGatewayProxyEventV2,
  { requestId, locale }: Call,
  origins: readonly string[],
): Promise<APIGatewayProxyStructuredResultV2> {
  const small = await compressed(body, event.headers['accept-encoding']);
  const caching = status === 200 ? headers['cache-control'] : undefined;
  const isKept = event.requestContext.http.method === 'GET' && status === 200 && caching === undefined;
  const tag = isKept ? answerTag(body, small?.encoding) : undefined;
  const common = {
    ...headers,
    ...DATA_HEADERS,
    ...corsHeaders(event, origins),
    ...(tag === undefined
      ? { 'cache-control': caching ?? 'no-store' }
      : { 'cache-control': 'private, no-cache', etag: tag }),
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
