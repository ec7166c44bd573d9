import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** How one invocation ended: the handler's answer, or the error that the runtime reports. */
export type Outcome =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'error'; readonly value: unknown };

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly settle: (outcome: Outcome) => void;
}

export interface RuntimeApi {
  /** `host:port`, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Hands the event to the sandbox that asks next. */
  invoke(event: unknown): Promise<Outcome>;
  /** Settles when a sandbox reports that its handler can't be loaded. */
  readonly initError: Promise<unknown>;
  close(): void;
}

/**
 * Lambda's Runtime API, version 2018-06-01, for one sandbox: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * @param idle called with true when the sandbox waits for an event (Lambda freezes it then), with false before it gets one
 */
export async function startRuntimeApi(timeoutMs: number, idle: (isIdle: boolean) => void): Promise<RuntimeApi> {
  const queue: Invocation[] = [];
  const underWay = new Map<string, Invocation>();
  const initError = Promise.withResolvers<unknown>();
  let waiting: ServerResponse | undefined;

  const handOver = () => {
    const next = waiting === undefined ? undefined : queue.shift();
    if (waiting === undefined || next === undefined) return;
    idle(false);
    underWay.set(next.id, next);
    waiting.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': next.id,
      'lambda-runtime-deadline-ms': Date.now() + timeoutMs,
      'lambda-runtime-invoked-function-arn': 'local',
      'lambda-runtime-trace-id': 'Root=1-0-0',
    });
    waiting.end(JSON.stringify(next.event));
    waiting = undefined;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const [, call = '', id = '', result] =
      /^\/2018-06-01\/runtime\/(\w+)\/([\w-]+)(?:\/(\w+))?$/.exec(request.url ?? '') ?? [];
    if (request.method === 'GET' && call === 'invocation' && id === 'next') {
      waiting = response;
      if (queue.length === 0) idle(true);
      return handOver();
    }
    const value = await json(request);
    if (call === 'init') initError.resolve(value);
    else underWay.get(id)?.settle({ kind: result === 'response' ? 'answer' : 'error', value });
    underWay.delete(id);
    response.writeHead(202).end();
  };

  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoke(event) {
      const { promise, resolve: settle } = Promise.withResolvers<Outcome>();
      queue.push({ id: randomUUID(), event, settle });
      handOver();
      return promise;
    },
    initError: initError.promise,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
