import {
  BatchGetCommand,
  BatchWriteCommand,
  type Command,
  type Dynamo,
  type Interceptor,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '../../../src/storage/dynamodb/client/dynamo.ts';
import { WriteCounts } from '../../../src/storage/dynamodb/connection.ts';
import { KeptReads } from '../../../src/storage/dynamodb/kept-reads.ts';
import type { PrimaryKey } from '../../../src/storage/tables.ts';

const key = (pk: string) => ({ pk, sk: '' }) as PrimaryKey;

/** A table whose items are their names, and what is read of it. */
function fixture() {
  let now = 1_000;
  let writes = 0;
  const asked: string[][] = [];
  const kept = new KeptReads(5_000, () => writes, { now: () => now });
  const read = async (keys: readonly PrimaryKey[]) => {
    asked.push(keys.map(({ pk }) => pk));
    return keys.map((each) => (each.pk === 'none' ? null : { ...each, name: { of: each.pk } }));
  };
  return {
    kept,
    asked,
    items: async (...names: string[]) =>
      (await kept.items(names.map(key), read)).map((item) => (item as { name?: { of: string } } | null)?.name?.of),
    write: () => {
      writes += 1;
    },
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

test('a write ends what is kept, and what is being read meanwhile', async () => {
  const { kept, items, asked, write } = fixture();
  await items('a');
  write();
  await items('a');
  await items('a');
  expect(asked).toEqual([['a'], ['a']]);
  // A read that began before the write.
  await kept.items([key('b')], async (keys) => {
    write();
    return keys;
  });
  await items('b');
  expect(asked.at(-1)).toEqual(['b']);
});

test('each call that may write an item that counts does so for its table, whatever becomes of it', async () => {
  const interceptors: Interceptor[] = [];
  const counts = new WriteCounts();
  const told: (readonly string[])[] = [];
  counts.announce = async (tables) => void told.push(tables);
  const dynamo = { intercept: (_: string, added: Interceptor) => void interceptors.push(added) } as unknown as Dynamo;
  const counted = ({ pk }: PrimaryKey) => pk !== 'uncounted';
  counts.watch(
    dynamo,
    new Map([
      ['t', counted],
      ['u', counted],
    ]),
  );
  const call = (command: Command<object, object>, next = async () => ({})) =>
    interceptors[0]!(command as Command, next);
  const Item = key('a');
  await call(new PutCommand({ TableName: 't', Item }));
  const into = (...tables: string[]) =>
    new TransactWriteCommand({ TransactItems: tables.map((TableName) => ({ Put: { TableName, Item } })) });
  await call(into('t', 't', 'u'));
  expect([counts.of('t'), counts.of('u')]).toEqual([2, 1]);
  const lost = call(into('t'), () => Promise.reject(new Error('no answer')));
  await expect(lost).rejects.toThrow('no answer');
  await call(new BatchWriteCommand({ RequestItems: { u: [{ DeleteRequest: { Key: Item } }] } }));
  expect([counts.of('t'), counts.of('u')]).toEqual([3, 2]);
  expect(told.map((tables) => tables.join())).toEqual(['t', 't,u', 't', 'u']);

  await call(new BatchGetCommand({ RequestItems: { t: { Keys: [Item] } } }));
  const condition = { TableName: 't', Key: Item, ConditionExpression: 'attribute_exists(pk)' };
  await call(new TransactWriteCommand({ TransactItems: [{ ConditionCheck: condition }] }));
  await call(new UpdateCommand({ TableName: 't', Key: key('uncounted') }));
  await call(new PutCommand({ TableName: 'another', Item }));
  expect(counts.of('t') + counts.of('u') + counts.of('another') + told.length).toBe(9);
});

test('what is kept can’t be changed by who reads it', async () => {
  const { kept } = fixture();
  await kept.items([key('a')], async () => [{ ...key('a'), list: [{ x: 1 }] } as PrimaryKey]);
  const [item] = await kept.items([key('a')], async () => []);
  expect(() => (item as unknown as { list: { x: number }[] }).list[0]!.x++).toThrow(TypeError);
});

test('nothing is kept for no time', async () => {
  const kept = new KeptReads(0, () => 0);
  let reads = 0;
  const read = async () => {
    reads += 1;
    return [null];
  };
  await kept.items([key('a')], read);
  await kept.items([key('a')], read);
  expect(reads).toBe(2);
});
