import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** A turn ends when no call has come for so long, while none is under way. */
const QUIET_MS = 40;

/** Stands before a DynamoDB and notes what it is asked, e.g. `Query`, for systems whose clients a test doesn't hold. */
export interface RecordingProxy {
  readonly endpoint: string;
  /** The calls of what `run` does, in the order in which they came, but for those that change a client's budget. */
  during(run: () => Promise<unknown>): Promise<string[]>;
  /** How many calls of what `run` does change a client's budget: one now and then. */
  budgetChangesDuring(run: () => Promise<unknown>): Promise<number>;
  /**
   * The calls of what `run` does, in turns: a call of one turn waited for an answer of the turn before, e.g. `Query`. Those
   * that change a client's budget are among them, as `budget`, and reads of a zone's keys as `zone keys`.
   */
  turnsDuring(run: () => Promise<unknown>): Promise<string[][]>;
  /** Refuses every call while `run` runs, as DynamoDB does without rights. */
  refusing(run: () => Promise<unknown>): Promise<void>;
  stop(): Promise<void>;
}

export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const calls: string[] = [];
  let budgetChanges = 0;
  let turns: string[][] | undefined;
  const held: { readonly name: string; readonly send: () => void }[] = [];
  let underWay = 0;
  let timer: NodeJS.Timeout | undefined;
  const endTurn = () => {
    if (underWay > 0 || held.length === 0) return;
    turns?.push(held.map(({ name }) => name).sort());
    underWay = held.length;
    for (const { send } of held.splice(0)) send();
  };
  const awaitQuiet = () => {
    clearTimeout(timer);
    timer = setTimeout(endTurn, QUIET_MS);
  };
  let isRefusing = false;
  const server = createServer((incoming, outgoing) => {
    if (isRefusing) {
      outgoing.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      outgoing.end('{"__type":"com.amazonaws.dynamodb.v20120810#AccessDeniedException"}');
      return;
    }
    const [, call = ''] = String(incoming.headers['x-amz-target']).split('.');
    const { method = 'POST', headers, url = '/' } = incoming;
    const onward = request(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('end', () => {
        underWay -= 1;
        if (turns) awaitQuiet();
      });
    });
    onward.on('error', () => outgoing.destroy());
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const isBudget = call === 'UpdateItem' && body.includes('"BUDGET#');
      if (isBudget) budgetChanges += 1;
      else calls.push(call);
      if (turns) {
        const isOfZone = call === 'GetItem' && body.includes('"KEYS"') && body.includes('"zone_');
        const name = isBudget ? 'budget' : isOfZone ? 'zone keys' : call;
        held.push({ name, send: () => onward.end(body) });
        awaitQuiet();
        return;
      }
      underWay += 1;
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
    async turnsDuring(run) {
      turns = [];
      underWay = 0;
      await run();
      const seen = turns;
      turns = undefined;
      return seen;
    },
    async refusing(run) {
      isRefusing = true;
      await run().finally(() => {
        isRefusing = false;
      });
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
