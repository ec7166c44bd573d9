import type { IncomingMessage } from 'node:http';
import { isRecord } from '../executor/record.ts';
import { createPost, type Posting, type PostTarget } from '../outbound/post.ts';
import type { Call } from '../subgraph.ts';
import { invalidResponse, RemoteFault, unavailable } from './fault.ts';
import { ACCEPTED_ENCODINGS, type BodyLimits, readBody } from './read-body.ts';

export interface ExchangeOptions extends PostTarget {
  readonly subgraph: string;
  readonly limits: BodyLimits;
}

export interface Question extends Posting {
  readonly onSent: () => void;
}

/** The text of a JSON answer with status 200. Rejects with a RemoteFault, or with the signal's reason. */
export type Exchange = (question: Question) => Promise<string>;

/** 294 is of an answer with data and errors (GraphQL over HTTP, September 2026, "Partial success"). */
const ANSWERED: readonly number[] = [200, 294];
const JSON_TYPE = /^application\/(graphql-response\+)?json\s*(;|$)/i;

/** Ways in which a connection ends that the next one may not. */
const TRANSIENT = new Set(['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN']);

/** The codes of Node's HTTP parser, of zlib and of Brotli. */
const MALFORMED = /^(HPE_|Z_|ERR_BROTLI|ERR__ERROR_)/;

/**
 * One POST to one registered address, over connections of its own that are kept for the next. Redirects are not
 * followed; the address is checked when a connection is made.
 */
export function createExchange(options: ExchangeOptions): Exchange {
  const { subgraph, limits } = options;
  const post = createPost(options);

  const send = ({ headers, ...question }: Question) =>
    post({
      ...question,
      headers: {
        ...headers,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'accept-encoding': ACCEPTED_ENCODINGS,
      },
    });

  const receive = async (response: IncomingMessage) => {
    try {
      checkHead(subgraph, response);
      return await readBody(subgraph, response, limits);
    } catch (error) {
      // What wasn't read to its end would hold its connection for ever.
      response.destroy();
      throw error;
    }
  };

  return async (question) => {
    try {
      return await receive(await send(question));
    } catch (error) {
      throw question.signal.aborted ? question.signal.reason : toFault(subgraph, error);
    }
  };
}

function checkHead(subgraph: string, { statusCode = 0, headers }: IncomingMessage): void {
  if (!ANSWERED.includes(statusCode)) {
    const reason = `it answered with status ${statusCode}`;
    if (statusCode < 500 && statusCode !== 401 && statusCode !== 403 && statusCode !== 429) {
      throw invalidResponse(subgraph, reason);
    }
    throw unavailable(subgraph, { reason, isTransient: statusCode >= 502 && statusCode <= 504 });
  }
  if (!JSON_TYPE.test(headers['content-type'] ?? ''))
    throw invalidResponse(subgraph, 'the answer is not JSON by its type');
}

function toFault(subgraph: string, error: unknown): RemoteFault {
  if (error instanceof RemoteFault) return error;
  const code = isRecord(error) && 'code' in error ? String(error.code) : 'unknown';
  const isMalformed = MALFORMED.test(code);
  if (isMalformed) return invalidResponse(subgraph, `the answer is malformed (${code})`, error);
  return unavailable(subgraph, {
    reason: `the connection failed (${code})`,
    isTransient: TRANSIENT.has(code),
    cause: error,
  });
}

/** W3C Trace Context §3.2, version 00. */
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** All that a partner learns of a request beside the operation: the language, the trace, and that it is the gateway. */
export function requestHeaders({ locale, traceparent }: Call, token: string | undefined): Record<string, string> {
  return {
    ...(locale === undefined ? {} : { 'accept-language': locale.toLowerCase() }),
    ...(traceparent && TRACEPARENT.test(traceparent) ? { traceparent } : {}),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}
