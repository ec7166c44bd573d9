import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What went through: the DynamoDB operations in order, and the bytes that they answered with. */
export interface Counted {
  readonly operations: readonly string[];
  readonly bytes: number;
}

export interface CountingProxy {
  readonly endpoint: string;
  /** Hands over what was counted since the last call. */
  take(): Counted;
  close(): void;
}

/** Stands between a system and its DynamoDB and counts, whoever asks and however. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  let operations: string[] = [];
  let bytes = 0;
  const { hostname, port } = new URL(target);
  const server = createServer((request, response) => {
    operations.push(String(request.headers['x-amz-target']).replace(/^.*\./, ''));
    const { method = 'POST', url: path = '/', headers } = request;
    const onward = ask({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const counted = { operations, bytes };
      operations = [];
      bytes = 0;
      return counted;
    },
    close: () => void server.close(),
  };
}
