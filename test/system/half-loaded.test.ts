import { SCALES } from '../../src/local/demo-data/scale.ts';
import { loadDemoTables } from '../../src/local/demo-data/write-tables.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import { loadingOf, requireLoaded, storesToLoad } from '../../src/storage/migrations/loading.ts';
import { migrate } from '../../src/storage/migrations/migrate.ts';
import { dataVersionKeys } from '../../src/storage/tables/key.ts';
import { parkKeys } from '../../src/storage/tables/parks.ts';
import { NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** A store whose load was cut short is noticed, and completed by the next start. */

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system.stop());

test('completes the demo data whose load died half way', async () => {
  const { connection, keyring } = system;
  const seed = { scale: { ...SCALES.S, cases: 10 }, anchor: '2026-11-29', keyring };
  expect(await storesToLoad(connection)).toHaveLength(6);
  const dies = () => {
    throw new Error('the process died');
  };
  await expect(loadDemoTables(connection, { ...seed, onItem: dies }, ['parks'])).rejects.toThrow('the process died');
  await expect(requireLoaded(connection)).rejects.toThrow('half of the demo data');
  await migrate(connection, { keyring, now: NOW });
  expect(await storesToLoad(connection)).toEqual(['parks']);

  // The next start may be on another day: the data stay those of the first.
  await loadDemoTables(connection, { ...seed, anchor: '2026-12-01' }, await storesToLoad(connection));
  await requireLoaded(connection);
  expect(await loadingOf(connection)).toBeNull();
  expect(await storesToLoad(connection)).toEqual([]);
  expect(await readItem(system.table('parks'), parkKeys.park('park_binhai-zhongguancun'))).not.toBeNull();
  const { pk: partition } = dataVersionKeys.stamp();
  expect(await readRange(system.table('parks'), { partition })).toHaveLength(1);
});
