import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { selfSigned } from '../../packages/federation/test/remote/self-signed.ts';
import type { Received } from '../fixtures/webhook-receiver.ts';

/** A zone's system that takes webhooks by HTTPS, under a name that only the emulated functions know. */
export interface Receiver {
  readonly host: string;
  readonly port: number;
  readonly certificateFile: string;
  readonly received: readonly Received[];
  stop(): Promise<void>;
}

const HOST = 'systems.example';

/** Starts the receiver on loopback, with a certificate of its own in a folder. */
export async function startReceiver(folder: string): Promise<Receiver> {
  const { key, cert } = selfSigned(HOST);
  const certificateFile = join(folder, 'receiver.pem');
  writeFileSync(certificateFile, cert);
  const received: Received[] = [];
  const server = createServer({ key, cert }, async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) });
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: HOST,
    port: (server.address() as AddressInfo).port,
    certificateFile,
    received,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
