import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { openNotes } from '../../edge/apollo-plugin.ts';
import { ERROR_KINDS, type ErrorCode } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Call } from '../../subgraph/request.ts';
import type { Tracing } from '../../tracing/tracing.ts';

/** Facts of a request, filled in while it is answered. */
export interface RequestFacts {
  /** The viewer's kind; undefined until the caller is identified. */
  client?: string;
  /** The zone of a partner's system. */
  zone?: string;
  /** The name of a trusted document. The name of any other operation is a text of the client. */
  document?: string;
  isTrusted?: boolean;
  cost?: number;
}

export interface RequestLine {
  readonly facts: RequestFacts;
  /** Writes the line. The duration is in milliseconds. */
  write(answer: { readonly status: number; readonly durationMs: number }): void;
  /** Ends the notes of the request, whether the line is written or not. */
  end(): void;
}

/** Codes in one line. */
const MAX_CODES = 8;
/** Fields in one line. A document that names more is counted by the first ones. */
const MAX_FIELDS = 500;
const NAMESPACE = 'Bridgehead/Requests';

/**
 * Opens the line of one request: one log line, which is also a metric in CloudWatch's embedded metric format. It names the
 * client's kind, a trusted document, subgraphs and codes. Of another document it has the schema's fields that it names, and
 * nothing of its texts, names or variables.
 */
export function openRequestLine(log: Pick<Log, 'info'>, stage: string, requestId: string): RequestLine {
  const { notes, end } = openNotes(requestId);
  const facts: RequestFacts = {};
  return {
    facts,
    end,
    write({ status, durationMs }) {
      const codes = [...notes.codes].sort();
      const hasFailed = status >= 500 || codes.some(isFault);
      const isRefused = !hasFailed && (status >= 400 || codes.length > 0);
      log.info('a request was answered', {
        requestId,
        stage,
        client: facts.client ?? 'unidentified',
        ...(facts.zone === undefined ? {} : { zone: facts.zone }),
        document: facts.document ?? null,
        isTrusted: facts.isTrusted ?? false,
        ...(facts.document === undefined ? { fields: notes.fields.slice(0, MAX_FIELDS) } : {}),
        subgraphs: [...notes.subgraphs].sort(),
        status,
        outcome: hasFailed ? 'FAILED' : isRefused ? 'REFUSED' : 'OK',
        codes: codes.slice(0, MAX_CODES),
        Requests: 1,
        Failed: hasFailed ? 1 : 0,
        Refused: isRefused ? 1 : 0,
        Unplanned: codes.some(isOfPlanning) ? 1 : 0,
        Cost: facts.cost ?? 0,
        Duration: Math.round(durationMs),
        _aws: {
          Timestamp: Date.now(),
          CloudWatchMetrics: [
            {
              Namespace: NAMESPACE,
              Dimensions: [['stage'], ['stage', 'client']],
              Metrics: [
                { Name: 'Requests', Unit: 'Count' },
                { Name: 'Failed', Unit: 'Count' },
                { Name: 'Refused', Unit: 'Count' },
                { Name: 'Unplanned', Unit: 'Count' },
                { Name: 'Cost', Unit: 'Count' },
                { Name: 'Duration', Unit: 'Milliseconds' },
              ],
            },
          ],
        },
      });
    },
  };
}

/** Tells whether a code stands for an operation that got no plan, or none within the planner's bounds. */
function isOfPlanning(code: string): boolean {
  return code === 'PLAN_TOO_COMPLEX' || code === 'OPERATION_NOT_PLANNABLE';
}

/** Tells whether a code stands for a fault of ours. */
function isFault(code: string): boolean {
  return Object.hasOwn(ERROR_KINDS, code) && ERROR_KINDS[code as ErrorCode].status >= 500;
}

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
