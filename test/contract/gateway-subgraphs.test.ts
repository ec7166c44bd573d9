import { readFileSync } from 'node:fs';
import { loadSupergraph } from '@bridgehead/federation';
import { parse } from 'graphql';
import { bundle } from '../../src/cli/packaging/bundle.ts';
import { config } from '../../src/config.ts';
import { ANONYMOUS } from '../../src/domain/viewer.ts';
import { gatewaySubgraphs } from '../../src/handlers/gateway/subgraph-calls.ts';
import type { Call } from '../../src/subgraph/request.ts';
import { lambdaEndpoint } from './lambda-endpoint.ts';

const supergraph = loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'));

const call: Call = {
  requestId: 'r-1',
  viewer: ANONYMOUS,
  now: new Date('2020-03-16T01:30:00.000Z'),
  locale: 'ZH',
  deadline: Date.now() + 60_000,
  signal: AbortSignal.timeout(60_000),
};

test('every subgraph of the supergraph has a way', () => {
  expect(Object.keys(gatewaySubgraphs(supergraph, config())).sort()).toEqual([...supergraph.subgraphs].sort());
});

test('a subgraph that nobody has a way to keeps the gateway from starting', () => {
  const strange = { ...supergraph, subgraphs: [...supergraph.subgraphs, 'partner'] };
  expect(() => gatewaySubgraphs(strange, config())).toThrow(expect.objectContaining({ code: 'CONFIGURATION' }));
});

test('where a function is named for talent, it is invoked', async () => {
  const payloads: unknown[] = [];
  const endpoint = await lambdaEndpoint({
    'bridgehead-test-talent': async (payload) => {
      payloads.push(payload);
      return { data: { case: null } };
    },
  });
  const environment = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_LAMBDA: endpoint.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  try {
    const { talent } = gatewaySubgraphs(supergraph, { ...config(), talentFunction: 'bridgehead-test-talent' });
    const query = '{ case(id: "case_x") { id } }';
    expect(await talent?.({ document: parse(query), query, variables: {}, call })).toEqual({ data: { case: null } });
  } finally {
    process.env = environment;
    await endpoint.close();
  }
  expect(payloads).toMatchObject([
    { query: '{ case(id: "case_x") { id } }', call: { requestId: 'r-1', locale: 'ZH' } },
  ]);
});

test("the gateway's bundle has the resolvers of the others, and nothing of talent's", async () => {
  const { inputs } = await bundle(process.cwd(), 'src/handlers/gateway/gateway.ts');
  expect(inputs).toContain('src/resolvers/parks/index.ts');
  expect(inputs.filter((input) => /src\/(resolvers|storage)\/talent\//.test(input))).toEqual([]);
  expect(inputs).not.toContain('src/handlers/subgraphs/talent.ts');
});
