import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LambdaClient } from '@aws-sdk/client-lambda';

/** What a function does with a payload; `raw` and `functionError` are for what a handler can't do by itself. */
export type LambdaFunction = (payload: unknown) => Promise<unknown>;

export class RawAnswer {
  readonly body: string;
  readonly functionError: boolean;

  constructor(body: string, functionError = false) {
    this.body = body;
    this.functionError = functionError;
  }
}

/** Lambda's Invoke API (2015-03-31) on loopback for named functions, with a client for it. */
export async function lambdaEndpoint(functions: Readonly<Record<string, LambdaFunction>>) {
  const server = createServer((request, response) => {
    void (async () => {
      const name = decodeURIComponent(
        /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(request.url ?? '')?.[1] ?? '',
      );
      const payload: unknown = JSON.parse(await text(request));
      try {
        const answer = await functions[name]?.(payload);
        if (answer instanceof RawAnswer) {
          response.writeHead(200, answer.functionError ? { 'x-amz-function-error': 'Unhandled' } : {}).end(answer.body);
        } else {
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
        }
      } catch (error) {
        const { name: errorType, message: errorMessage } = error as Error;
        response
          .writeHead(200, { 'x-amz-function-error': 'Unhandled' })
          .end(JSON.stringify({ errorType, errorMessage }));
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new LambdaClient({
    region: 'cn-north-1',
    endpoint: url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    url,
    client,
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
