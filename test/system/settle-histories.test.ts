import { addDays } from '../../src/domain/calendar/day.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import type { EnterpriseItem } from '../../src/storage/enterprises/items.ts';
import { enterpriseKeys, type PrimaryKey } from '../../src/storage/tables.ts';
import { startOldSystem, upgrade } from '../data-versions.ts';
import { enterpriseOf, itemsOf, PARK } from '../fixtures/enterprise.ts';

/** An enterprise that has changed on each of 130 days before the migration. */
test('the migration settles all but the newest stays and classes, and loses none', async () => {
  const system = await startOldSystem(14);
  const day = (i: number) => addDays('2019-01-01', i);
  const stays = Array.from({ length: 130 }, (_, i) => ({
    parkId: PARK,
    kind: 'OPERATING' as const,
    registeredStaff: i,
    from: day(i),
    to: i === 129 ? null : day(i),
  }));
  const formerClasses = Array.from({ length: 60 }, (_, i) => ({
    sector: i % 2 === 0 ? ('OTHER' as const) : ('NEW_MATERIALS' as const),
    sizeClass: 'SMALL' as const,
    to: day(2 * i),
  }));
  const enterprise = enterpriseOf(9_101, { residencies: stays.toReversed(), formerClasses });
  await system.write('enterprises', itemsOf(enterprise));
  await upgrade(system);

  const table = system.table('enterprises');
  const item = await readItem<EnterpriseItem>(table, enterpriseKeys.enterprise(enterprise.id));
  expect(item?.residencies.length).toBeLessThanOrEqual(21);
  expect(item?.formerClasses?.length ?? 0).toBeLessThanOrEqual(20);
  const all = await readRange<PrimaryKey & { type: string; to: string }>(table, { partition: enterprise.id });
  const settled = (type: string) => all.filter((each) => each.type === type);
  expect(settled('SettledStay').length + (item?.residencies.length ?? 0)).toBe(130);
  expect(settled('SettledClasses').length + (item?.formerClasses?.length ?? 0)).toBe(60);
  expect(settled('SettledStay').every(({ to }) => to <= (item?.settledTo ?? ''))).toBe(true);
  await system.stop();
});
