import {
  BatchGetCommand,
  type Command,
  PutCommand,
  TransactWriteCommand,
} from '../../../src/storage/dynamodb/client/commands.ts';
import { KeptReads } from '../../../src/storage/dynamodb/kept-reads.ts';
import type { PrimaryKey } from '../../../src/storage/tables.ts';

const key = (pk: string) => ({ pk, sk: '' }) as PrimaryKey;

/** A table whose items are their names, and what is read of it. */
function fixture() {
  let now = 1_000;
  const asked: string[][] = [];
  const kept = new KeptReads(5_000, () => now);
  const read = async (keys: readonly PrimaryKey[]) => {
    asked.push(keys.map(({ pk }) => pk));
    return keys.map((each) => (each.pk === 'none' ? null : { ...each, name: { of: each.pk } }));
  };
  return {
    kept,
    asked,
    items: async (...names: string[]) =>
      (await kept.items(names.map(key), read)).map((item) => (item as { name?: { of: string } } | null)?.name?.of),
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test('an item is read once in the time that it is kept, also one that there isn’t', async () => {
  const { items, asked, wait } = fixture();
  expect(await items('a', 'none')).toEqual(['a', undefined]);
  expect(await items('b', 'a', 'none')).toEqual(['b', 'a', undefined]);
  wait(4_999);
  await items('a', 'b', 'none');
  expect(asked).toEqual([['a', 'none'], ['b']]);
  wait(2);
  await items('a', 'b');
  expect(asked.at(-1)).toEqual(['a', 'b']);
});

test('an answer is kept by its whole input', async () => {
  const { kept } = fixture();
  const asked: object[] = [];
  const answer = (input: object) =>
    kept.answer(input, async () => {
      asked.push(input);
      return { Items: [input] };
    });
  await answer({ pk: 'a', Limit: 1 });
  expect(await answer({ pk: 'a', Limit: 1 })).toEqual({ Items: [{ pk: 'a', Limit: 1 }] });
  await answer({ pk: 'a', Limit: 2 });
  expect(asked).toEqual([
    { pk: 'a', Limit: 1 },
    { pk: 'a', Limit: 2 },
  ]);
});

test('a call that may write to the table ends what is kept, and what is being read meanwhile', async () => {
  const { kept, items, asked } = fixture();
  const call = kept.forgetting('t');
  const put = new PutCommand({ TableName: 't', Item: {} });
  const into = (table: string) =>
    new TransactWriteCommand({ TransactItems: [{ Put: { TableName: table, Item: {} } }] }) as Command;
  for (const write of [put as Command, into('t')]) {
    await items('a');
    await call(write, async () => ({}));
    await items('a');
    await expect(call(write, () => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
  }
  expect(asked).toHaveLength(4);
  await items('a');
  await call(into('other'), async () => ({}));
  await call(new BatchGetCommand({ RequestItems: { t: { Keys: [] } } }) as Command, async () => ({}));
  await items('a');
  expect(asked).toHaveLength(5);
  // A read that began before the write.
  await kept.items([key('b')], async (keys) => {
    await call(put as Command, async () => ({}));
    return keys;
  });
  await items('b');
  expect(asked.at(-1)).toEqual(['b']);
});

test('what is kept can’t be changed by who reads it', async () => {
  const { kept } = fixture();
  await kept.items([key('a')], async () => [{ ...key('a'), list: [{ x: 1 }] } as PrimaryKey]);
  const [item] = await kept.items([key('a')], async () => []);
  expect(() => (item as unknown as { list: { x: number }[] }).list[0]!.x++).toThrow(TypeError);
});

test('nothing is kept for no time', async () => {
  const kept = new KeptReads(0);
  let reads = 0;
  const read = async () => {
    reads += 1;
    return [null];
  };
  await kept.items([key('a')], read);
  await kept.items([key('a')], read);
  expect(reads).toBe(2);
});
