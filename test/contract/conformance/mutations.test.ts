import { startTinyFederation } from './tiny-federation.ts';

test('root fields of a mutation run one after the other, over subgraphs, each with what is read below it', async () => {
  let count = 0;
  const done: string[] = [];
  const step = (name: string, by: number) => async () => {
    done.push(`${name} starts`);
    await new Promise((resolve) => setImmediate(resolve));
    count += by;
    done.push(`${name} ends`);
    return { id: String(count), count };
  };
  const federation = await startTinyFederation({
    a: {
      sdl: `type Query { now: Counter } type Mutation { add: Counter! addTwice: Counter! fail: Counter }
        type Counter @key(fields: "id") { id: ID! count: Int }`,
      resolvers: {
        Query: { now: () => ({ id: String(count), count }) },
        Mutation: {
          add: step('add', 1),
          addTwice: step('addTwice', 2),
          fail: () => {
            done.push('fail');
            throw new Error('no');
          },
        },
      },
    },
    b: {
      sdl: `type Query { other: Int } type Mutation { multiply: Int } type Counter @key(fields: "id") { id: ID! seen: Int }`,
      resolvers: {
        Mutation: {
          multiply: () => {
            count *= 10;
            done.push('multiply');
            return count;
          },
        },
        Counter: {
          seen: ({ id }: { id: string }) => {
            done.push(`seen ${id}`);
            return count;
          },
        },
      },
    },
  });
  try {
    expect(
      await federation.ask(
        'mutation { first: add { count seen } fail { id } multiply second: add { seen } third: addTwice { count seen } }',
      ),
    ).toEqual({
      data: {
        first: { count: 1, seen: 1 },
        fail: null,
        multiply: 10,
        second: { seen: 11 },
        third: { count: 13, seen: 13 },
      },
      errors: ['INTERNAL_SERVER_ERROR fail'],
    });
    expect(done).toEqual([
      'add starts',
      'add ends',
      'seen 1',
      'fail',
      'multiply',
      'add starts',
      'add ends',
      'seen 11',
      'addTwice starts',
      'addTwice ends',
      'seen 13',
    ]);
  } finally {
    await federation.stop();
  }
});
