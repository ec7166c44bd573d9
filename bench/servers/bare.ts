import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportToParent } from '../server-process.ts';

/** The floor: reads the request's body and answers with bytes that are known beforehand, one answer a body. */
const answers = new Map<string, string>(JSON.parse(process.env.ANSWERS ?? '[]') as [string, string][]);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = answers.get(Buffer.concat(chunks).toString());
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(answer);
  });
});

server.listen(0, '127.0.0.1', () => reportToParent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
