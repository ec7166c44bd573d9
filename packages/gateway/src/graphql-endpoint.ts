import {
  acceptedType,
  type Call,
  CodedError,
  ERROR_KINDS,
  GRAPHQL_RESPONSE,
  isSimpleRequest,
  JSON_RESPONSE,
  type Limit,
  type Logger,
  type MediaType,
  maskError,
  PREFLIGHTED_HEADERS,
  retryAfter,
  statusOf,
} from '@bridgehead/federation';
import type { Clients } from './clients.ts';
import type { Pipeline, PipelineResult } from './pipeline.ts';
import { type HttpRequest, readRequest } from './request.ts';

/** An HTTP answer before compression. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface EndpointOptions {
  readonly pipeline: Pipeline;
  readonly clients: Clients;
  readonly limits: readonly Limit[];
  readonly csrfPrevention: boolean;
  readonly log: Logger;
}

/** An answer with data and errors (GraphQL over HTTP, September 2026, "Partial success"); in `application/json` it has 200. */
const PARTIAL_SUCCESS = 294;

/** Returns what answers GraphQL over HTTP. It never rejects: a refusal is an answer with errors. */
export function graphqlEndpoint(options: EndpointOptions): (request: HttpRequest, call: Call) => Promise<HttpAnswer> {
  const { pipeline, clients, limits, csrfPrevention, log } = options;

  async function run(request: HttpRequest, call: Call, type: MediaType | undefined): Promise<PipelineResult> {
    const grants = await clients.identify(request.headers, call);
    if (!type) {
      const message = 'Answers are JSON: application/graphql-response+json or application/json.';
      throw new CodedError('NOT_ACCEPTABLE', message);
    }
    if (csrfPrevention && isSimpleRequest(request.headers)) {
      const message = `A page of another site could have sent this: send the header ${PREFLIGHTED_HEADERS[0]} with any value.`;
      throw new CodedError('BAD_REQUEST', message);
    }
    return pipeline(request.method, readRequest(request, limits), call, grants);
  }

  return async (request, call) => {
    const type = acceptedType(request.headers.accept);
    try {
      return answerOf(await run(request, call, type), type ?? JSON_RESPONSE, call);
    } catch (error) {
      const coded = error instanceof CodedError ? error : new CodedError('INTERNAL_SERVER_ERROR', '', { cause: error });
      const { code, message, details } = coded;
      if (ERROR_KINDS[code as keyof typeof ERROR_KINDS].status >= 500) {
        log.error('a request failed', { requestId: call.requestId, code }, error);
      }
      const told = maskError({ message, extensions: { ...details, code } }, ERROR_KINDS, call.requestId);
      return answerOf({ errors: [told] }, type ?? JSON_RESPONSE, call);
    }
  };
}

function answerOf(result: PipelineResult, type: MediaType, { now }: Call): HttpAnswer {
  const { data, errors = [] } = result;
  const isRefused = data === undefined;
  const status = isRefused
    ? statusOf(errors, ERROR_KINDS, type)
    : errors.length > 0 && type === GRAPHQL_RESPONSE
      ? PARTIAL_SUCCESS
      : 200;
  return {
    status,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      ...(status === 405 ? { allow: 'GET, POST' } : {}),
      // RFC 6750 §3; the same whatever was wrong.
      ...(status === 401 ? { 'www-authenticate': 'Bearer realm="gateway", error="invalid_token"' } : {}),
      ...(status === 415 ? { 'accept-encoding': 'identity' } : {}),
      ...(isRefused ? retryAfter(errors, ERROR_KINDS, now) : {}),
    },
    body: JSON.stringify(result),
  };
}
