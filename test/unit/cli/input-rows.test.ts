import { buildSchema } from 'graphql';
import { faultsOfRow, importTarget, readInputFile } from '../../../src/cli/imports/input-rows.ts';

const schema = buildSchema(`
  type Query { a: Int }
  type Mutation { publish(input: PublishInput!): Int open(input: OpenInput!): Int }
  input TextInput { zh: String! en: String }
  enum Kind { PARK ZONE }
  input PublishInput { idempotencyKey: String! code: String! name: TextInput! kind: Kind open: Boolean area: Int tags: [String!] }
  input ReportInput { on: String! staff: Int! }
  input OpenInput { idempotencyKey: String! reports: [ReportInput!]! }
`);
const { rowType } = importTarget(schema, 'publish', null);
const read = (text: string, file = 'rows.csv') =>
  readInputFile(file, Buffer.from(text), rowType).rows.map(({ line, value }) => ({ line, value }));

test('reads nested columns, numbers, booleans and lists by the input type', () => {
  const text = 'code,name.zh,name.en,kind,open,area,tags\nnorth,北,North,PARK,true,12,"[""a"",""b""]"\n';
  expect(read(text)).toEqual([
    {
      line: 2,
      value: {
        code: 'north',
        name: { zh: '北', en: 'North' },
        kind: 'PARK',
        open: true,
        area: 12,
        tags: ['a', 'b'],
      },
    },
  ]);
});

test('leaves the field of an empty cell out', () => {
  expect(read('code,name.zh,area\nnorth,北,\n')).toEqual([{ line: 2, value: { code: 'north', name: { zh: '北' } } }]);
});

test('reads one object a line from a JSONL file', () => {
  expect(read('{"code":"a"}\n\n{"code":"b"}\n', 'rows.jsonl')).toEqual([
    { line: 1, value: { code: 'a' } },
    { line: 3, value: { code: 'b' } },
  ]);
  expect(() => read('{"code":', 'rows.jsonl')).toThrow('Line 1 is no JSON.');
});

test('refuses a column that the input does not have', () => {
  expect(() => read('code,size\nnorth,3\n')).toThrow('PublishInput has no field size.');
});

test('leaves out what an import has noted beside the rows', () => {
  expect(read('code,name.zh,#reason\nnorth,北,a reason\n')).toEqual([
    { line: 2, value: { code: 'north', name: { zh: '北' } } },
  ]);
  expect(read('{"code":"a","#reason":"a reason"}', 'rows.jsonl')).toEqual([{ line: 1, value: { code: 'a' } }]);
});

test('says what is wrong with a row by its type, column by column', () => {
  const rowOf = (value: object) => ({ line: 2, value: { ...value }, source: '' });
  const given = { idempotencyKey: 'k' };
  expect(faultsOfRow(rowOf({ code: 'a', name: { zh: '甲' } }), rowType, given)).toEqual([]);
  const faults = faultsOfRow(rowOf({ code: 'a', name: {}, kind: 'TOWN' }), rowType, given);
  expect(faults).toEqual([
    { column: 'name', message: expect.stringContaining('zh') },
    { column: 'kind', message: expect.stringContaining('TOWN') },
  ]);
});

test('takes the rows as items of a list of the input', () => {
  expect(importTarget(schema, 'open', 'reports').rowType.name).toBe('ReportInput');
  expect(() => importTarget(schema, 'open', 'idempotencyKey')).toThrow('The input of open has no list idempotencyKey.');
  expect(() => importTarget(schema, 'close', null)).toThrow('There is no mutation close.');
});
