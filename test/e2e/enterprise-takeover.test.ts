import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';

/** An officer of Baodi tries to take over an enterprise whose home is TEDA, by its public code. */

const ENTERPRISE_OF_TEDA = `{
  park(id: "park_binhai-zhongguancun") { enterprises(first: 1) { nodes { id uscc } } }
}`;

const PUBLIC_FACTS = `query ($uscc: String!) {
  enterprise(uscc: $uscc) {
    id version name(locale: ZH) industryCode sector sizeClass homeZone { id } residencies { park { id } kind from to }
  }
}`;

const PRIVATE_FACTS = `query ($id: ID!) {
  enterprise(id: $id) {
    staffCount
    tracking { officer }
    supportRequests(first: 5) { nodes { id } }
    operationReports(from: "2020-03-01", to: "2020-03-16") { on }
  }
}`;

const IMPORT = `mutation ($input: ImportEnterprisesInput!) {
  importEnterprises(input: $input) {
    rows { status enterprise { id staffCount } userErrors { code field message } }
    userErrors { code }
  }
}`;

const WITHOUT_ROLE: Bearer = { as: 'officer', agency: 'EDU', zone: 'zone_baodi', roles: '' };
const REGISTERING: Bearer = { as: 'officer', agency: 'PARK', zone: 'zone_baodi', roles: 'REGISTER,REPORT,TRACK' };
const NOTHING_PRIVATE = { staffCount: null, tracking: null, supportRequests: null, operationReports: null };

let system: DemoSystem;
let target: { readonly id: string; readonly uscc: string };
let keys = 0;

beforeAll(async () => {
  system = await startDemoSystem('2026-09-10');
  target = (await system.ask(ENTERPRISE_OF_TEDA)).park.enterprises.nodes[0];
});
afterAll(() => system.stop());

function importTarget(bearer: Bearer, change: object = {}) {
  const row = {
    line: 2,
    uscc: target.uscc,
    nameZh: '被接管企业',
    industryCode: 'I6513',
    sector: 'OTHER',
    sizeClass: 'LARGE',
    staffCount: '9999',
    ...change,
  };
  const input = {
    idempotencyKey: `takeover-${keys++}`,
    park: 'park_sample-baodi',
    residentFrom: '2026-09-10',
    rows: [row],
  };
  return system.answer(IMPORT, { input }, bearer);
}

async function expectUntouched(bearer: Bearer, before: object) {
  expect(await system.ask(PUBLIC_FACTS, { uscc: target.uscc })).toEqual(before);
  expect((await system.ask(PRIVATE_FACTS, { id: target.id }, bearer)).enterprise).toEqual(NOTHING_PRIVATE);
}

test('an officer without a role imports a foreign enterprise and nothing opens', async () => {
  const before = await system.ask(PUBLIC_FACTS, { uscc: target.uscc });
  await importTarget(WITHOUT_ROLE);
  await expectUntouched(WITHOUT_ROLE, before);
});

test('a registering officer of another zone is refused the row, and nothing opens', async () => {
  const before = await system.ask(PUBLIC_FACTS, { uscc: target.uscc });
  expect(before.enterprise.homeZone.id).toBe('zone_teda');
  const { data } = await importTarget(REGISTERING);
  expect(data).toEqual({
    importEnterprises: {
      rows: [
        {
          status: 'REFUSED',
          enterprise: null,
          userErrors: [
            { code: 'NOT_ALLOWED', field: ['uscc'], message: 'The home of this enterprise is another zone.' },
          ],
        },
      ],
      userErrors: [],
    },
  });
  await expectUntouched(REGISTERING, before);
});

test('the refusal is the same for an enterprise that has reported and one that has not', async () => {
  const [reported, silent] = await Promise.all([
    importTarget(REGISTERING),
    importTarget(REGISTERING, { uscc: (await unreportedEnterprise()).uscc }),
  ]);
  expect(silent.data).toEqual(reported.data);
});

async function unreportedEnterprise() {
  const query = '{ park(id: "park_sample-hitech") { enterprises(first: 1) { nodes { uscc } } } }';
  return (await system.ask(query)).park.enterprises.nodes[0];
}
