import fc from 'fast-check';
import { type AnswerTable, answerTables, isNumeric, VALUES } from '../../../src/views/answer-tables.ts';

const table = (data: unknown, name: string) => answerTables(data).find((one) => one.name === name)!;
const columns = ({ columns }: AnswerTable) => columns.map((column) => column.name);

test('a connection is one table with dotted columns and hasNextPage', () => {
  const data = {
    enterprises: {
      __typename: 'EnterpriseConnection',
      totalCount: 236,
      nodes: [
        { name: '信通安融', zone: { name: 'TEDA', parent: { code: 'bna' } }, staffCount: 3 },
        { name: '大众出行', zone: null, staffCount: 40 },
      ],
      pageInfo: { hasNextPage: true, endCursor: 'x' },
    },
  };
  const enterprises = table(data, 'enterprises');
  expect(columns(enterprises)).toEqual(['name', 'zone.name', 'zone.parent.code', 'staffCount']);
  expect(enterprises.rows).toEqual([
    ['信通安融', 'TEDA', 'bna', 3],
    ['大众出行', null, null, 40],
  ]);
  expect(enterprises).toMatchObject({ totalCount: 236, hasNextPage: true });
});

test("edges with a node are the node's rows; edges of a graph stay a list beside its nodes", () => {
  const relay = { parks: { edges: [{ cursor: 'c1', node: { name: 'A' } }] } };
  expect(columns(table(relay, 'parks'))).toEqual(['edge.cursor', 'name']);
  const graph = { graph: { nodes: [{ id: 'a' }], edges: [{ from: 'a', to: 'b' }] } };
  expect(answerTables(graph).map((one) => one.name)).toEqual(['graph.nodes', 'graph.edges']);
});

test('a nested list labels its rows and leaves its length outside', () => {
  const data = {
    parks: [
      { code: 'p1', facilities: [{ kind: 'CANTEEN' }, { kind: 'SCHOOL' }] },
      { code: 'p2', facilities: [] },
      { code: 'p3', facilities: [{ kind: 'SCHOOL' }] },
    ],
  };
  expect(table(data, 'parks').rows).toEqual([
    ['p1', 2],
    ['p2', 0],
    ['p3', 1],
  ]);
  const facilities = table(data, 'parks.facilities');
  expect(columns(facilities)).toEqual(['parks/code', 'kind']);
  expect(facilities.rows).toEqual([
    ['p1', 'CANTEEN'],
    ['p1', 'SCHOOL'],
    ['p3', 'SCHOOL'],
  ]);
});

test('values outside lists are a table of names and values', () => {
  const data = { park: { __typename: 'Park', name: '滨海', resumption: { on: '2020-03-16', tags: ['a', 'b'] } } };
  expect(table(data, VALUES).rows).toEqual([
    ['park.name', '滨海'],
    ['park.resumption.on', '2020-03-16'],
    ['park.resumption.tags', 'a; b'],
  ]);
});

test.each([[null], [undefined], [{}], ['text'], [[1, 2]]])('%p has no tables', (data) => {
  expect(answerTables(data)).toEqual([]);
});

test('an empty list is an empty table, not a missing one', () => {
  expect(answerTables({ parks: [] })).toEqual([{ name: 'parks', columns: [], rows: [], hasNextPage: false }]);
});

test.each([
  ['87.2', true],
  ['-3', true],
  [0, true],
  ['0123', false],
  ['1e5', false],
  ['911201160000047514', false],
  ['', false],
  [null, false],
  [true, false],
])('%p as a quantity: %p', (cell, expected) => {
  expect(isNumeric(cell)).toBe(expected);
});

test('digits of a code are not a quantity', () => {
  const data = { list: [{ industryCode: '6510', 'zone.code': '1', amount: '15.50' }] };
  expect(table(data, 'list').columns.map((column) => column.numeric)).toEqual([false, false, true]);
});

const name = fc.constantFrom('a', 'b', 'name', 'zone', 'nodes', 'edges', 'node', 'items');
const { answer } = fc.letrec<{ answer: unknown; object: Record<string, unknown>; leaf: unknown }>((tie) => ({
  answer: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('object'), fc.array(tie('object'), { maxLength: 3 })),
  object: fc.dictionary(name, tie('answer'), { maxKeys: 4 }),
  leaf: fc.constant('leaf'),
}));

/** Gives each leaf a value of its own, so that it can be found again. */
function numbered(value: unknown, next = { leaf: 0 }): unknown {
  if (Array.isArray(value)) return value.map((item) => numbered(item, next));
  if (typeof value !== 'object' || value === null) return `leaf ${next.leaf++}`;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, numbered(field, next)]));
}

const leavesOf = (value: unknown): string[] => JSON.stringify(value).match(/leaf \d+/g) ?? [];

test('no value of an answer is lost, and every row fits its columns', () => {
  fc.assert(
    fc.property(fc.dictionary(name, answer, { maxKeys: 4 }), (shape) => {
      const data = numbered(shape);
      const tables = answerTables(data);
      const cells = tables.flatMap((one) => one.rows.flat());
      expect(new Set(leavesOf(cells))).toEqual(new Set(leavesOf(data)));
      for (const one of tables) {
        expect(new Set(columns(one)).size).toBe(one.columns.length);
        for (const row of one.rows) expect(row).toHaveLength(one.columns.length);
      }
    }),
  );
});
