import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isRecord } from '../executor/record.ts';
import { checkedLookup, type Resolve } from './checked-lookup.ts';
import { hostOf, type Reach } from './endpoint.ts';
import { invalidResponse, RemoteFault, unavailable } from './fault.ts';
import { ACCEPTED_ENCODINGS, type BodyLimits, readBody } from './read-body.ts';

export interface ExchangeOptions {
  readonly subgraph: string;
  readonly url: URL;
  readonly reach: Reach;
  readonly limits: BodyLimits;
  readonly resolve?: Resolve | undefined;
  /** Certificate authorities instead of the ones that Node brings, PEM. */
  readonly authorities?: readonly string[] | undefined;
}

export interface Question {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Not over a connection that was kept: the other end may have closed it, as after a frozen sandbox's sleep, and then
   * whether it read the question can't be known.
   */
  readonly isFresh: boolean;
  /** Is called when the whole question has left. */
  readonly onSent: () => void;
  readonly signal: AbortSignal;
}

/** The text of a JSON answer with status 200. Rejects with a RemoteFault, or with the signal's reason. */
export type Exchange = (question: Question) => Promise<string>;

const KEEP_ALIVE_MS = 30_000;
const MAX_HEADER_BYTES = 16 * 1024;
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
  const { subgraph, url, reach, limits } = options;
  const isSecure = url.protocol === 'https:';
  const kept = { keepAlive: true, timeout: KEEP_ALIVE_MS };
  const agent = isSecure ? new HttpsAgent(kept) : new HttpAgent(kept);
  const target = {
    host: hostOf(url),
    port: url.port || (isSecure ? 443 : 80),
    path: `${url.pathname}${url.search}`,
    method: 'POST',
    maxHeaderSize: MAX_HEADER_BYTES,
    lookup: checkedLookup(reach, options.resolve),
    ...(isSecure ? { rejectUnauthorized: true, minVersion: 'TLSv1.2' as const } : {}),
    ...(options.authorities ? { ca: [...options.authorities] } : {}),
  };

  const send = ({ body, headers, isFresh, onSent, signal }: Question) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const request = (isSecure ? httpsRequest : httpRequest)({
        ...target,
        agent: isFresh ? false : agent,
        signal,
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          accept: 'application/graphql-response+json, application/json;q=0.9',
          'accept-encoding': ACCEPTED_ENCODINGS,
        },
      });
      request.once('response', resolve);
      request.once('finish', onSent);
      // Stays after an answer began: what breaks then is read from the answer, and must not be unheard here.
      request.on('error', reject);
      // An answer that switches protocols ends without an error.
      request.once('close', () => reject(new Error('closed without an answer')));
      request.end(body);
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
  if (statusCode !== 200) {
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
