import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ask, newCall, subgraphAt } from './asking.ts';
import { selfSigned } from './self-signed.ts';

const QUERY = '{ park(id: "1") { name } }';

async function startSecure(certificate: { readonly key: string; readonly cert: string }) {
  let requests = 0;
  const server = createServer(certificate, (_, response) => {
    requests += 1;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"data":{"park":{"name":"one"},"open":{"name":"two"}}}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/graphql`,
    requests: () => requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a partner with a certificate of a known authority is asked', async () => {
  const certificate = selfSigned('localhost');
  await using server = await startSecure(certificate);
  const { subgraph } = subgraphAt(server.url, { authorities: [certificate.cert] });
  expect(await ask(subgraph, QUERY)).toEqual({ data: { park: { name: 'one' } } });
  expect(await ask(subgraph, 'mutation { open(id: "1") { name } }')).toEqual({ data: { open: { name: 'two' } } });
});

test.each([
  ['an unknown authority', 'localhost', []],
  ['another name', 'bonded.example', ['own']],
])('a certificate of %s ends it before anything is said', async (_, name, authorities) => {
  const certificate = selfSigned(name);
  await using server = await startSecure(certificate);
  const { subgraph } = subgraphAt(server.url, authorities.length > 0 ? { authorities: [certificate.cert] } : {});
  await expect(ask(subgraph, QUERY, {}, newCall(2_000))).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  expect(server.requests()).toBe(0);
});
