import { join } from 'node:path';
import type { PolicyFacts } from '../../src/domain/policies/policy.ts';
import { policies } from '../../src/local/demo-data/parks/policies.ts';
import type { StreamPump } from '../../src/local/streams/pump.ts';
import { declaredFunctions, pumpStreams } from '../../src/local/system.ts';
import { connect, openTable } from '../../src/storage/dynamodb/connection.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { put } from '../../src/storage/dynamodb/write.ts';
import { policyItem } from '../../src/storage/parks/items.ts';
import { type DemoSystem, startDemoSystem } from '../demo-system.ts';
import { enterpriseOf } from '../fixtures/enterprise.ts';
import { callOf } from '../harness.ts';

/** Copies of parks, policies and enterprises follow their owners' streams, as `serverless.yml` declares it. */

let system: DemoSystem;
let pump: StreamPump;

beforeAll(async () => {
  system = await startDemoSystem('2026-09-10');
  const root = join(import.meta.dirname, '../..');
  pump = await pumpStreams(declaredFunctions(root), root, system.config);
});
afterAll(async () => {
  await pump.stop();
  await system.stop();
});

const USCC = '91110108551385082Q';
const NEW_POLICY = 'policy_sample-new-measure';

async function ask(policy: string, on: string) {
  const { policyApplies } = await system.ask(
    `query ($policy: ID!, $uscc: String!, $on: Date) {
      policyApplies(policy: $policy, subject: { uscc: $uscc }, on: $on) {
        applies policy { id } chain { coverage { id } } reasons { code }
      }
    }`,
    { policy, uscc: USCC, on },
  );
  return policyApplies;
}

test('an enterprise that is imported is one that policies apply to', async () => {
  expect(await ask('policy_tianjin-16-measures', '2020-03-20')).toMatchObject({
    applies: false,
    reasons: [{ code: 'SUBJECT_NOT_FOUND' }],
  });
  const { importEnterprises } = await system.ask(
    `mutation ($input: ImportEnterprisesInput!) { importEnterprises(input: $input) { rows { status } } }`,
    {
      input: {
        idempotencyKey: 'one-enterprise',
        park: 'park_binhai-zhongguancun',
        residentFrom: '2020-03-17',
        rows: [
          {
            line: 1,
            uscc: USCC,
            nameZh: '测试企业',
            industryCode: 'I6513',
            sector: 'DIGITAL_ECONOMY',
            sizeClass: 'SMALL',
            staffCount: '12',
          },
        ],
      },
    },
    { as: 'officer' },
  );
  expect(importEnterprises.rows).toEqual([{ status: 'CREATED' }]);
  await pump.drain();
  expect(await ask('policy_tianjin-16-measures', '2020-03-20')).toMatchObject({ applies: true, chain: [] });
  expect(await ask('policy_sample-innovation-voucher', '2020-03-20')).toMatchObject({
    applies: true,
    chain: [{ coverage: { id: 'cov_sample-voucher-in-teda' } }],
  });
  expect(await ask('policy_tianjin-16-measures', '2020-03-16')).toMatchObject({ applies: false });
});

test('a policy that is published applies from then on, and a newer version of it as it says', async () => {
  const { deadline, signal } = callOf();
  const table = openTable(connect(system.config), 'parks', { deadline, signal, owner: 'test' });
  const write = async (version: number, validTo: string | null) => {
    const name = { zh: '示例', ja: 'サンプル', en: 'Sample' };
    const facts: PolicyFacts = {
      version,
      code: NEW_POLICY.slice('policy_'.length),
      title: name,
      issuer: { code: 'teda', name, level: 'ZONE', zoneId: 'zone_teda' },
      homeZoneIds: ['zone_teda'],
      subject: 'ENTERPRISE',
      packages: [],
      versions: [
        {
          number: 1,
          status: 'PUBLISHED',
          documentNumber: null,
          validFrom: '2020-03-01',
          validTo,
          terms: { rule: null, samples: [] },
        },
      ],
    };
    await transact(table, [put(policyItem(facts))]);
    await pump.drain();
  };
  await write(1, null);
  expect(await ask(NEW_POLICY, '2020-03-20')).toMatchObject({ applies: true, policy: { id: NEW_POLICY } });
  await write(2, '2020-03-19');
  expect(await ask(NEW_POLICY, '2020-03-20')).toMatchObject({ reasons: [{ code: 'POLICY_NOT_IN_FORCE' }] });
});

