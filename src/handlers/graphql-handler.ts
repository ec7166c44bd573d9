import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Identify } from '../auth/identify.ts';
import { CodedError } from '../errors.ts';
import type { GraphqlServer, HttpAnswer } from '../gateway/server.ts';
import type { Supergraph } from '../gateway/supergraph.ts';
import type { TrustedDocuments } from '../gateway/trusted-documents.ts';
import type { Call } from '../subgraph/request.ts';
import { compressed } from './compression.ts';
import { faultAnswer } from './fault-answer.ts';
import { graphqlRequest, openCall } from './graphql-event.ts';

/** What answers when it has started. */
export interface RunningGateway {
  readonly supergraph: Supergraph;
  readonly server: GraphqlServer;
  readonly documents: TrustedDocuments;
  readonly identify: Identify;
}

/** Lambda takes 6 MB for a whole answer; headers and JSON's escapes need the rest. */
const MOST_BYTES = 5 * 1024 * 1024;

export type GraphqlHandler = (
  event: APIGatewayProxyEventV2,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * Answers `GET /health` and GraphQL over HTTP, from API Gateway's HTTP API (payload 2.0). It starts with the first request,
 * and again with the next where it couldn't.
 */
export function graphqlHandler(start: () => Promise<RunningGateway>): GraphqlHandler {
  let starting: Promise<RunningGateway> | undefined;

  async function answerTo(event: APIGatewayProxyEventV2, call: Call): Promise<HttpAnswer> {
    starting ??= start();
    // What kept it from starting may be gone with the next request.
    starting.catch(() => {
      starting = undefined;
    });
    const { supergraph, server, documents, identify } = await starting;
    if (event.rawPath === '/health') return health(supergraph);
    const viewer = await identify(event.headers, call);
    return server.answer(graphqlRequest(event, documents), { ...call, viewer });
  }

  return async (event, context) => {
    const { call, end } = openCall(event, context.getRemainingTimeInMillis());
    const answer = await answerTo(event, call).catch((error: unknown) => faultAnswer(error, call.requestId));
    end();
    const result = await asResult(answer, event, call);
    return Buffer.byteLength(result.body ?? '') <= MOST_BYTES
      ? result
      : asResult(faultAnswer(tooLarge(), call.requestId), event, call);
  };
}

function health({ hash, subgraphs }: Supergraph): HttpAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify({ status: 'ok', supergraph: hash, subgraphs }),
  };
}

const tooLarge = () => new CodedError('PAYLOAD_TOO_LARGE', 'The answer is too large: ask for less at once.');

async function asResult(
  { status, headers, body }: HttpAnswer,
  event: APIGatewayProxyEventV2,
  { requestId, locale }: Call,
): Promise<APIGatewayProxyStructuredResultV2> {
  const small = await compressed(body, event.headers['accept-encoding']);
  return {
    statusCode: status,
    headers: {
      ...headers,
      'content-language': locale.toLowerCase(),
      vary: 'accept-encoding, accept-language, authorization',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...(small ? { 'content-encoding': small.encoding, 'content-length': String(small.bytes.length) } : {}),
    },
    body: small ? small.bytes.toString('base64') : body,
    isBase64Encoded: small !== undefined,
  };
}
