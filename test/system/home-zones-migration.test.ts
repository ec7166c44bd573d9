import { dayInShanghai } from '../../src/domain/calendar/day.ts';
import { homeZoneOn } from '../../src/domain/register/record.ts';
import { readItem, scanPages } from '../../src/storage/dynamodb/read.ts';
import type { EnterpriseItem } from '../../src/storage/enterprises/items.ts';
import { migrate } from '../../src/storage/migrations/migrate.ts';
import { enterpriseKeys } from '../../src/storage/tables.ts';
import { FIXTURE_NOW, startOldSystem, upgrade } from '../data-versions.ts';
import { enterpriseOf, itemsOf, PARK } from '../fixtures/enterprise.ts';
import type { TestSystem } from '../harness.ts';

/** Enterprises that were stored before they had a home get one. */

const stay = (parkId: string, kind: 'OPERATING' | 'REGISTERED', from: string, to: string | null = null) => ({
  parkId,
  kind,
  from,
  to,
  registeredStaff: 10,
});

let system: TestSystem;

beforeAll(async () => {
  system = await startOldSystem();
});
afterAll(() => system.stop());

/** Stores an enterprise as version 1 did. */
async function writeOld(number: number, residencies: EnterpriseItem['residencies']): Promise<string> {
  const enterprise = enterpriseOf(number, { residencies });
  const old = itemsOf(enterprise).map((item) => {
    const {
      homeZoneId: _,
      registration: __,
      challenge: ___,
      admissions: ____,
      move: _____,
      ...rest
    } = item as EnterpriseItem;
    return rest;
  });
  await system.write('enterprises', old);
  return enterprise.id;
}

const stored = (id: string) => readItem<EnterpriseItem>(system.table('enterprises'), enterpriseKeys.enterprise(id));

async function allEnterprises(): Promise<EnterpriseItem[]> {
  const all: EnterpriseItem[] = [];
  for await (const page of scanPages<EnterpriseItem>(system.table('enterprises'), ['Enterprise'])) all.push(...page);
  return all;
}

test('an old enterprise is at home where it is registered, else where it has stayed longest', async () => {
  const registered = await writeOld(9001, [
    stay('park_sample-baodi', 'REGISTERED', '2019-06-01'),
    stay(PARK, 'OPERATING', '2017-01-01'),
  ]);
  const longest = await writeOld(9002, [
    stay('park_sample-baodi', 'OPERATING', '2020-06-01'),
    stay(PARK, 'OPERATING', '2017-01-01'),
  ]);
  const gone = await writeOld(9003, [stay('park_sample-haidian', 'OPERATING', '2016-01-01', '2018-01-01')]);
  await upgrade(system);

  expect(await stored(registered)).toMatchObject({
    homeZoneId: 'zone_baodi',
    registration: 'CONFIRMED',
    admissions: [{ parkId: PARK, zoneId: 'zone_teda', state: 'OPEN', terms: { kind: 'OPERATING', staffCount: 10 } }],
    move: null,
  });
  expect(await stored(longest)).toMatchObject({
    homeZoneId: 'zone_teda',
    admissions: [{ parkId: 'park_sample-baodi', zoneId: 'zone_baodi', state: 'OPEN', from: '2020-06-01' }],
  });
  expect(await stored(gone)).toMatchObject({ homeZoneId: 'zone_zhongguancun', admissions: [] });

  const all = await allEnterprises();
  const today = dayInShanghai(FIXTURE_NOW);
  expect(all.filter((each) => each.residencies[0]?.parkId === PARK && homeZoneOn(each, today) !== 'zone_teda')).toEqual(
    [],
  );
  expect(all.every(({ version }) => version >= 1)).toBe(true);

  await migrate(system.connection, { keyring: system.keyring, now: FIXTURE_NOW, from: 5 });
  expect(await allEnterprises()).toEqual(all);
});
