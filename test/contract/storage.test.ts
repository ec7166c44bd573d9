import { batchRead } from '../../src/storage/dynamodb/batch.ts';
import { MAX_TRIES } from '../../src/storage/dynamodb/client/dynamo.ts';
import { KeptReads } from '../../src/storage/dynamodb/kept-reads.ts';
import { copyLoader, keyLoader } from '../../src/storage/dynamodb/loader.ts';
import { type PageRequest, readPage, sliceOf } from '../../src/storage/dynamodb/page.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import { transactGroups } from '../../src/storage/dynamodb/transact-groups.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { attributeIs, isNew, put, remove, update } from '../../src/storage/dynamodb/write.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** What storage makes of DynamoDB, whose bad days included. */

interface Numbered extends PrimaryKey {
  readonly number: number;
}

let system: TestSystem;
let partitions = 0;
/** Each test has a partition of its own. */
let pk: string;
const at = (number: number): Numbered => ({ pk, sk: String(number).padStart(4, '0'), number });
const table = (within = 10_000) => system.table('parks', { deadline: Date.now() + within });

beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());
beforeEach(() => {
  pk = `partition-${partitions++}`;
});

const fill = (count: number) =>
  system.write(
    'parks',
    Array.from({ length: count }, (_, i) => at(i)),
  );

describe('a batch of reads', () => {
  const numbersOf = (items: readonly (Numbered | null)[]) => items.map((item) => item?.number ?? null);

  test('keeps the order, asks for a key once, and says where there is none: 100 keys a call', async () => {
    await fill(250);
    const asked = Array.from({ length: 260 }, (_, i) => (i * 7) % 260);
    const calls = await system.dynamo.during(async () => {
      const items = await batchRead<Numbered>(table(), [...asked, ...asked].map(at));
      const expected = asked.map((number) => (number < 250 ? number : null));
      expect(numbersOf(items)).toEqual([...expected, ...expected]);
    });
    expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'BatchGet', 'BatchGet']);
    expect(await batchRead(table(), [])).toEqual([]);
  });

  test('asks again for what was left, until the deadline', async () => {
    await fill(40);
    const keys = Array.from({ length: 40 }, (_, i) => at(i));
    system.dynamo.leaveUnprocessed(3);
    expect(numbersOf(await batchRead<Numbered>(table(), keys))).toEqual(keys.map(({ number }) => number));
    system.dynamo.leaveUnprocessed(1_000);
    const code = expect.stringMatching(/^(STORE_UNAVAILABLE|DEADLINE_EXCEEDED)$/);
    await expect(batchRead(table(150), keys)).rejects.toMatchObject({ code });
    system.dynamo.leaveUnprocessed(0);
  });

  test('is not begun after the deadline', async () => {
    const calls = await system.dynamo.during(() =>
      expect(batchRead(table(-1), [at(1)])).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' }),
    );
    expect(calls).toEqual([]);
  });

  test('is given up with its request', async () => {
    const abort = new AbortController();
    const reading = batchRead(system.table('parks', { signal: abort.signal }), [at(1)]);
    abort.abort();
    await expect(reading).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });
});

