import { createServer } from 'node:http';
import type { JWK } from 'jose';

export interface KeyServer {
  readonly url: string;
  /** How often the set was fetched. */
  fetches(): number;
  /** Answers with this from now on; by default with the set, 200. */
  answerWith(status: number, body: string): void;
  stop(): Promise<void>;
}

/** A key set on loopback, as an issuer serves it, which counts who comes. */
export async function startKeyServer(keys: readonly JWK[]): Promise<KeyServer> {
  let fetches = 0;
  let answer = { status: 200, body: JSON.stringify({ keys }) };
  const server = createServer((_, response) => {
    fetches += 1;
    response.writeHead(answer.status, { 'content-type': 'application/json', location: '/elsewhere' });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/keys`,
    fetches: () => fetches,
    answerWith: (status, body) => {
      answer = { status, body };
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
