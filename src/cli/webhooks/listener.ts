import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { isSignedBy, secretBytes } from '../../notify/signature.ts';

/**
 * Accepted age of a signature. A later delivery, even a repeated one, has a new instant; an older signature is a
 * replay.
 */
const TOLERANCE_SECONDS = 5 * 60;

/** Accepts webhooks on this machine and prints a line for each, until it is closed. */
export async function startListener(port: number, secret: string, print: (line: string) => void): Promise<Server> {
  const bytes = secretBytes(secret);
  const server = createServer(async (request, response) => {
    const body = await text(request).catch(() => '');
    const isRight = isSignedRight(request, bytes, body);
    print(
      isRight
        ? `${request.headers['webhook-id']}  ${body}`
        : 'Refused: the signature is not by this secret, or is too old.',
    );
    response.writeHead(isRight ? 204 : 400).end();
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return server;
}

function isSignedRight({ headers }: IncomingMessage, secret: Uint8Array, body: string): boolean {
  const header = (name: string) => String(headers[name] ?? '');
  const timestamp = Number(header('webhook-timestamp'));
  if (!(Math.abs(Date.now() / 1_000 - timestamp) <= TOLERANCE_SECONDS)) return false;
  return isSignedBy(secret, { id: header('webhook-id'), timestamp, body }, header('webhook-signature'));
}
