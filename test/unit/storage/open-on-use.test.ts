import { openOnUse } from '../../../src/storage/dynamodb/connection.ts';

test('a part is opened at its first use, once a store, from the source and the other parts', () => {
  const opened: string[] = [];
  const open = openOnUse<string, { first: string; second: string }>({
    first: (source) => {
      opened.push('first');
      return `${source} 1`;
    },
    second: (source, { first }) => {
      opened.push('second');
      return `${first}, ${source} 2`;
    },
  });
  const store = open('a');
  expect(opened).toEqual([]);
  expect([store.second, store.second, store.first]).toEqual(['a 1, a 2', 'a 1, a 2', 'a 1']);
  expect(opened).toEqual(['first', 'second']);
  expect(open('b').first).toBe('b 1');
});
