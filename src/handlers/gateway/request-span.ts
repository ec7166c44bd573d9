import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Call } from '../../subgraph/request.ts';
import type { Tracing } from '../../tracing/tracing.ts';
import type { RequestFacts } from './request-line.ts';

/** Answers a request within a span, which continues the caller's trace and has the facts of the request's log line. */
export function inRequestSpan(
  tracing: Tracing,
  call: Call,
  facts: RequestFacts,
  answer: (call: Call) => Promise<APIGatewayProxyStructuredResultV2>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const start = { name: 'GraphQL request', kind: 'SERVER', parent: call.traceparent } as const;
  return tracing.span(start, async ({ traceparent, set, fail }) => {
    const result = await answer({ ...call, traceparent });
    const { statusCode = 200 } = result;
    set({
      'bridgehead.request.id': call.requestId,
      'bridgehead.client': facts.client ?? 'unidentified',
      'bridgehead.document.trusted': facts.isTrusted ?? false,
      'http.response.status_code': statusCode,
      ...(facts.document === undefined ? {} : { 'graphql.operation.name': facts.document }),
      ...(facts.cost === undefined ? {} : { 'bridgehead.cost': facts.cost }),
    });
    if (statusCode >= 500) fail(String(statusCode));
    return result;
  });
}
