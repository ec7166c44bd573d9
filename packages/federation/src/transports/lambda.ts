import type { InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import { Kind } from 'graphql';
import * as z from 'zod';
import { CodedError, type ErrorCode } from '../../../../src/errors.ts';
import { log } from '../../../../src/log.ts';
import { toInvokePayload } from '../../../../src/subgraph/invoke-payload.ts';
import type { Subgraph, SubgraphRequest, SubgraphResult } from '../../../../src/subgraph/request.ts';

/** Lambda's limit for the payload of a synchronous invocation and for its answer. */
const MOST_BYTES = 6 * 1024 * 1024;

export interface LambdaOptions {
  /** What the supergraph calls the subgraph. */
  readonly name: string;
  /** The function's name or ARN. */
  readonly functionName: string;
  /** Made with the first request: a gateway that invokes nothing doesn't load the SDK. */
  readonly client: () => Promise<Pick<LambdaClient, 'send'>>;
}

const result = z.object({
  data: z.record(z.string(), z.unknown()).nullable().optional(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
});

/**
 * A subgraph behind Lambda Invoke, with the call's deadline. Rejects with a CodedError: SUBGRAPH_UNAVAILABLE,
 * SUBGRAPH_INVALID_RESPONSE, PAYLOAD_TOO_LARGE or DEADLINE_EXCEEDED; OUTCOME_UNKNOWN for a mutation that was sent and of
 * which no usable answer came.
 */
export function lambdaSubgraph({ name, functionName, client }: LambdaOptions): Subgraph {
  let opening: ReturnType<typeof client> | undefined;

  async function invoke(request: SubgraphRequest, payload: string): Promise<InvokeCommandOutput> {
    try {
      const { InvokeCommand } = await import('@aws-sdk/client-lambda');
      opening ??= client();
      const command = new InvokeCommand({ FunctionName: functionName, Payload: payload });
      return await (await opening).send(command, { abortSignal: request.call.signal });
    } catch (cause) {
      throw faultOf(request, cause);
    }
  }

  function faultOf(request: SubgraphRequest, cause: unknown): CodedError {
    const { call } = request;
    const kind = cause instanceof Error ? cause.name : typeof cause;
    log.warn('could not invoke a subgraph', { requestId: call.requestId, subgraph: name, kind });
    if (call.signal.aborted || Date.now() >= call.deadline) {
      return fault('DEADLINE_EXCEEDED', 'did not answer in time', cause);
    }
    if (kind === 'RequestTooLargeException') {
      return fault('PAYLOAD_TOO_LARGE', 'can not be asked for so much at once', cause);
    }
    const unreached = fault('SUBGRAPH_UNAVAILABLE', 'can not be reached', cause);
    return wasNotRun(cause) ? unreached : afterSending(request, unreached);
  }

  /** What a function that may have run leaves of a request: of a mutation, that nobody knows. */
  function afterSending({ document }: SubgraphRequest, failed: CodedError): CodedError {
    const isMutation = document.definitions.some(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'mutation',
    );
    return isMutation ? fault('OUTCOME_UNKNOWN', 'may or may not have carried out the change', failed) : failed;
  }

  function fault(code: ErrorCode, what: string, cause?: unknown): CodedError {
    return new CodedError(code, `The subgraph ${name} ${what}.`, {
      details: { subgraph: name },
      ...(cause === undefined ? {} : { cause }),
    });
  }

  return async (request) => {
    const payload = JSON.stringify(toInvokePayload(request));
    if (Buffer.byteLength(payload) > MOST_BYTES) {
      throw fault('PAYLOAD_TOO_LARGE', 'can not be asked for so much at once');
    }
    const answer = await invoke(request, payload);
    const text = answer.Payload?.transformToString() ?? '';
    if (answer.FunctionError !== undefined) {
      const type = errorType(text);
      log.warn('a subgraph failed', { requestId: request.call.requestId, subgraph: name, kind: type });
      throw type === 'Function.ResponseSizeTooLarge'
        ? fault('PAYLOAD_TOO_LARGE', 'has more to answer than fits')
        : afterSending(request, fault('SUBGRAPH_UNAVAILABLE', 'failed'));
    }
    const parsed = result.safeParse(parseJson(text));
    if (!parsed.success) {
      const invalid = fault('SUBGRAPH_INVALID_RESPONSE', 'answered what is no GraphQL result', parsed.error);
      throw afterSending(request, invalid);
    }
    return parsed.data as SubgraphResult;
  };
}

/** Lambda refused to run the function (4xx, throttling among them), or was not reached at all. */
function wasNotRun(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return ('$fault' in cause && cause.$fault === 'client') || ('code' in cause && cause.code === 'ECONNREFUSED');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorType(payload: string): string {
  const parsed = z.object({ errorType: z.string() }).safeParse(parseJson(payload));
  return parsed.data?.errorType ?? 'unknown';
}
