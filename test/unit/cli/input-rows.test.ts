import { buildSchema } from 'graphql';
import { faultsOfInput, importTarget, readInputRows } from '../../../src/cli/imports/input-rows.ts';

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
const read = (text: string, file = 'rows.csv') => readInputRows(file, Buffer.from(text), rowType);

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

test('says what is wrong with a row by its type', () => {
  expect(faultsOfInput({ idempotencyKey: 'k', code: 'a', name: { zh: '甲' } }, rowType)).toEqual([]);
  const faults = faultsOfInput({ idempotencyKey: 'k', name: {}, kind: 'TOWN' }, rowType);
  expect(faults.join(' ')).toMatch(/code.*required.*name: .*zh.*required.*kind: Value "TOWN"/s);
});

test('takes the rows as items of a list of the input', () => {
  expect(importTarget(schema, 'open', 'reports').rowType.name).toBe('ReportInput');
  expect(() => importTarget(schema, 'open', 'idempotencyKey')).toThrow('The input of open has no list idempotencyKey.');
  expect(() => importTarget(schema, 'close', null)).toThrow('There is no mutation close.');
});