describe('a range', () => {
  test('has both of its ends, and may be read backwards', async () => {
    await fill(10);
    const sort = { from: at(3).sk, to: at(6).sk };
    const numbers = async (backwards: boolean) =>
      (await readRange<Numbered>(table(), { partition: pk, sort, backwards })).map(({ number }) => number);
    expect(await numbers(false)).toEqual([3, 4, 5, 6]);
    expect(await numbers(true)).toEqual([6, 5, 4, 3]);
  });

  test('is read to its end, over more than one megabyte', async () => {
    const large = Array.from({ length: 12 }, (_, i) => ({ ...at(i), text: 'x'.repeat(200_000) }));
    for (const item of large) await system.write('parks', [item]);
    const calls = await system.dynamo.during(async () => {
      expect(await readRange(table(), { partition: pk })).toHaveLength(12);
    });
    expect(calls.length).toBeGreaterThan(1);
  });

  test('of a page whose nodes are gone by now is full nevertheless', async () => {
    await fill(20);
    const seen: number[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof readPage<Numbered, number>>> = await readPage<Numbered, number>(
        table(),
        { first: 4, after },
        {
          range: { partition: pk },
          binding: { field: 'test', arguments: {} },
          nodes: (entries) => entries.map(({ number }) => (number % 3 === 0 ? null : number)),
        },
      );
      const hasNextPage = await page.hasNextPage();
      expect(page.nodes).toHaveLength(hasNextPage ? 4 : page.nodes.length);
      seen.push(...page.nodes);
      after = hasNextPage ? page.cursorAt(page.nodes.length - 1) : null;
    } while (after !== null);
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i).filter((number) => number % 3 !== 0));
  });

  test.each([false, true])('is walked forwards and backwards alike, descending: %s', async (backwards) => {
    await fill(7);
    const order = Array.from({ length: 7 }, (_, i) => (backwards ? 6 - i : i));
    const page = (request: PageRequest) =>
      readPage<Numbered, number>(table(), request, {
        range: { partition: pk, backwards },
        binding: { field: 'test', arguments: {} },
        nodes: (entries) => entries.map(({ number }) => number),
      });
    const ends = async (of: Awaited<ReturnType<typeof page>>) => [await of.hasPreviousPage(), await of.hasNextPage()];

    const first = await page({ first: 3 });
    expect([first.nodes, await ends(first)]).toEqual([order.slice(0, 3), [false, true]]);
    const second = await page({ first: 3, after: first.cursorAt(2) });
    expect([second.nodes, await ends(second)]).toEqual([order.slice(3, 6), [true, true]]);
    const back = await page({ last: 2, before: second.cursorAt(0) });
    expect([back.nodes, await ends(back)]).toEqual([order.slice(1, 3), [true, true]]);
    const start = await page({ last: 2, before: back.cursorAt(0) });
    expect([start.nodes, await ends(start)]).toEqual([order.slice(0, 1), [false, true]]);
    const last = await page({ last: 3 });
    expect([last.nodes, await ends(last)]).toEqual([order.slice(4), [true, false]]);
    const whole = await page({ before: last.cursorAt(2) });
    expect([whole.nodes, await ends(whole)]).toEqual([order.slice(0, 6), [false, true]]);
    const beyond = await page({ after: last.cursorAt(2) });
    expect([beyond.nodes, await ends(beyond)]).toEqual([[], [true, false]]);
    const ahead = await page({ last: 1, before: first.cursorAt(0) });
    expect([ahead.nodes, await ends(ahead)]).toEqual([[], [false, true]]);
  });

  test('says truly what is before it when that is gone by now', async () => {
    await fill(2);
    const page = (request: PageRequest) =>
      readPage<Numbered, number>(table(), request, {
        range: { partition: pk },
        binding: { field: 'test', arguments: {} },
        nodes: (entries) => entries.map(({ number }) => number),
      });
    const second = await page({ first: 1, after: (await page({ first: 1 })).cursorAt(0) });
    expect(await second.hasPreviousPage()).toBe(true);
    await transact(table(), [remove(at(0))]);
    expect(await second.hasPreviousPage()).toBe(false);
  });

  test.each<[PageRequest, readonly string[]]>([
    [{ first: 1, last: 1 }, ['first', 'last']],
    [{ first: 1, before: 'x' }, ['first', 'before']],
    [{ last: 1, after: 'x' }, ['last', 'after']],
    [{ after: 'x', before: 'x' }, ['after', 'before']],
  ])('is refused where it is asked for in both directions: %j', (request, names) => {
    expect(() => sliceOf(request)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', details: { arguments: names } }),
    );
  });

  test.each([{ first: 0 }, { first: 101 }, { last: 0 }, { last: 101 }, { last: 0.5, before: 'x' }])(
    'is refused where its size is out of bounds: %j',
    (request) => {
      const [argument] = Object.keys(request);
      expect(() => sliceOf(request)).toThrow(
        expect.objectContaining({ code: 'BAD_USER_INPUT', details: { argument } }),
      );
    },
  );

  test('has 20 nodes where no size is given', () => {
    expect([sliceOf({}), sliceOf({ before: 'x' })]).toEqual([
      { size: 20, isBackward: false, cursor: null },
      { size: 20, isBackward: true, cursor: 'x' },
    ]);
  });
});

