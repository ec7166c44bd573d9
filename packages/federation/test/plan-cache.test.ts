import { parse } from 'graphql';
import { call, compose } from '../../../test/fixtures/synthetic/federation.ts';
import type { Grants } from '../src/authorization/authorize.ts';
import { createGateway, planKey } from '../src/gateway.ts';
import { planDocument } from '../src/plans/plan-document.ts';
import { loadPlanner } from '../src/plans/planner.ts';

const supergraph = compose({
  parks: `type Query { park: Park a: Int b: Int @override(from: "more", label: "percent(50)") }
    type Park @key(fields: "id") { id: ID! name: String staff: Int @requiresScopes(scopes: [["staff"]]) pay: Int @policy(policies: [["pay"]]) }`,
  more: 'type Query { b: Int }',
});
const planner = loadPlanner(supergraph);

/** A gateway that records what it has planned. */
async function recording(...shipped: string[]) {
  const planned: string[] = [];
  const plans = shipped.map((body) => planDocument(supergraph, planner, body));
  const gateway = createGateway({
    supergraph,
    subgraphs: {
      parks: async () => ({ data: { park: { id: '1', name: 'A', staff: 1, pay: 2 }, a: 1, b: 2 } }),
      more: async () => ({ data: { b: 2 } }),
    },
    planner: {
      plan: (query, labels) => {
        planned.push(query);
        return planner.plan(query, labels);
      },
    },
    shippedPlans: new Map(plans.flatMap((made) => [...made])),
  });
  const run = (query: string, { variables = {}, grants, clientKey }: Asking = {}) =>
    gateway.execute({ document: parse(query), variables, call: call(), grants, clientKey });
  return { planned, run };
}

interface Asking {
  readonly variables?: Record<string, unknown>;
  readonly grants?: Grants;
  readonly clientKey?: string;
}

const granted = (scopes: string[], policies: string[] = []): Grants => ({
  authenticated: true,
  scopes: new Set(scopes),
  policy: (name) => policies.includes(name),
});

/** A document whose fields are settled by as many variables. */
const settledBy = (count: number) => {
  const names = Array.from({ length: count }, (_, i) => `v${i}`);
  return {
    query: `query (${names.map((name) => `$${name}: Boolean!`).join(' ')}) { a ${names.map((name) => `${name}: a @include(if: $${name})`).join(' ')} }`,
    variables: Object.fromEntries(names.map((name, i) => [name, i % 2 === 0])),
  };
};

test('a document that six variables settle is planned once for each way that occurs', async () => {
  const { planned, run } = await recording();
  const { query, variables } = settledBy(6);
  await run(query, { variables });
  await run(query, { variables });
  expect(planned).toHaveLength(1);
  await run(query, { variables: { ...variables, v1: true } });
  expect(planned).toHaveLength(2);
});

test('one that seven settle is answered, and nothing of it kept', async () => {
  const { planned, run } = await recording();
  const { query, variables } = settledBy(7);
  expect(await run(query, { variables })).toEqual({ data: { a: 1, v0: null, v2: null, v4: null, v6: null } });
  await run(query, { variables });
  expect(planned).toHaveLength(2);
});

test('plans are kept by what is denied, whoever is denied it', async () => {
  const { planned, run } = await recording();
  const query = '{ park { name staff pay } }';
  await run(query, { grants: granted(['staff']) });
  await run(query, { grants: granted(['staff', 'another', 'token of Monday']) });
  await run('{ park { name staff } }', { grants: granted(['staff']) });
  expect(planned).toHaveLength(1);
  await run(query, { grants: granted([], ['pay']) });
  expect(planned).toHaveLength(2);
});

test('shipped plans are of use to whom nothing in them is denied, and for whom no field has moved', async () => {
  const query = '{ park { name staff } b }';
  const { planned, run } = await recording(query);
  expect(planKey('x')).toMatch(/^[0-9a-f]{64}$/);
  await run(query, { grants: granted(['staff']) });
  expect(planned).toEqual([]);
  await run(query);
  expect(planned).toHaveLength(1);
  const moved = Array.from({ length: 20 }, (_, i) => `client ${i}`);
  for (const clientKey of moved) await run(query, { grants: granted(['staff']), clientKey });
  expect(planned).toHaveLength(2);
});
