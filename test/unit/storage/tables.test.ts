import { STORES } from '../../../src/config.ts';
import {
  createTableInput,
  enterpriseIndexes,
  enterpriseKeys,
  idempotencyKey,
  TABLES,
} from '../../../src/storage/tables.ts';

test.each(STORES)('the table of %s has the attributes that its keys name, no more and no fewer', (store) => {
  const input = createTableInput(store, 'a-table');
  const keys = [input.KeySchema, ...(input.GlobalSecondaryIndexes ?? []).map(({ KeySchema }) => KeySchema)];
  const named = keys.flatMap((schema) => schema?.map(({ AttributeName }) => AttributeName) ?? []);
  expect(input.AttributeDefinitions?.map(({ AttributeName }) => AttributeName)).toEqual(named);
  expect(input.GlobalSecondaryIndexes ?? []).toHaveLength(TABLES[store].indexes.length);
});

test("gives each kind of an enterprise's items its own keys", () => {
  const id = 'ent_01E3CX0000000000000000000X';
  const ranges = [
    enterpriseKeys.enterprise(id).sk,
    enterpriseKeys.tracking(id).sk,
    enterpriseKeys.reporting(id).sk,
    enterpriseKeys.report(id, '').sk,
    enterpriseKeys.reportVersion(id, '2020-03-16', 1).sk.slice(0, 'REPORTED#'.length),
    enterpriseKeys.enterpriseChange(id, 1).sk.slice(0, 'CHANGE#'.length),
  ];
  for (const range of ranges) expect(ranges.filter((other) => other.startsWith(range))).toEqual([range]);
});

test('sorts versions as numbers', () => {
  const versions = [1, 2, 9, 10, 11, 99, 100];
  const keys = versions.map((version) => enterpriseKeys.reportVersion('ent', '2020-03-16', version).sk);
  expect(keys.toSorted()).toEqual(keys);
});

test('separates records by mutation, caller and key', () => {
  const keys = [
    idempotencyKey('a#me', 'k'),
    idempotencyKey('b#me', 'k'),
    idempotencyKey('a#you', 'k'),
    idempotencyKey('a#me', 'l'),
  ];
  expect(new Set(keys.map(({ pk }) => pk)).size).toBe(4);
});

test('index keys are under the names of their index', () => {
  for (const keys of Object.values(enterpriseIndexes)) {
    const names = Object.keys(keys('a', 'b', 'c'));
    expect(names).toHaveLength(2);
    expect(names[0]?.slice(0, 4)).toBe(names[1]?.slice(0, 4));
  }
});
