import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { z } from 'zod';

/** What DynamoDB counts of the calls in one period. */
export interface Metered {
  calls: number;
  readUnits: number;
  writeUnits: number;
  /** True if a table of talent was among them: its function was invoked too. */
  reachedTalent: boolean;
}

/** Stands before a DynamoDB, and has it count the units of each call. */
export interface MeteringProxy {
  readonly endpoint: string;
  during(run: () => Promise<unknown>): Promise<Metered>;
  stop(): Promise<void>;
}

const capacity = z.looseObject({ TableName: z.string(), CapacityUnits: z.number() });
const answered = z.looseObject({ ConsumedCapacity: z.union([capacity, z.array(capacity)]).optional() });
/** AWS counts each write of a transaction twice. The indexes' share is counted twice here too: an upper bound. */
const TRANSACTION_FACTOR = 2;
const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'];

export async function startMeteringProxy(target: string): Promise<MeteringProxy> {
  let now: Metered = { calls: 0, readUnits: 0, writeUnits: 0, reachedTalent: false };
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const [, call = ''] = String(incoming.headers['x-amz-target']).split('.');
    const input = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const isOfStream =
      String(incoming.headers['x-amz-target']).startsWith('DynamoDBStreams') || call === 'DescribeTable';
    const body = JSON.stringify(isOfStream ? input : { ...input, ReturnConsumedCapacity: 'TOTAL' });
    const headers = { ...incoming.headers, 'content-length': String(Buffer.byteLength(body)) };
    const onward = request(new URL(incoming.url ?? '/', target), { method: 'POST', headers }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part as Buffer);
      const text = Buffer.concat(parts);
      if (!isOfStream) count(call, text.toString('utf8'));
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.end(text);
    });
    onward.end(body);
  });

  function count(call: string, text: string): void {
    const { ConsumedCapacity: consumed = [] } = answered.parse(JSON.parse(text));
    now.calls += 1;
    for (const { TableName, CapacityUnits } of [consumed].flat()) {
      if (READS.includes(call)) now.readUnits += CapacityUnits;
      else now.writeUnits += CapacityUnits * (call.startsWith('Transact') ? TRANSACTION_FACTOR : 1);
      if (/-(talent|person-keys)$/.test(TableName)) now.reachedTalent = true;
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy listens on no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    async during(run) {
      now = { calls: 0, readUnits: 0, writeUnits: 0, reachedTalent: false };
      await run();
      return now;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
