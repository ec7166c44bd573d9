import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reportToParent } from '../server-process.ts';
import { parseOnce } from '../servers/parse-once.ts';
import { openCall } from './call.ts';
import { SUBGRAPHS, shopSubgraph } from './subgraphs.ts';

/** The shop's subgraphs over HTTP, each at the path of its name. */
const subgraphs = new Map(SUBGRAPHS.map((name) => [`/${name}`, shopSubgraph(name)]));

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const { query, variables = {} } = JSON.parse(Buffer.concat(chunks).toString());
    const { call, end } = openCall();
    const result = await subgraphs.get(request.url ?? '')?.({ document: parseOnce(query), query, variables, call });
    end();
    response.writeHead(result ? 200 : 404, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(result ?? {}));
  });
});

server.listen(0, '127.0.0.1', () => reportToParent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
