import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { checkedLookup, type Resolve } from './checked-lookup.ts';
import { hostOf, type Reach } from './endpoint.ts';

export interface PostTarget {
  /** As `readEndpoint` gives it. */
  readonly url: URL;
  readonly reach: Reach;
  /** Resolves names. Default: by the name servers of this machine. */
  readonly resolve?: Resolve | undefined;
  /** Certificate authorities instead of the ones that Node brings, PEM. */
  readonly authorities?: readonly string[] | undefined;
  /** `GET` sends no body. Default: `POST`. */
  readonly method?: 'GET' | 'POST' | undefined;
}

export interface Posting {
  readonly body: string | Uint8Array;
  /** Beside `content-length`. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Not over a connection that was kept: the other end may have closed it, as after a frozen sandbox's sleep, and then
   * whether it read the body can't be known.
   */
  readonly isFresh: boolean;
  /** Is called when the whole body has left. */
  readonly onSent?: () => void;
  readonly signal: AbortSignal;
}

/** The head of an answer, whatever its status; its body is still to be read, or to be destroyed. */
export type Post = (posting: Posting) => Promise<IncomingMessage>;

const KEEP_ALIVE_MS = 30_000;
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * POSTs to one registered address, over connections of its own that are kept for the next. Redirects are not followed; the
 * address is checked when a connection is made.
 */
export function createPost({ url, reach, resolve, authorities, method = 'POST' }: PostTarget): Post {
  const isSecure = url.protocol === 'https:';
  const kept = { keepAlive: true, timeout: KEEP_ALIVE_MS };
  const agent = isSecure ? new HttpsAgent(kept) : new HttpAgent(kept);
  const target = {
    host: hostOf(url),
    port: url.port || (isSecure ? 443 : 80),
    path: `${url.pathname}${url.search}`,
    method,
    maxHeaderSize: MAX_HEADER_BYTES,
    lookup: checkedLookup(reach, resolve),
    // Without TLS no name of a server is worked out for each request.
    ...(isSecure ? { rejectUnauthorized: true, minVersion: 'TLSv1.2' as const } : { servername: '' }),
    ...(authorities ? { ca: [...authorities] } : {}),
  };
  return ({ body, headers, isFresh, onSent, signal }) =>
    new Promise<IncomingMessage>((answered, reject) => {
      const request = (isSecure ? httpsRequest : httpRequest)({
        ...target,
        agent: isFresh ? false : agent,
        headers: method === 'GET' ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
      });
      const abort = () => request.destroy(signal.reason);
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
      let isAnswered = false;
      request.once('response', (response) => {
        isAnswered = true;
        answered(response);
      });
      if (onSent) request.once('finish', onSent);
      // Stays after an answer began: what breaks then is read from the answer, and must not be unheard here.
      request.on('error', reject);
      request.once('close', () => {
        signal.removeEventListener('abort', abort);
        // An answer that switches protocols ends without an error.
        if (!isAnswered) reject(new Error('closed without an answer'));
      });
      request.end(method === 'GET' ? undefined : body);
    });
}