test('a case type rests on a policy from its publication to its withdrawal', async () => {
  const { deadline, signal } = callOf();
  const table = openTable(connect(system.config), 'parks', { deadline, signal, owner: 'test' });
  const write = async (version: number, status: 'PUBLISHED' | 'WITHDRAWN') => {
    const policy = policies().find(({ facts: { code } }) => code === 'sample-talent-hukou');
    if (!policy) throw new Error('the demo has no policy of hukou');
    const versions = policy.facts.versions.map((each) => ({ ...each, status }));
    await transact(table, [put(policyItem({ ...policy.facts, version, versions }))]);
    await pump.drain();
    const { checkEligibility } = await system.ask(
      `query ($caseType: ID!) {
        checkEligibility(caseType: $caseType, application: { zone: "zone_teda" }) { policyVersion unmet { code } }
      }`,
      { caseType: 'ctype_hukou-entrepreneur' },
    );
    return [checkEligibility.policyVersion, checkEligibility.unmet[0].code];
  };
  expect(await write(2, 'WITHDRAWN')).toEqual([null, 'POLICY_NOT_IN_FORCE']);
  expect(await write(3, 'PUBLISHED')).toEqual([1, 'DOCUMENT_MISSING']);
});

test("a park's flats are counted once its list is published", async () => {
  const { publishFacilities } = await system.ask(
    `mutation ($input: PublishFacilitiesInput!) { publishFacilities(input: $input) {
      park { facilities { id } } userErrors { code field }
    } }`,
    {
      input: {
        idempotencyKey: 'two-flats',
        park: 'park_sample-hitech',
        facilities: [{ code: 'flats', kind: 'TALENT_APARTMENT', name: { zh: '人才公寓' }, capacity: 2 }],
      },
    },
    { as: 'officer', zone: 'zone_binhai-hitech' },
  );
  expect(publishFacilities).toEqual({ park: { facilities: [{ id: 'fac_sample-hitech--flats' }] }, userErrors: [] });
  await pump.drain();
  const { park } = await system.ask('{ park(id: "park_sample-hitech") { facilities { placesTaken placesFree } } }');
  expect(park.facilities).toEqual([{ placesTaken: 0, placesFree: 2 }]);
});

test('enterprises are registered in a park once it is published, and not before', async () => {
  const register = () =>
    system.ask(
      `mutation ($input: RegisterEnterpriseInput!) { registerEnterprise(input: $input) {
        enterprise { homeZone { id } } userErrors { code field }
      } }`,
      {
        input: {
          idempotencyKey: crypto.randomUUID(),
          park: 'park_new-park',
          residentFrom: '2020-03-17',
          uscc: enterpriseOf(901).uscc,
          nameZh: '新园企业',
          industryCode: 'I6513',
          sector: 'DIGITAL_ECONOMY',
          sizeClass: 'SMALL',
          staffCount: 3,
        },
      },
      { as: 'admin' },
    );
  expect((await register()).registerEnterprise.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['park'] }]);
  const { publishPark } = await system.ask(
    `mutation ($input: PublishParkInput!) { publishPark(input: $input) { park { id version } userErrors { code } } }`,
    {
      input: {
        idempotencyKey: 'a-new-park',
        code: 'new-park',
        name: { zh: '新园' },
        zone: 'zone_teda',
        regionCode: '120116',
      },
    },
    { as: 'admin' },
  );
  expect(publishPark).toEqual({ park: { id: 'park_new-park', version: 1 }, userErrors: [] });
  await pump.drain();
  expect((await register()).registerEnterprise).toEqual({
    enterprise: { homeZone: { id: 'zone_teda' } },
    userErrors: [],
  });
});
