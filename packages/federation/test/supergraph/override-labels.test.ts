import { parse } from 'graphql';
import { call, compose } from '../../../../test/fixtures/synthetic/federation.ts';
import { createGateway } from '../../src/gateway.ts';
import { activeLabels } from '../../src/operation.ts';
import { loadPlanner } from '../../src/plans/planner.ts';

const CLIENTS = Array.from({ length: 2_000 }, (_, i) => `client ${i}`);
const LABELS = ['beta', 'percent(0)', 'percent(100)', 'percent(2.5)', 'percent(40)', 'percent(60)'];

const share = (holds: (active: readonly string[]) => boolean) =>
  CLIENTS.filter((client) => holds(activeLabels(LABELS, { beta: 25 }, client))).length / CLIENTS.length;

test('a client keeps its labels', () => {
  for (const client of CLIENTS.slice(0, 50)) {
    expect(activeLabels(LABELS, { beta: 25 }, client)).toEqual(activeLabels(LABELS, { beta: 25 }, client));
  }
  expect(activeLabels(LABELS, { beta: 25 }, 'client 7')).toEqual(['percent(100)', 'percent(60)']);
  expect(activeLabels(LABELS, { beta: 25 }, 'client 10')).toEqual(['percent(100)']);
});

test.each([
  ['beta', 0.25],
  ['percent(0)', 0],
  ['percent(100)', 1],
  ['percent(2.5)', 0.025],
  ['percent(40)', 0.4],
])('%s is active for its share of clients', (label, expected) => {
  expect(share((active) => active.includes(label))).toBeCloseTo(expected, 1);
});

test('labels are active independently of each other', () => {
  expect(share((active) => active.includes('percent(40)') && active.includes('percent(60)'))).toBeCloseTo(0.24, 1);
});

test('without a key only what is for everybody is active, and so is what nobody gave a share', () => {
  expect(activeLabels(LABELS, { beta: 99 }, undefined)).toEqual(['percent(100)']);
  expect(activeLabels(['beta'], {}, 'client 1')).toEqual([]);
});

test('fields are asked of the subgraph that they have moved to, for this client', async () => {
  const supergraph = compose({
    old: 'type Query { a: Int b: Int c: Int d: Int }',
    new: `type Query { a: Int @override(from: "old", label: "percent(60)") b: Int @override(from: "old", label: "percent(2.5)")
      c: Int @override(from: "old", label: "beta") d: Int @override(from: "old") }`,
  });
  expect(supergraph.overrideLabels).toEqual(['beta', 'percent(2.5)', 'percent(60)']);
  let asked: string[] = [];
  const answer =
    (name: string) =>
    async ({ query }: { query: string }) => {
      asked.push(`${name}: ${query}`);
      return { data: { a: 1, b: 1, c: 1, d: 1 } };
    };
  const gateway = createGateway({
    supergraph,
    subgraphs: { old: answer('old'), new: answer('new') },
    planner: loadPlanner(supergraph),
    overrideShares: { beta: 25 },
  });
  for (const clientKey of CLIENTS.slice(0, 40)) {
    asked = [];
    await gateway.execute({ document: parse('{ a b c d }'), call: call(), clientKey });
    const active = activeLabels(supergraph.overrideLabels, { beta: 25 }, clientKey);
    const moved = ['a', 'b', 'c', 'd'].filter((_, i) => {
      const label = ['percent(60)', 'percent(2.5)', 'beta'][i];
      return label === undefined || active.includes(label);
    });
    const stayed = ['a', 'b', 'c'].filter((field) => !moved.includes(field));
    expect(asked.sort()).toEqual([
      `new: {${moved.join(' ')}}`,
      ...(stayed.length > 0 ? [`old: {${stayed.join(' ')}}`] : []),
    ]);
  }
});
