import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
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

/** @param certificate of `localhost`, as PEM: with it, the partner is asked by HTTPS */
export async function startPartner(
  behaviour: Behaviour,
  certificate?: { readonly key: string; readonly cert: string },
): Promise<Partner> {
  let behave = behaviour;
  let port = 0;
  const questions: Question[] = [];
  const connections: Socket[] = [];
  const answer: RequestListener = async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { query = '', variables = {} } = body ? JSON.parse(body) : {};
    const question = { headers: request.headers, query, variables };
    questions.push(question);
    behave(response, question);
  };
  const server = certificate ? createSecureServer(certificate, answer) : createServer(answer);
  server.on('connection', (socket: Socket) => connections.push(socket));

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
    url: certificate ? `https://localhost:${port}/graphql` : `http://127.0.0.1:${port}/graphql`,
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
