import { createLoader } from '../../../src/storage/dynamodb/loader.ts';

/** A loader that doubles numbers, and the calls that it makes. */
function recorded(loadAll = async (keys: readonly number[]) => keys.map((key) => key * 2)) {
  const calls: (readonly number[])[] = [];
  const loader = createLoader<number, number>((keys) => {
    calls.push(keys);
    return loadAll(keys);
  });
  return { loader, calls };
}

test('batches the keys of siblings into one call, each key once', async () => {
  const { loader, calls } = recorded();
  const sibling = async (key: number) => {
    await null;
    return loader.load(key);
  };
  expect(await Promise.all([loader.load(1), sibling(2), loader.loadMany([3, 1]), sibling(2)])).toEqual([
    2,
    4,
    [6, 2],
    4,
  ]);
  expect(calls).toEqual([[1, 3, 2]]);
});

test('loads no key twice', async () => {
  const { loader, calls } = recorded();
  await loader.load(1);
  await loader.loadMany([1, 2]);
  expect(calls).toEqual([[1], [2]]);
});

test('rejects every load of a failed call, and no other', async () => {
  const { loader } = recorded(async (keys) => {
    if (keys.includes(0)) throw new Error('no');
    return [...keys];
  });
  const failed = await Promise.allSettled([loader.load(0), loader.load(1)]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await loader.load(2)).toBe(2);
});

test('throws when a call returns too few values', async () => {
  const { loader } = recorded(async () => []);
  await expect(loader.load(1)).rejects.toThrow('0 values for 1 keys');
});
