import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Call, CodedError, type Logger } from '@bridgehead/federation';
import type { HttpAnswer } from './graphql-endpoint.ts';
import type { HttpRequest } from './request.ts';

const gzipAsync = promisify(gzip);

/** Requests in flight at most; one more is refused at once. */
const MAX_CONCURRENT_REQUESTS = 256;
const MAX_CONNECTIONS = 2_048;
const KEEP_ALIVE_MS = 65_000;
/** Time for a request to arrive. */
const ARRIVAL_MS = 30_000;
/** Below about one packet, compressing saves nothing. */
const MIN_COMPRESSED_BYTES = 1_400;

export interface HttpHost {
  readonly url: string;
  /** Takes no new request, and settles when those in flight are answered. */
  close(): Promise<void>;
}

export interface HostOptions {
  readonly port: number;
  /** Longest time of one request, in milliseconds. */
  readonly timeoutMs: number;
  /** A longer body is not read to its end. */
  readonly maxBodyBytes: number;
  readonly log: Logger;
  /** Answers by path, e.g. `/graphql`. */
  readonly routes: Readonly<Record<string, (request: HttpRequest, call: Call) => Promise<HttpAnswer>>>;
}

/** Serves routes on loopback. Throws CONFIGURATION where the port can't be had. */
export async function startHttpHost({ port, timeoutMs, maxBodyBytes, log, routes }: HostOptions): Promise<HttpHost> {
  const inFlight = new Set<Promise<void>>();
  let isClosing = false;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(`http://localhost${request.url}`);
    const route = url && routes[url.pathname];
    if (!url || !route) return refuse(response, 404, 'Not Found');
    if (inFlight.size >= MAX_CONCURRENT_REQUESTS) return refuse(response, 429, 'Too Many Requests');
    const body = await readBody(request, maxBodyBytes);
    const { call, end } = openCall(request, response, timeoutMs);
    try {
      const headers = Object.fromEntries(
        Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')]),
      );
      const answer = await route({ method: request.method ?? 'GET', headers, search: url.searchParams, body }, call);
      await send(request, response, answer, call);
    } finally {
      end();
    }
  }

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: ARRIVAL_MS }, (request, response) => {
    if (isClosing) response.setHeader('connection', 'close');
    const done: Promise<void> = serve(request, response)
      .catch((error: unknown) => {
        if (!request.errored) log.error('a request could not be served', {}, error);
        refuse(response, 500, 'Internal Server Error');
      })
      .finally(() => inFlight.delete(done));
    inFlight.add(done);
  });
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, port);
  const address = server.address();
  return {
    url: `http://localhost:${typeof address === 'object' && address ? address.port : port}`,
    async close() {
      isClosing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      while (inFlight.size > 0) await Promise.allSettled(inFlight);
      server.closeIdleConnections();
      await closed;
    },
  };
}

/** Opens the call of one request. Its signal aborts at the deadline, or when the client is gone. */
function openCall({ headers }: IncomingMessage, response: ServerResponse, timeoutMs: number) {
  const now = Date.now();
  const controller = new AbortController();
  const abort = (why: string) => controller.abort(new DOMException(why, 'AbortError'));
  const timer = setTimeout(abort, timeoutMs, 'The deadline is over.');
  const onClose = () => abort('The client is gone.');
  response.once('close', onClose);
  const [locale] = /^[a-z]{2,3}(-[a-z0-9]{2,8})*/i.exec(headers['accept-language'] ?? '') ?? [];
  const { traceparent } = headers;
  const call: Call = {
    requestId: randomUUID(),
    now: new Date(now),
    deadline: now + timeoutMs,
    signal: controller.signal,
    ...(locale === undefined ? {} : { locale }),
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
  };
  const end = () => {
    clearTimeout(timer);
    response.off('close', onClose);
  };
  return { call, end };
}

/** Reads a body, or its beginning where it is longer than the limit: that is enough to refuse it. */
function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= maxBytes) return;
      request.off('data', take).pause();
      resolve(Buffer.concat(chunks));
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => {
      if (!request.readableEnded) reject(new Error('The client left before its request had arrived.'));
    });
  });
}

async function send(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { status, headers: own, body }: HttpAnswer,
  { requestId }: Call,
): Promise<void> {
  const size = Buffer.byteLength(body);
  const isCompressed = size >= MIN_COMPRESSED_BYTES && acceptsGzip(String(headers['accept-encoding'] ?? ''));
  // Text leaves with its head in one write, bytes don't.
  const content = isCompressed ? await gzipAsync(body) : body;
  if (response.destroyed) return;
  if (status === 294) response.statusMessage = 'Partial Success';
  response.writeHead(status, {
    ...own,
    ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    'content-length': isCompressed ? content.length : size,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    vary: 'accept, accept-encoding, accept-language, authorization',
  });
  response.end(content);
}

/** Returns whether an `Accept-Encoding` names gzip without refusing it (RFC 9110 §12.5.3). */
function acceptsGzip(header: string): boolean {
  return header
    .toLowerCase()
    .split(',')
    .map((part) => part.split(';').map((text) => text.trim()))
    .some(([coding, weight = 'q=1']) => coding === 'gzip' && Number(weight.replace('q=', '')) > 0);
}

/** Answers without reading what is left of the request. */
function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.destroyed || response.headersSent) return;
  const body = JSON.stringify({ message });
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(status === 429 ? { 'retry-after': '1' } : {}),
    connection: 'close',
  });
  response.end(body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'is in use by another program' : `can't be opened (${cause.code})`;
      reject(new CodedError('CONFIGURATION', `Port ${port} ${reason}. Choose another with --port.`, { cause }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
