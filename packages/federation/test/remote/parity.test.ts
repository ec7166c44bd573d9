import { parse } from 'graphql';
import { comparable } from '../../../../test/fixtures/synthetic/compare.ts';
import { call, type Transport } from '../../../../test/fixtures/synthetic/federation.ts';
import { randomNumbers, randomOperation } from '../../../../test/fixtures/synthetic/random-operation.ts';
import { media, parks } from '../../../../test/fixtures/synthetic/supergraphs.ts';
import { subgraphView } from '../../src/remote/subgraph-view.ts';
import type { Subgraph } from '../../src/subgraph.ts';
import { subgraphAt } from './asking.ts';
import { type Partner, startPartner } from './partner.ts';
import { serve } from './serve.ts';

const OPERATIONS = 50;

const partners: Promise<Partner>[] = [];
afterAll(async () => {
  for (const partner of partners) await (await partner).stop();
});

const overHttp: Transport = (name, supergraph, subgraph) => {
  const partner = startPartner(serve(subgraph));
  partners.push(partner);
  let remote: Subgraph | undefined;
  return async (request) => {
    remote ??= subgraphAt((await partner).url, { name, schema: subgraphView(supergraph.document, name) }).subgraph;
    return remote(request);
  };
};

test.each([
  ['parks', parks, 20200124],
  ['media', media, 20161122],
])('random operations over %s by HTTP are answered as by one schema', async (_, make, seed) => {
  const fixture = make({ transport: overHttp });
  const random = randomNumbers(seed);
  for (let count = 0; count < OPERATIONS; count += 1) {
    const { query, variables } = randomOperation(fixture.supergraph.apiSchema, random);
    const federated = comparable(await fixture.gateway.execute({ document: parse(query), variables, call: call() }));
    const whole = comparable(await fixture.monolith({ query, variables }));
    expect({ query, variables, ...federated }).toEqual({ query, variables, ...whole });
  }
  expect(new Set(fixture.requests.map(({ subgraph }) => subgraph)).size).toBeGreaterThan(2);
});
