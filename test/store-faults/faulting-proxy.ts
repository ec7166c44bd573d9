/** Stands before a DynamoDB and lets a share of its calls fail, as the real one sometimes does. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request, type ServerResponse } from 'node:http';

/** `…_AFTER`: the call is carried out, and its answer is lost. */
export const FAULT_KINDS = ['ERROR_500', 'ERROR_500_AFTER', 'RESET', 'RESET_AFTER', 'THROTTLED'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultingProxy {
  readonly endpoint: string;
  /** The share of calls that fail from now on, from 0 to 1. */
  fail(share: number): void;
  /** How many calls there were, and how many of them failed, by kind. */
  readonly counts: Readonly<Record<FaultKind | 'calls', number>>;
  stop(): Promise<void>;
}

/** @param random from 0 to 1 */
export async function startFaultingProxy(target: string, random: () => number): Promise<FaultingProxy> {
  const counts = { calls: 0, ERROR_500: 0, ERROR_500_AFTER: 0, RESET: 0, RESET_AFTER: 0, THROTTLED: 0 };
  let share = 0;

  function drawn(): FaultKind | undefined {
    counts.calls += 1;
    if (random() >= share) return undefined;
    const kind = FAULT_KINDS[Math.floor(random() * FAULT_KINDS.length)] ?? 'ERROR_500';
    counts[kind] += 1;
    return kind;
  }

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const kind = drawn();
      if (kind === 'RESET') outgoing.destroy();
      else if (kind === 'ERROR_500') refuse(outgoing, 500, 'InternalServerError');
      else if (kind === 'THROTTLED') refuse(outgoing, 400, 'ProvisionedThroughputExceededException');
      else {
        const asked = { url: new URL(incoming.url ?? '/', target), headers: incoming.headers };
        passOn(asked, Buffer.concat(chunks), outgoing, kind);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy listens on no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    fail: (wanted) => {
      share = wanted;
    },
    counts,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function passOn(
  { url, headers }: { readonly url: URL; readonly headers: IncomingHttpHeaders },
  body: Buffer,
  outgoing: ServerResponse,
  kind: FaultKind | undefined,
): void {
  const onward = request(url, { method: 'POST', headers }, (answer) => {
    if (kind === undefined) {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      return;
    }
    answer.resume().on('end', () => {
      if (kind === 'RESET_AFTER') outgoing.destroy();
      else refuse(outgoing, 500, 'InternalServerError');
    });
  });
  onward.on('error', () => outgoing.destroy());
  onward.end(body);
}

function refuse(outgoing: ServerResponse, status: number, type: string): void {
  const body = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'made by the test' });
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
}