describe('a transaction', () => {
  test('that is refused says which writes were, and has written nothing', async () => {
    await fill(2);
    const outcome = await transact(table(), [
      put(at(0), { when: isNew, otherwise: 'THERE_ALREADY' }),
      put(at(5)),
      update(at(1), { set: { number: 7 } }, { when: attributeIs('number', 6), otherwise: 'OTHER_NUMBER' }),
      remove(at(9)),
    ]);
    expect(outcome).toEqual({
      committed: false,
      refusals: [
        { write: 0, refusal: 'THERE_ALREADY' },
        { write: 2, refusal: 'OTHER_NUMBER' },
      ],
    });
    expect(await readRange(table(), { partition: pk })).toEqual([at(0), at(1)]);
  });

  test('is tried again after collisions and throttling', async () => {
    system.dynamo.conflict(2);
    expect(await transact(table(), [put(at(0))])).toEqual({ committed: true });
    system.dynamo.throttle('TransactWrite', 1_000);
    await expect(transact(table(150), [put(at(1))])).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      details: { retryable: true, mayHaveBeenWritten: false, retryAfterSeconds: 1 },
    });
    system.dynamo.throttle('TransactWrite', 0);
    system.dynamo.conflict(1_000);
    await expect(transact(table(150), [put(at(1))])).rejects.toMatchObject({ code: 'CONFLICT' });
    system.dynamo.conflict(0);
    expect(await readItem(table(), at(1))).toBeNull();
  });

  test('whose answer is lost for good has an unknown outcome', async () => {
    system.dynamo.loseAnswers(MAX_TRIES);
    await expect(transact(table(), [put(at(0))])).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      details: { retryable: true, mayHaveBeenWritten: true },
    });
    expect(await readItem(table(), at(0))).toEqual(at(0));
  });

  test('is not begun after the deadline', async () => {
    await expect(transact(table(-1), [put(at(0))])).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(await readItem(table(), at(0))).toBeNull();
  });
});

test('a request sees what it has written, by loaders that have read it before', async () => {
  await fill(1);
  const request = table();
  const loader = keyLoader<number, Numbered>(request, at);
  expect((await loader.load(0))?.number).toBe(0);
  await transact(request, [update(at(0), { set: { number: 7 } })]);
  const calls = await system.dynamo.during(async () => {
    expect((await loader.load(0))?.number).toBe(7);
    expect((await loader.load(0))?.number).toBe(7);
    expect(await readRange(request, { partition: pk })).toHaveLength(1);
  });
  expect(calls).toMatchObject([
    { command: 'BatchGet', input: { RequestItems: { [request.name]: { ConsistentRead: true } } } },
    { command: 'Query', input: { ConsistentRead: true } },
  ]);
});

test('requests read a copy of a public record once in its time, and one that has written reads it anew', async () => {
  await system.write('parks', [{ pk: 'park_copied', sk: 'COPY' }]);
  const keptCopies = new KeptReads(60_000, () => 0);
  const request = () => ({ ...table(), keptCopies });
  const load = (by = request()) => copyLoader(by, 'park', (id) => ({ pk: id, sk: 'COPY' })).load('park_copied');
  const calls = await system.dynamo.during(async () => {
    expect(await load()).toMatchObject({ pk: 'park_copied' });
    expect(await load()).toMatchObject({ pk: 'park_copied' });
  });
  expect(calls).toHaveLength(1);
  const writing = request();
  await transact(writing, [put(at(0))]);
  expect(await system.dynamo.during(() => load(writing))).toMatchObject([{ command: 'BatchGet' }]);
});

test('under a key that is too long for DynamoDB there is nothing, and it is not asked', async () => {
  const pk = 'x'.repeat(2_049);
  const nodes = (entries: readonly PrimaryKey[]) => entries;
  const calls = await system.dynamo.during(async () => {
    expect(await readItem(table(), { pk, sk: 'a' })).toBeNull();
    expect(
      await batchRead(table(), [
        { pk, sk: 'a' },
        { pk: 'a', sk: pk },
      ]),
    ).toEqual([null, null]);
    expect(await readRange(table(), { partition: pk })).toEqual([]);
    const binding = { field: 'test', arguments: {} };
    const page = await readPage(table(), { first: 1 }, { range: { partition: pk }, binding, nodes });
    expect([page.nodes, page.hasNextPage(), page.hasPreviousPage()]).toEqual([[], false, false]);
  });
  expect(calls).toEqual([]);
});

test('groups are committed each by itself, as many in a transaction as it holds', async () => {
  await fill(5);
  const groups = Array.from({ length: 60 }, (_, i) => [
    put(at(i), { when: isNew, otherwise: 'THERE_ALREADY' }),
    put(at(1_000 + i)),
    put(at(2_000 + i)),
  ]);
  const calls = await system.dynamo.during(async () => {
    const outcomes = await transactGroups(table(), groups);
    expect(outcomes.map(({ committed }) => committed)).toEqual(groups.map((_, i) => i >= 5));
    expect(outcomes[4]).toEqual({ committed: false, refusals: [{ write: 0, refusal: 'THERE_ALREADY' }] });
  });
  // 33 groups in each: two transactions, and the first one again without those that were refused.
  expect(calls).toHaveLength(3);
  const written = await readRange<Numbered>(table(), { partition: pk });
  expect(written.map(({ number }) => number)).toEqual([
    ...Array.from({ length: 60 }, (_, i) => i),
    ...Array.from({ length: 55 }, (_, i) => 1_005 + i),
    ...Array.from({ length: 55 }, (_, i) => 2_005 + i),
  ]);
});
