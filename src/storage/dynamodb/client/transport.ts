import http from 'node:http';
import https from 'node:https';
import { ConnectionError } from './store-error.ts';

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
          setTimeout(() => isConnected || fail(timeout('No connection')), CONNECTION_TIMEOUT_MS),
          setTimeout(() => fail(timeout('No answer')), REQUEST_TIMEOUT_MS),
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
        asked.on('error', (error) => fail(broken(error)));
        asked.on('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', (error) => fail(broken(error)));
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

function timeout(what: string): ConnectionError {
  return new ConnectionError('TIMEOUT', `${what} of DynamoDB in time.`);
}

/** Wraps Node's error, whose class is another one in a test's realm. */
function broken(error: Error): ConnectionError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'BROKEN';
  return new ConnectionError(code, 'The connection to DynamoDB broke.', error);
}
