import { type DocumentNode, parse } from 'graphql';
import { CodedError } from '../errors.ts';
import { log } from '../log.ts';
import { type InvokePayload, invokePayload } from './invoke-payload.ts';
import type { Call, Subgraph, SubgraphResult } from './request.ts';

const MAX_DOCUMENTS = 500;

/**
 * Serves a subgraph behind Lambda Invoke. Throws only for payloads that our gateway never sends; Lambda reports that as
 * a function error.
 */
export function serveInvoke(subgraph: Subgraph): (payload: unknown) => Promise<SubgraphResult> {
  const documents = new Map<string, DocumentNode>();
  return async (event) => {
    const payload = readPayload(event);
    const { query, variables } = payload;
    return subgraph({ document: parseOnce(documents, query), query, variables, call: toCall(payload.call) });
  };
}

function readPayload(event: unknown): InvokePayload {
  const parsed = invokePayload.safeParse(event);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => issue.path.join('.') || 'payload');
  log.warn('refused an invocation', { code: 'BAD_USER_INPUT', fields: faults });
  throw new CodedError('BAD_USER_INPUT', `The payload is not a subgraph request: ${faults.join(', ')}.`);
}

/**
 * Returns the same document object for the same text, so that frequent documents are compiled. The oldest is evicted
 * first.
 */
function parseOnce(documents: Map<string, DocumentNode>, query: string): DocumentNode {
  const known = documents.get(query);
  if (known) return known;
  const document = parse(query, { noLocation: true });
  const [oldest] = documents.keys();
  if (documents.size >= MAX_DOCUMENTS && oldest !== undefined) documents.delete(oldest);
  documents.set(query, document);
  return document;
}

function toCall({
  now,
  remainingMilliseconds,
  purpose,
  traceparent,
  hasWritten,
  ...same
}: InvokePayload['call']): Call {
  return {
    ...same,
    now: new Date(now),
    deadline: Date.now() + remainingMilliseconds,
    signal: AbortSignal.timeout(Math.max(0, Math.trunc(remainingMilliseconds))),
    ...(hasWritten ? { hasWritten } : {}),
    ...(purpose === undefined ? {} : { purpose }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
