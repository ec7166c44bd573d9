import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** Stands before a DynamoDB and notes what it is asked, e.g. `Query`, for systems whose clients a test doesn't hold. */
export interface RecordingProxy {
  readonly endpoint: string;
  /** The calls of what `run` does, in the order in which they came, but for those that change a client's budget. */
  during(run: () => Promise<unknown>): Promise<string[]>;
  /** How many calls of what `run` does change a client's budget: one now and then. */
  budgetChangesDuring(run: () => Promise<unknown>): Promise<number>;
  stop(): Promise<void>;
}

export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const calls: string[] = [];
  let budgetChanges = 0;
  const server = createServer((incoming, outgoing) => {
    const [, call = ''] = String(incoming.headers['x-amz-target']).split('.');
    const { method = 'POST', headers, url = '/' } = incoming;
    const onward = request(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      if (call === 'UpdateItem' && body.includes('"BUDGET#')) budgetChanges += 1;
      else calls.push(call);
      onward.end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy listens on no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    async during(run) {
      const before = calls.length;
      await run();
      return calls.slice(before);
    },
    async budgetChangesDuring(run) {
      const before = budgetChanges;
      await run();
      return budgetChanges - before;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
