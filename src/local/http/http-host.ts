import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CodedError } from '../../errors.ts';
import { log } from '../../log.ts';
import type { Invoke } from '../lambda-function.ts';
import { answerOf, eventOf } from './http-event.ts';
import { type RoutedTo, router } from './routes.ts';

/** Lambda's payload limit of 6 MB, for events and answers. API Gateway itself accepts 10 MB. */
const PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024;
/** Concurrent requests and bytes, like an account's throttle. */
const CAPACITY = { requests: 256, bodyBytes: 64 * 1024 * 1024 };
/** Maximum open sockets. Further ones are closed at once. */
const MAX_CONNECTIONS = 2_048;
/** API Gateway's time limit for a function. */
const INTEGRATION_TIMEOUT_MS = 30_000;
/** Time limit for a request to arrive, and the interval of its check. */
const ARRIVAL = { requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };

export interface HttpHost {
  readonly url: string;
  /** Stops accepting requests, answers those in flight, and settles when their handlers are done. */
  close(): Promise<void>;
}

/** A part of this machine alone that is no function. It answers from the socket, without a size limit. */
export interface OwnPart {
  /** Prefix of its paths, e.g. `/uploads/`. */
  readonly prefix: string;
  serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
}

/**
 * Serves the routes on loopback as API Gateway's HTTP API would: each request becomes one call of its function.
 * @param port 0 picks a free one
 * @param capacity limit beyond which requests get 429 before their body is buffered
 * @throws CodedError CONFIGURATION if the port is in use
 */
export async function startHttpHost(
  routes: readonly RoutedTo<Invoke>[],
  port: number,
  capacity: typeof CAPACITY = CAPACITY,
  parts: readonly OwnPart[] = [],
): Promise<HttpHost> {
  const route = router(routes);
  const underWay = new Set<Promise<void>>();
  const room: Room = { requests: capacity.requests, bytes: capacity.bodyBytes };
  let closing = false;

  const server = createServer({ keepAliveTimeout: 65_000, ...ARRIVAL }, (request, response) => {
    if (closing) response.setHeader('connection', 'close');
    if (room.requests <= 0) return refuse(response, 429, 'Too Many Requests');
    const url = URL.parse(`http://${request.headers.host ?? 'localhost'}${request.url}`);
    const part = url && parts.find(({ prefix }) => url.pathname.startsWith(prefix));
    const done = (part ? part.serve(request, response, url) : serve(request, response, url, route, room))
      .catch((error) => {
        log.error('A request could not be served', {}, error);
        refuse(response, 500, 'Internal Server Error');
      })
      .finally(() => underWay.delete(done));
    underWay.add(done);
  });

  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, port);
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;

  return {
    url: `http://localhost:${actual}`,
    close: async () => {
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      while (underWay.size > 0) await Promise.allSettled(underWay);
      server.closeIdleConnections();
      await closed;
    },
  };
}

/**
 * Checks early that the port is free, before slow steps.
 * @throws CodedError CONFIGURATION if it isn't
 */
export async function checkPort(port: number): Promise<void> {
  const probe = createServer();
  await listen(probe, port);
  await new Promise((resolve) => probe.close(resolve));
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(unavailable(port, cause)));
    server.listen(port, '127.0.0.1', resolve);
  });
}

function unavailable(port: number, cause: NodeJS.ErrnoException): CodedError {
  const reason =
    cause.code === 'EADDRINUSE'
      ? `Port ${port} is in use by another program. Set PORT to a free one, e.g. PORT=${port === 65_535 ? 4000 : port + 1}.`
      : `Port ${port} can't be opened (${cause.code}). Set PORT to another one.`;
  return new CodedError('CONFIGURATION', reason, { cause });
}

/**
 * The remaining capacity, for requests in progress and for bodies. A request that is still arriving takes no request's
 * place.
 */
interface Room {
  requests: number;
  bytes: number;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL | null,
  route: ReturnType<typeof router<Invoke>>,
  room: Room,
): Promise<void> {
  const reserved: Room = { requests: 0, bytes: 0 };
  try {
    await serveWithin(request, response, url, route, (of) => (amount) => {
      reserved[of] += amount;
      room[of] -= amount;
      return room[of] >= 0;
    });
  } finally {
    room.requests += reserved.requests;
    room.bytes += reserved.bytes;
  }
}

/**
 * Serves a request within the capacity.
 * @param reserve takes capacity until the request is answered; returns false if there is none
 */
async function serveWithin(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL | null,
  route: ReturnType<typeof router<Invoke>>,
  reserve: (of: keyof Room) => (amount: number) => boolean,
): Promise<void> {
  const match = url === null ? undefined : route(request.method ?? 'GET', url.pathname);
  if (url === null || match === undefined) return refuse(response, 404, 'Not Found');

  const body = await readBody(request, reserve('bytes'));
  if (body === 'no room' || (typeof body !== 'string' && !reserve('requests')(1)))
    return refuse(response, 429, 'Too Many Requests');
  if (body === 'too large') return refuse(response, 413, 'Request Entity Too Large');
  if (body === 'cut off') return;

  const requestId = randomUUID();
  const returned = await withinTimeout(match.target(eventOf(request, body, url, match, requestId), requestId));
  if (returned === TIMED_OUT) return refuse(response, 503, 'Service Unavailable');
  const answer = answerOf(returned, PAYLOAD_LIMIT_BYTES);
  if (answer === undefined) {
    log.error('A handler returned an invalid or too large answer for an HTTP API', { route: match.routeKey });
    return refuse(response, 500, 'Internal Server Error');
  }
  if (response.destroyed) return;
  // To HEAD the length of GET's body is left out, since handlers don't return it (RFC 9110 §9.3.2).
  const bodiless = answer.statusCode === 204 || answer.statusCode === 304 || request.method === 'HEAD';
  if (answer.statusCode === 294) response.statusMessage = 'Partial Success';
  response.writeHead(answer.statusCode, {
    ...answer.headers,
    ...(!bodiless && { 'content-length': answer.body.length }),
    'apigw-requestid': requestId,
  });
  response.end(answer.body);
}

async function readBody(
  request: IncomingMessage,
  reserve: (bytes: number) => boolean,
): Promise<Buffer | 'too large' | 'no room' | 'cut off'> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > PAYLOAD_LIMIT_BYTES) return 'too large';
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > PAYLOAD_LIMIT_BYTES) return 'too large';
      if (!reserve(chunk.length)) return 'no room';
      chunks.push(chunk);
    }
  } catch {
    return 'cut off';
  }
  return Buffer.concat(chunks);
}

/** Refuses a request in the form of API Gateway's own errors, without waiting for the rest of the request. */
function refuse(response: ServerResponse, statusCode: number, message: string): void {
  if (response.destroyed || response.headersSent) return;
  const body = JSON.stringify({ message });
  response.writeHead(statusCode, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(body),
    ...(statusCode === 429 && { 'retry-after': '1' }),
    ...((statusCode === 413 || statusCode === 429) && { connection: 'close' }),
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

const TIMED_OUT = Symbol('timed out');

function withinTimeout<T>(work: Promise<T>): Promise<T | typeof TIMED_OUT> {
  const { promise, resolve } = Promise.withResolvers<typeof TIMED_OUT>();
  const timer = setTimeout(() => resolve(TIMED_OUT), INTEGRATION_TIMEOUT_MS);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}
