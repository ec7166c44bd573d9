import { readItem } from '../../src/storage/dynamodb/read.ts';
import { enterpriseKeys, type PrimaryKey, parkKeys, talentKeys } from '../../src/storage/tables.ts';
import { startOldSystem, upgrade } from '../data-versions.ts';
import type { TestSystem } from '../harness.ts';

/** Policies that were stored before anything was judged by them elsewhere are copied to where it is. */

let system: TestSystem;

const RULE = { language: 1, when: { all: [] } };
const policy = (code: string, subject: string, terms?: object): PrimaryKey => ({
  ...parkKeys.policy(`policy_${code}`),
  ...{ type: 'Policy', id: `policy_${code}`, code, homeZoneIds: ['zone_teda'], subject, version: 2 },
  ...{
    versions: [
      { number: 1, status: 'PUBLISHED', validFrom: '2019-01-01', validTo: null },
      { number: 2, status: 'PUBLISHED', validFrom: '2020-01-01', validTo: '2020-12-31', ...(terms && { terms }) },
    ],
  },
});

beforeAll(async () => {
  system = await startOldSystem();
  await system.write('parks', [
    policy('of-persons', 'PERSON', { rule: RULE }),
    policy('of-enterprises', 'ENTERPRISE', { rule: RULE }),
    policy('without-terms', 'ENTERPRISE'),
  ]);
  await upgrade(system);
});
afterAll(() => system.stop());

const SECOND = { number: 2, from: '2020-01-01', to: '2020-12-31', rule: RULE };

test('policies for persons are copied with all intervals in force', async () => {
  const copy = await readItem(system.table('talent'), talentKeys.casePolicy('policy_of-persons'));
  const first = { number: 1, from: '2019-01-01', to: '2019-12-31' };
  expect(copy).toMatchObject({ type: 'CasePolicy', inForce: [first, SECOND], sourceVersion: 2 });
});

test('policies for enterprises are copied with the intervals of recorded terms, and none without', async () => {
  const copyOf = (id: string) => readItem(system.table('enterprises'), enterpriseKeys.policyTerms(id));
  const copy = await copyOf('policy_of-enterprises');
  expect(copy).toMatchObject({ type: 'PolicyTerms', subject: 'ENTERPRISE', inForce: [SECOND], sourceVersion: 2 });
  expect(await copyOf('policy_without-terms')).toBeNull();
});
