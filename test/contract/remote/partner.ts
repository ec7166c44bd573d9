import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Question {
  readonly headers: IncomingHttpHeaders;
  readonly query: string;
  readonly variables: { readonly representations?: readonly { readonly __typename: string; readonly id: string }[] };
}

/** What a partner does when it is asked. */
export type Behaviour = (response: ServerResponse, question: Question) => void;

/** A partner's server on a real socket of this machine, which does whatever it is told, and records what it is asked. */
export interface Partner extends AsyncDisposable {
  readonly url: string;
  readonly questions: readonly Question[];
  /** Connections that were made to it, ever. */
  readonly connections: readonly Socket[];
  behave(behaviour: Behaviour): void;
  stop(): Promise<void>;
  /** On the port that it had. */
  start(): Promise<void>;
}

export async function startPartner(behaviour: Behaviour): Promise<Partner> {
  let behave = behaviour;
  let port = 0;
  const questions: Question[] = [];
  const connections: Socket[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { query = '', variables = {} } = body ? JSON.parse(body) : {};
    const question = { headers: request.headers, query, variables };
    questions.push(question);
    behave(response, question);
  });
  server.on('connection', (socket) => connections.push(socket));

  const start = async () => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  };
  const stop = async () => {
    server.closeAllConnections();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  await start();
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    questions,
    connections,
    behave: (next) => {
      behave = next;
    },
    start,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

export const json =
  (value: unknown, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    void response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

export const text =
  (body: string | Uint8Array, headers: Record<string, string> = {}, status = 200): Behaviour =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
