import http from 'node:http';
import https from 'node:https';
import { failureOf } from './protocol.ts';
import { awsSigner, type Credentials, type SignedHeaders } from './signature.ts';
import { ConnectionError, StoreError } from './store-error.ts';

/** Credentials, renewed before they expire. */
export type CredentialSource = (options?: { readonly forceRefresh?: boolean }) => Promise<Credentials>;

/** A service of AWS that is called by the JSON protocol. */
export interface JsonService {
  /** The name in signatures, e.g. `dynamodb`. */
  readonly name: string;
  readonly endpoint: string;
  readonly region: string;
  /** Undefined for a database of this machine, which verifies no signature. */
  readonly credentials: CredentialSource | undefined;
  /** The version of the protocol. */
  readonly version: '1.0' | '1.1';
}

/** Calls of one service, over connections that are kept. */
export interface SignedPosts {
  /**
   * Returns the body of the answer to one try.
   * @param target the header `x-amz-target`
   * @throws StoreError for a status other than 200, ConnectionError without a whole answer
   */
  post(target: string, body: string, signal?: AbortSignal): Promise<string>;
  /** Prepares a retry with other credentials or another clock; returns whether there is one. */
  isMended(error: unknown): boolean;
  close(): void;
}

export function signedPosts({ name, endpoint, region, credentials, version }: JsonService): SignedPosts {
  const transport = transportTo(endpoint);
  const signer = awsSigner(region, name);
  /** How far the server's clock is ahead of this machine's, in milliseconds. */
  let clockAhead = 0;
  let isRefreshDue = false;

  async function headersOf(target: string, body: string): Promise<SignedHeaders> {
    const headers = {
      'content-type': `application/x-amz-json-${version}`,
      host: transport.host,
      'x-amz-target': target,
    };
    if (credentials === undefined) return { ...headers, ...unsigned(region, name) };
    const current = await credentials({ forceRefresh: isRefreshDue });
    isRefreshDue = false;
    return signer.sign({ path: transport.path, headers, body }, current, new Date(Date.now() + clockAhead));
  }

  return {
    async post(target, body, signal) {
      const response = await transport.post(await headersOf(target, body), body, signal);
      if (response.status === 200) return response.body;
      throw failureOf(response.status, response.body, response.date);
    },
    isMended(error) {
      if (!(error instanceof StoreError) || credentials === undefined) return false;
      if (EXPIRED.has(error.name)) {
        isRefreshDue = true;
        return true;
      }
      if (!SKEWED.has(error.name) || error.answeredAt === undefined) return false;
      const ahead = error.answeredAt - Date.now();
      if (Math.abs(ahead - clockAhead) < MIN_SKEW_MS) return false;
      clockAhead = ahead;
      return true;
    },
    close: () => transport.close(),
  };
}

const EXPIRED = new Set(['ExpiredTokenException', 'ExpiredToken']);
const SKEWED = new Set([
  'InvalidSignatureException',
  'RequestTimeTooSkewed',
  'RequestExpired',
  'SignatureDoesNotMatch',
]);
/** Below it, another cause than the clock is likely. */
const MIN_SKEW_MS = 4 * 60_000;

/** Returns the headers of a signed request, without a signature. Signing takes a third of a call's CPU time. */
function unsigned(region: string, service: string): SignedHeaders {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=local/20200101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    'x-amz-date': '20200101T000000Z',
  };
}

/**
 * Timeout of a connection, which includes the wait for a free socket behind a hundred other calls. The retry of a
 * slower call may use another socket.
 */
export const CONNECTION_TIMEOUT_MS = 4_000;
export const REQUEST_TIMEOUT_MS = 5_000;
/** Upper bound of the connections of one process. */
const MAX_SOCKETS = 50;

export interface Response {
  readonly status: number;
  readonly body: string;
  /** The header `date` of a failure. */
  readonly date: string | undefined;
}

/** Sends POST requests to one address, over connections that are kept. */
export interface Transport {
  /** The signed part of the address: host with its port, and path. */
  readonly host: string;
  readonly path: string;
  /** @throws ConnectionError without a whole response; its code is ABORTED where the signal ended the request */
  post(headers: Readonly<Record<string, string>>, body: string, signal?: AbortSignal): Promise<Response>;
  close(): void;
}

export function transportTo(endpoint: string): Transport {
  const { protocol, hostname, port, host, pathname } = new URL(endpoint);
  const { Agent, request } = protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  const address = { method: 'POST', hostname: hostname.replace(/^\[|\]$/g, ''), port, path: pathname, agent };

  return {
    host,
    path: pathname,
    post: (headers, body, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(aborted());
        const asked = request({ ...address, headers: { ...headers, 'content-length': Buffer.byteLength(body) } });
        let isConnected = false;
        const fail = (error: ConnectionError) => {
          end();
          reject(error);
          asked.destroy();
        };
        const abort = () => fail(aborted());
        const timers = [
          setTimeout(() => isConnected || fail(timeout(host, 'No connection')), CONNECTION_TIMEOUT_MS),
          setTimeout(() => fail(timeout(host, 'No answer')), REQUEST_TIMEOUT_MS),
        ];
        signal?.addEventListener('abort', abort);
        const end = () => {
          timers.forEach(clearTimeout);
          signal?.removeEventListener('abort', abort);
        };
        const connected = () => {
          isConnected = true;
        };
        asked.on('socket', (socket) => {
          if (socket.connecting) socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', connected);
          else connected();
        });
        asked.on('error', (error) => fail(broken(host, error)));
        asked.on('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', (error) => fail(broken(host, error)));
          response.on('end', () => {
            end();
            const text = chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString();
            const status = response.statusCode ?? 0;
            // Node parses headers when the first one is read.
            resolve({ status, body: text, date: status === 200 ? undefined : response.headers.date });
          });
        });
        asked.end(body);
      }),
    close: () => agent.destroy(),
  };
}

function aborted(): ConnectionError {
  return new ConnectionError('ABORTED', 'The call was ended by its caller.');
}

function timeout(host: string, what: string): ConnectionError {
  return new ConnectionError('TIMEOUT', `${what} of ${host} in time.`);
}

/** Wraps Node's error, whose class is another one in a test's realm. */
function broken(host: string, error: Error): ConnectionError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'BROKEN';
  return new ConnectionError(code, `The connection to ${host} broke.`, error);
}
