import { Kind } from 'graphql';
import * as z from 'zod';
import { CodedError, type ErrorCode } from '../errors.ts';
import { type Logger, SILENT } from '../logger.ts';
import type { Call, Subgraph, SubgraphRequest, SubgraphResult } from '../subgraph.ts';

/** Lambda's limit for the payload of a synchronous invocation and for its answer. */
const MAX_BYTES = 6 * 1024 * 1024;

/** A function's answer to one synchronous invocation. */
export interface InvokeAnswer {
  /** JSON; empty where the function answered nothing. */
  readonly payload: string;
  /** Present where the function failed, as Lambda's `FunctionError`. */
  readonly functionError?: string | undefined;
}

/**
 * Invokes a Lambda function with a JSON payload. Rejects with the SDK's error where the function could not be invoked, and
 * with any error when the signal aborts.
 */
export type Invoke = (payload: string, signal: AbortSignal) => Promise<InvokeAnswer>;

export interface LambdaOptions<Context extends Call = Call> {
  /** The subgraph's name in the supergraph. */
  readonly name: string;
  readonly invoke: Invoke;
  /** Returns the payload of a request, as the function reads it. */
  readonly payloadOf: (request: SubgraphRequest<Context>) => object;
  /** Default: nothing is logged. */
  readonly log?: Logger;
}

const result = z.object({
  data: z.record(z.string(), z.unknown()).nullable().optional(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Returns a subgraph behind Lambda Invoke, which ends with the call's signal. It rejects with a CodedError:
 * SUBGRAPH_UNAVAILABLE, SUBGRAPH_INVALID_RESPONSE, PAYLOAD_TOO_LARGE or DEADLINE_EXCEEDED; OUTCOME_UNKNOWN for a mutation
 * that was sent and got no usable answer.
 */
export function lambdaSubgraph<Context extends Call = Call>(options: LambdaOptions<Context>): Subgraph<Context> {
  const { name, invoke, payloadOf, log = SILENT } = options;

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

  /** Returns the error of a request whose function may have run: a mutation's outcome is not known. */
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
    const payload = JSON.stringify(payloadOf(request));
    if (Buffer.byteLength(payload) > MAX_BYTES) {
      throw fault('PAYLOAD_TOO_LARGE', 'can not be asked for so much at once');
    }
    const answer = await invoke(payload, request.call.signal).catch((cause: unknown) => {
      throw faultOf(request, cause);
    });
    if (answer.functionError !== undefined) {
      const type = errorType(answer.payload);
      log.warn('a subgraph failed', { requestId: request.call.requestId, subgraph: name, kind: type });
      throw type === 'Function.ResponseSizeTooLarge'
        ? fault('PAYLOAD_TOO_LARGE', 'has more to answer than fits')
        : afterSending(request, fault('SUBGRAPH_UNAVAILABLE', 'failed'));
    }
    const parsed = result.safeParse(parseJson(answer.payload));
    if (!parsed.success) {
      const invalid = fault('SUBGRAPH_INVALID_RESPONSE', 'answered what is no GraphQL result', parsed.error);
      throw afterSending(request, invalid);
    }
    return parsed.data as SubgraphResult;
  };
}

/** Returns whether Lambda refused to run the function (4xx, throttling among them), or was not reached at all. */
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
