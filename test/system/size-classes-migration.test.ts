import { readItem } from '../../src/storage/dynamodb/read.ts';
import type { SubjectFactsItem } from '../../src/storage/linkages/items.ts';
import { enterpriseKeys, linkageKeys } from '../../src/storage/tables.ts';
import { startOldSystem, upgrade } from '../data-versions.ts';
import type { TestSystem } from '../harness.ts';

/** Copies of enterprises that were stored without a size class get it, under each of their names. */

let system: TestSystem;

const ENTERPRISE = {
  id: 'ent_01HB0000000000000000000009',
  uscc: 'USCC-9',
  name: { zh: '九号', ja: '九号', en: 'Number Nine' },
  sizeClass: 'SMALL',
  sites: [{ id: 'site_9' }],
};
const NAMES = [ENTERPRISE.id, ENTERPRISE.uscc, 'site_9'];
const copyOf = (name: string, sourceVersion: number) => ({
  ...linkageKeys.subjectFacts(name),
  ...{ type: 'SubjectFacts', enterpriseId: ENTERPRISE.id, sourceVersion },
});

beforeAll(async () => {
  system = await startOldSystem(15);
  const key = enterpriseKeys.enterprise(ENTERPRISE.id);
  await system.write('enterprises', [
    { ...ENTERPRISE, ...key, type: 'Enterprise', version: 3, residencies: [], supplyLinks: [] } as typeof key,
  ]);
  // The stream has brought the last one's next version before its time.
  await system.write('linkages', [copyOf(NAMES[0] ?? '', 3), copyOf(NAMES[1] ?? '', 3), copyOf('site_9', 4)]);
  await upgrade(system);
});
afterAll(() => system.stop());

test('each copy of the version gets the size class', async () => {
  const sizes = await Promise.all(
    NAMES.map(async (name) => {
      const copy = await readItem<SubjectFactsItem>(system.table('linkages'), linkageKeys.subjectFacts(name));
      return copy?.sizeClass ?? null;
    }),
  );
  expect(sizes).toEqual(['SMALL', 'SMALL', null]);
});
