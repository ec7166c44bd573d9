/** A loader by key, which batches the keys of one turn of the event loop into one call. */
export interface Loader<Key, Value> {
  load(key: Key): Promise<Value>;
  loadMany(keys: readonly Key[]): Promise<Value[]>;
}

/**
 * Returns a loader for one request. It loads each key once.
 * @param loadAll returns one value for each key, in their order
 * @param textOf returns a text that identifies a key
 */
export function createLoader<Key, Value>(
  loadAll: (keys: readonly Key[]) => Promise<readonly Value[]>,
  textOf: (key: Key) => string = String,
): Loader<Key, Value> {
  const promises = new Map<string, Promise<Value>>();
  let waiting: { key: Key; resolve: (value: Value) => void; reject: (reason: unknown) => void }[] = [];

  const dispatch = async () => {
    const batch = waiting;
    waiting = [];
    try {
      const values = await loadAll(batch.map(({ key }) => key));
      if (values.length !== batch.length) throw new Error(`${values.length} values for ${batch.length} keys`);
      for (const [i, { resolve }] of batch.entries()) resolve(values[i] as Value);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const load = (key: Key): Promise<Value> => {
    const text = textOf(key);
    let promise = promises.get(text);
    if (!promise) {
      promise = new Promise((resolve, reject) => waiting.push({ key, resolve, reject }));
      promises.set(text, promise);
      // Runs after the promise jobs of this turn, when all sibling resolvers have loaded.
      if (waiting.length === 1) void Promise.resolve().then(() => process.nextTick(dispatch));
    }
    return promise;
  };
  return { load, loadMany: (keys) => Promise.all(keys.map(load)) };
}
