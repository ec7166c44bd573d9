import type { QueryPlan } from '../../../../src/gateway/planner/plan.ts';
import { inSeries, oneByOne } from '../../../../src/gateway/planner/root-fields.ts';

const flat = (texts: readonly string[]) => texts.map((text) => text.replace(/\s+/g, ' '));

test('a query is itself, and so is a mutation of one field', () => {
  for (const query of ['{ a b }', 'query ($x: Int) { a(x: $x) b }', 'mutation { a { b c } }', '{ mutation }']) {
    expect(oneByOne(query)).toEqual([query]);
  }
});

test("a mutation's root fields come one by one, each with its own variables", () => {
  expect(flat(oneByOne('mutation ($x: Int, $y: Int, $z: Int) { a(x: $x) { b(y: $y) } c: a(x: $y) { b } d }'))).toEqual([
    'mutation ($x: Int, $y: Int) { a(x: $x) { b(y: $y) } }',
    'mutation ($y: Int) { c: a(x: $y) { b } }',
    'mutation { d }',
  ]);
});

test('selections of one response key stay together, at the place of the first', () => {
  expect(flat(oneByOne('mutation { a { b } c a { d } }'))).toEqual(['mutation { a { b } a { d } }', 'mutation { c }']);
});

test('plans in series are a sequence; one plan is itself', () => {
  const plan = (serviceName: string): QueryPlan => ({
    kind: 'QueryPlan',
    node: { kind: 'Fetch', serviceName, operation: '{ a }' },
  });
  expect(inSeries([plan('a')])).toEqual(plan('a'));
  expect(inSeries([plan('a'), { kind: 'QueryPlan' }, plan('b')])).toEqual({
    kind: 'QueryPlan',
    node: { kind: 'Sequence', nodes: [plan('a').node, plan('b').node] },
  });
});
