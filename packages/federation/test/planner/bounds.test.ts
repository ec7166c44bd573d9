import { createQueryPlanner, DEFAULT_LIMITS, FederationError, type QueryPlanner } from '@bridgehead/federation';
import { compose } from '../../../../test/fixtures/synthetic/federation.ts';

const range = (length: number) => Array.from({ length }, (_, i) => i);
const plannerOf = (subgraphs: Record<string, string>) => createQueryPlanner(compose(subgraphs).sdl);

/** Types that each live in a subgraph of their own and lead to all of them. */
const types = range(10);
const manyTypes = plannerOf({
  base: `interface N { id: ID! } ${types.map((i) => `type T${i} implements N @key(fields: "id") { id: ID! }`).join(' ')} type Query { n: [N] }`,
  ...Object.fromEntries(
    types.map((own) => [
      `s${own}`,
      `interface N { id: ID! } ${types
        .map((i) =>
          i === own
            ? `type T${i} implements N @key(fields: "id") { id: ID! c: [N] v: Int }`
            : `type T${i} implements N @key(fields: "id", resolvable: false) { id: ID! }`,
        )
        .join(' ')}`,
    ]),
  ),
});
const nested = (depth: number): string =>
  depth === 0
    ? `{ __typename id ${types.map((i) => `... on T${i} { v }`).join(' ')} }`
    : `{ __typename ${types.map((i) => `... on T${i} { c ${nested(depth - 1)} }`).join(' ')} }`;

const shareable = plannerOf(
  Object.fromEntries(
    range(4).map((i) => [`s${i}`, `type V @shareable { v: V a: Int b${i}: Int } type Query { v: V @shareable }`]),
  ),
);
const deep = (depth: number, leaf: string) => `{ ${'v { '.repeat(depth)}${leaf}${' }'.repeat(depth)} }`;

const shop = plannerOf({
  a: 'type P @key(fields: "id") { id: ID! n(x: Int): String } type Query { p: P }',
  b: 'type P @key(fields: "id") { id: ID! r(x: Int): Int q: P }',
  c: 'type P @key(fields: "id") { id: ID! s(x: Int): Int }',
});

test.each<[string, QueryPlanner, string]>([
  ['ten types, three deep, each in a subgraph of its own', manyTypes, `{ n ${nested(2)} }`],
  ['400 levels of a type that four subgraphs share', shareable, deep(400, 'a')],
  ['400 levels of a type that four subgraphs divide', shareable, deep(400, 'b0 b1 b2 b3')],
  [
    'a thousand aliases of one entity',
    shop,
    `{ ${range(1000)
      .map((i) => `a${i}: p { q { n r s } }`)
      .join(' ')} }`,
  ],
  [
    'a thousand aliases with arguments',
    shop,
    `{ p { ${range(1000)
      .map((i) => `a${i}: r(x: ${i}) b${i}: s(x: ${i})`)
      .join(' ')} } }`,
  ],
])('%s is planned within the bounds', (_, planner, query) => {
  const plan = planner.plan(query);
  expect(planner.lastSteps).toBeLessThan(DEFAULT_LIMITS.maxSteps / 2);
  expect(JSON.stringify(plan).length).toBeLessThan(400_000);
});

test('an operation ends at the bound of steps, always at the same one', () => {
  const { sdl } = compose({
    a: 'type P @key(fields: "id") { id: ID! n: Int } type Query { p: P }',
    b: 'type P @key(fields: "id") { id: ID! m: Int }',
  });
  const planner = createQueryPlanner(sdl, { ...DEFAULT_LIMITS, maxSteps: 10 });
  for (let time = 0; time < 2; time++) {
    expect(() => planner.plan('{ p { n m } }')).toThrow(expect.objectContaining({ code: 'PLAN_TOO_COMPLEX' }));
    expect(planner.lastSteps).toBe(11);
  }
  expect(createQueryPlanner(sdl).plan('{ p { n m } }').node?.kind).toBe('Sequence');
});

test('an operation ends at the bound of size', () => {
  const { sdl } = compose({ a: 'type Query { someRatherLongName: Int }' });
  const planner = createQueryPlanner(sdl, { ...DEFAULT_LIMITS, maxPlanCharacters: 10 });
  expect(() => planner.plan('{ someRatherLongName }')).toThrow(FederationError);
});

test('400 levels with a fetch each end at the bound of size', () => {
  const planner = plannerOf({
    a: 'type A @key(fields: "id") { id: ID! b: B } type B @key(fields: "id", resolvable: false) { id: ID! } type Query { a: A }',
    b: 'type B @key(fields: "id") { id: ID! a: A } type A @key(fields: "id", resolvable: false) { id: ID! }',
  });
  const query = `{ a { ${'b { a { '.repeat(200)}id${' } }'.repeat(200)} } }`;
  expect(() => planner.plan(query)).toThrow(expect.objectContaining({ code: 'PLAN_TOO_COMPLEX' }));
});

test('equal operations take equal steps, whatever was planned before', () => {
  const query = '{ p { q { n r s } } }';
  shop.plan(query);
  const { lastSteps } = shop;
  shop.plan('{ p { s } }');
  shop.plan(query);
  expect(shop.lastSteps).toBe(lastSteps);
});
