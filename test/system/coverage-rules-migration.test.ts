import { readItem } from '../../src/storage/dynamodb/read.ts';
import { migrate } from '../../src/storage/migrations/migrate.ts';
import { linkageKeys, type PrimaryKey, parkKeys } from '../../src/storage/tables.ts';
import { FIXTURE_NOW, startOldSystem, upgrade } from '../data-versions.ts';
import type { TestSystem } from '../harness.ts';

/** Coverages that were stored with conditions of their own form get a rule, and their agreements a list of them. */

let system: TestSystem;

/** An item as an earlier version stored it. */
const old = (key: PrimaryKey, facts: object): PrimaryKey => ({ ...key, ...facts });

beforeAll(async () => {
  system = await startOldSystem();
  await system.write('linkages', [
    old(linkageKeys.coverage('cov_open'), { type: 'PolicyCoverage', conditions: [] }),
    old(linkageKeys.coverage('cov_closed'), {
      type: 'PolicyCoverage',
      conditions: [
        { kind: 'SECTOR', anyOf: ['OTHER'] },
        { kind: 'QUALIFICATION', anyOf: ['TECH_SME', 'HIGH_TECH_ENTERPRISE'] },
      ],
    }),
    old(linkageKeys.agreement('agr_old'), {
      type: 'Agreement',
      id: 'agr_old',
      kind: 'CROSS_COVERAGE',
      coverageIds: ['cov_open', 'cov_closed'],
      parties: [],
    }),
    old(linkageKeys.zoneLinks('zone_old'), { type: 'ZoneLinks', links: { agr_old: { status: 'SIGNED' } } }),
  ]);
  await system.write('parks', [old(parkKeys.zone('zone_old'), { type: 'Zone', id: 'zone_old', version: 3 })]);
  await upgrade(system);
});
afterAll(() => system.stop());

const stored = (key: PrimaryKey) => readItem<never>(system.table('linkages'), key);

test('conditions are rules, and no conditions are none', async () => {
  expect(await stored(linkageKeys.coverage('cov_open'))).toMatchObject({ rule: null });
  const closed = await stored(linkageKeys.coverage('cov_closed'));
  expect(closed).toMatchObject({
    rule: {
      language: 1,
      when: {
        all: [
          {
            term: 'sector',
            text: { en: 'The sector is OTHER' },
            is: { l: { fact: 'sector' }, op: 'in', r: ['OTHER'] },
          },
          { term: 'qualification', is: { op: 'has', r: ['TECH_SME', 'HIGH_TECH_ENTERPRISE'] } },
        ],
      },
    },
  });
  expect(closed).not.toHaveProperty('conditions');
});

test('coverages are listed under their agreement, kinds in the links, and zones are known', async () => {
  expect(await stored(linkageKeys.coveragesOfAgreement('agr_old'))).toMatchObject({
    coverageIds: new Set(['cov_open', 'cov_closed']),
  });
  expect(await stored(linkageKeys.agreement('agr_old'))).not.toHaveProperty('coverageIds');
  expect(await stored(linkageKeys.zoneLinks('zone_old'))).toMatchObject({
    links: { agr_old: { kind: 'CROSS_COVERAGE' } },
  });
  expect(await stored(linkageKeys.zoneFacts('zone_old'))).toMatchObject({ zoneId: 'zone_old', sourceVersion: 3 });
});

test('a second run changes nothing', async () => {
  const keys = [linkageKeys.coverage('cov_closed'), linkageKeys.coveragesOfAgreement('agr_old')];
  const before = await Promise.all(keys.map(stored));
  await migrate(system.connection, { keyring: system.keyring, now: FIXTURE_NOW, from: 12 });
  expect(await Promise.all(keys.map(stored))).toEqual(before);
});
