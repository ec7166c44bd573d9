import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportToParent } from '../../server-process.ts';

interface Given {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly search: string;
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The same few lines of node:http before each GraphQL server. */
export function listen(answer: (given: Given) => Promise<Answer>): void {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { status, headers, body } = await answer({
        method: request.method ?? 'POST',
        headers: request.headers as Record<string, string>,
        search: '',
        body: JSON.parse(Buffer.concat(chunks).toString()),
      });
      response.writeHead(status, headers);
      response.end(body);
    });
  });
  server.listen(0, '127.0.0.1', () => reportToParent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}
