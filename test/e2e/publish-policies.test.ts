import { createParksSubgraph } from '../../src/resolvers/parks/index.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import type { PolicyItem } from '../../src/storage/parks/items.ts';
import { zoneItem } from '../../src/storage/parks/items.ts';
import { parkKeys } from '../../src/storage/tables.ts';
import { publisherOf, publishing } from '../fixtures/publish-records.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Policies from nothing: versions with clauses, packages with financial products, withdrawals. */

let system: TestSystem;
let ask: Execute;
let publish: ReturnType<typeof publishing>;
let withdraw: ReturnType<typeof publishing>;

const OFFICER = publisherOf('zone_north', 'o-1');
const OTHER = publisherOf('zone_south', 'o-2');

beforeAll(async () => {
  system = await startTestSystem();
  ask = system.serve('parks', createParksSubgraph);
  const record = 'policy { id version title versions { number status validFrom validTo clauses { number text } } }';
  publish = publishing(ask, 'publishPolicyVersion', record);
  withdraw = publishing(ask, 'withdrawPolicyVersion', record);
  const facts = { name: { zh: '区', ja: '区', en: 'Zone' }, kind: 'BONDED', regionCode: '120116' } as const;
  await system.write(
    'parks',
    ['north', 'south'].map((code) => zoneItem({ ...facts, code, parentId: null, version: 1 })),
  );
});
afterAll(() => system.stop());

const LOAN = {
  name: { zh: '复工贷', en: 'Resumption loan' },
  lender: { zh: '示例银行', en: 'Sample Bank' },
  amount: '100000000',
  termMonths: 12,
  eligibility: { zh: '已复工的企业', en: 'Enterprises that have resumed work' },
};
const PACKAGES = [
  { kind: 'POLICY_PACKAGE', title: { zh: '政策包', en: 'Policy package' }, contents: { zh: '社保', en: 'Insurance' } },
  { kind: 'FINANCIAL_PRODUCT_PACKAGE', title: { zh: '金融产品包', en: 'Products' }, products: [LOAN] },
];
const MEASURES = {
  code: 'north-measures',
  title: { zh: '北区措施', en: 'Measures of North Zone' },
  issuer: { code: 'north', name: { zh: '北区管委会', en: 'North Commission' }, level: 'ZONE', zone: 'zone_north' },
  homeZones: ['zone_north'],
  subject: 'ENTERPRISE',
  packages: PACKAGES,
  validFrom: '2020-02-10',
  clauses: [{ zh: '第一条', en: 'First clause' }, { zh: '第二条' }],
};
const MINISTRY = {
  ...MEASURES,
  code: 'ministry-rules',
  issuer: { code: 'ministry', name: { zh: '部委' }, level: 'STATE' },
  homeZones: ['zone_north', 'zone_south'],
};

/** Returns the codes of the policies in force on a day. */
async function inForceOn(day: string): Promise<string[]> {
  const { data } = await ask(`{ policies(inForceOn: "${day}", first: 50) { nodes { code } } }`);
  return data.policies.nodes.map(({ code }: PolicyItem) => code);
}

test('an officer of the issuing zone publishes a policy with clauses, packages and products', async () => {
  const { record, refusals } = await publish(MEASURES, OFFICER);
  expect(refusals).toEqual([]);
  expect(record).toEqual({
    id: 'policy_north-measures',
    version: 1,
    title: 'Measures of North Zone',
    versions: [
      {
        number: 1,
        status: 'PUBLISHED',
        validFrom: '2020-02-10',
        validTo: null,
        clauses: [
          { number: 1, text: 'First clause' },
          { number: 2, text: '第二条' },
        ],
      },
    ],
  });
  const { data } = await ask(`{ policy(id: "policy_north-measures") {
    issuer { code level zone { id } } homeZones { id } subject
    packages { kind title contents products { name lender amount termMonths eligibility } }
  } }`);
  expect(data.policy).toEqual({
    issuer: { code: 'north', level: 'ZONE', zone: { id: 'zone_north' } },
    homeZones: [{ id: 'zone_north' }],
    subject: 'ENTERPRISE',
    packages: [
      { kind: 'POLICY_PACKAGE', title: 'Policy package', contents: 'Insurance', products: [] },
      {
        kind: 'FINANCIAL_PRODUCT_PACKAGE',
        title: 'Products',
        contents: null,
        products: [
          {
            name: 'Resumption loan',
            lender: 'Sample Bank',
            amount: '100000000',
            termMonths: 12,
            eligibility: 'Enterprises that have resumed work',
          },
        ],
      },
    ],
  });
  expect(await inForceOn('2020-02-09')).toEqual([]);
  expect(await inForceOn('2024-07-01')).toEqual(['north-measures']);
});

test('the next version replaces the earlier one from its first day on, which stays as it was', async () => {
  const next = { ...MEASURES, version: 1, validFrom: '2020-06-15', validTo: '2020-12-31', clauses: [{ zh: '新条' }] };
  const { record } = await publish(next, OFFICER);
  expect(record.version).toBe(2);
  expect(
    record.versions.map(({ number, clauses }: { number: number; clauses: object[] }) => [number, clauses.length]),
  ).toEqual([
    [2, 1],
    [1, 2],
  ]);
  const { data } = await ask(`{ policy(id: "policy_north-measures") {
    before: inForceOn(date: "2020-06-14") { number } from: inForceOn(date: "2020-06-15") { number }
  } }`);
  expect(data.policy).toEqual({ before: { number: 1 }, from: { number: 2 } });
  expect(await inForceOn('2020-06-14')).toEqual(['north-measures']);
  expect(await inForceOn('2020-12-31')).toEqual(['north-measures']);
  expect(await inForceOn('2021-01-01')).toEqual([]);
  const history = parkKeys.recordVersion(parkKeys.policy('policy_north-measures'), 1);
  expect(await readItem(system.table('parks'), history)).toMatchObject({
    of: 'Policy',
    facts: { versions: [{ number: 1, validTo: null }] },
    publication: { by: 'o-1' },
  });
});

test('a withdrawn version counts on no day, and the one that it replaced does again', async () => {
  const withdrawal = { policy: 'policy_north-measures', number: 2, version: 2 };
  const { record, refusals } = await withdraw(withdrawal, OFFICER);
  expect(refusals).toEqual([]);
  expect(record).toMatchObject({ version: 3, versions: [{ number: 2, status: 'WITHDRAWN' }, { status: 'PUBLISHED' }] });
  expect(await inForceOn('2021-01-01')).toEqual(['north-measures']);
  expect((await withdraw({ ...withdrawal, number: 1, version: 3 }, OFFICER)).record.version).toBe(4);
  expect(await inForceOn('2020-03-01')).toEqual([]);
  const left = await readRange(system.table('parks'), { partition: 'IN_FORCE#OPEN' });
  expect(left).toEqual([]);
  expect((await withdraw({ ...withdrawal, version: 4 }, OFFICER)).refusals).toEqual([
    { code: 'NOT_ALLOWED', field: ['number'] },
  ]);
});

test('commands that are repeated are answered alike and write nothing', async () => {
  const input = { ...MEASURES, code: 'twice', idempotencyKey: 'policy-twice' };
  const first = await publish(input, OFFICER);
  expect(first.record.version).toBe(1);
  expect(await publish(input, OFFICER)).toEqual(first);
  const packages = [{ ...PACKAGES[1], products: [{ ...LOAN, amount: '1' }] }];
  expect((await publish({ ...input, packages }, OFFICER)).refusals).toEqual([
    { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
  ]);
  const withdrawal = { policy: 'policy_twice', number: 1, version: 1, idempotencyKey: 'policy-withdrawn-twice' };
  const gone = await withdraw(withdrawal, OFFICER);
  expect(gone.record.version).toBe(2);
  expect(await withdraw(withdrawal, OFFICER)).toEqual(gone);
});

test('the administration publishes for authorities that are no zone', async () => {
  expect((await publish(MINISTRY)).refusals).toEqual([]);
  expect((await publish({ ...MINISTRY, code: 'by-officer' }, OFFICER)).refusals).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
});

const NEW = { ...MEASURES, code: 'new' };
const { issuer: ISSUER } = MEASURES;
const product = (change: object) => ({ ...NEW, packages: [{ ...PACKAGES[1], products: [{ ...LOAN, ...change }] }] });
const clause = { zh: '条' };

test.each([
  ['a policy that exists, without its version', MEASURES, 'ALREADY_EXISTS', ['version']],
  ['an older version of the record', { ...MEASURES, version: 1 }, 'VERSION_CONFLICT', ['version']],
  ['a version of no policy', { ...NEW, version: 1 }, 'NOT_FOUND', ['version']],
  ['a code with capitals', { ...NEW, code: 'New' }, 'INVALID', ['code']],
  ['an empty title', { ...NEW, title: { zh: ' ' } }, 'INVALID', ['title', 'zh']],
  ['another issuer', { ...MINISTRY, code: MEASURES.code, version: 4 }, 'NOT_ALLOWED', ['issuer']],
  ['another subject', { ...MEASURES, version: 4, subject: 'PERSON' }, 'NOT_ALLOWED', ['subject']],
  ["a zone's issuer without its zone", { ...NEW, issuer: { ...ISSUER, zone: null } }, 'INVALID', ['issuer', 'zone']],
  ['a zone that does not exist', { ...NEW, issuer: { ...ISSUER, zone: 'zone_none' } }, 'NOT_FOUND', ['issuer', 'zone']],
  ["another zone's code", { ...NEW, issuer: { ...ISSUER, code: 'south' } }, 'INVALID', ['issuer', 'code']],
  ['no home zone', { ...NEW, homeZones: [] }, 'INVALID', ['homeZones']],
  ['a home zone twice', { ...NEW, homeZones: ['zone_north', 'zone_north'] }, 'INVALID', ['homeZones']],
  ['a second home of a zone', { ...NEW, homeZones: ['zone_north', 'zone_south'] }, 'INVALID', ['homeZones']],
  ['a home zone that does not exist', { ...MINISTRY, homeZones: ['zone_none'] }, 'NOT_FOUND', ['homeZones', '0']],
  [
    '51 home zones',
    { ...MINISTRY, homeZones: Array.from({ length: 51 }, (_, i) => `zone_z${i}`) },
    'INVALID',
    ['homeZones'],
  ],
  ['an end before the beginning', { ...NEW, validTo: '2020-02-09' }, 'INVALID', ['validTo']],
  [
    'days in force of too many entries',
    { ...NEW, validFrom: '1950-01-02', validTo: '2020-12-30' },
    'INVALID',
    ['validTo'],
  ],
  ['an empty document number', { ...NEW, documentNumber: '' }, 'INVALID', ['documentNumber']],
  ['61 clauses', { ...NEW, clauses: Array.from({ length: 61 }, () => clause) }, 'INVALID', ['clauses']],
  ['an empty clause', { ...NEW, clauses: [clause, { zh: '' }] }, 'INVALID', ['clauses', '1', 'zh']],
  [
    'clauses of 300,001 bytes',
    { ...NEW, clauses: Array.from({ length: 9 }, () => ({ zh: '条'.repeat(3704) })) },
    'INVALID',
    ['clauses'],
  ],
  ['11 packages', { ...NEW, packages: Array.from({ length: 11 }, () => PACKAGES[0]) }, 'INVALID', ['packages']],
  [
    '21 products',
    { ...NEW, packages: [{ ...PACKAGES[1], products: Array.from({ length: 21 }, () => LOAN) }] },
    'INVALID',
    ['packages'],
  ],
  [
    'a product in a policy package',
    { ...NEW, packages: [{ ...PACKAGES[0], products: [LOAN] }] },
    'INVALID',
    ['packages', '0', 'products'],
  ],
  ['an amount of nothing', product({ amount: '0' }), 'INVALID', ['packages', '0', 'products', '0', 'amount']],
  ['a term of no month', product({ termMonths: 0 }), 'INVALID', ['packages', '0', 'products', '0', 'termMonths']],
  [
    'a product without lender',
    product({ lender: { zh: '' } }),
    'INVALID',
    ['packages', '0', 'products', '0', 'lender', 'zh'],
  ],
] as const)('refuses %s', async (_, input, code, field) => {
  const { record, refusals } = await publish(input);
  expect(record).toBeNull();
  expect(refusals).toContainEqual({ code, field });
});

test.each([
  ['of a policy that does not exist', { policy: 'policy_none', number: 1, version: 1 }, 'NOT_FOUND', ['policy']],
  ['of what is no policy', { policy: 'zone_north', number: 1, version: 1 }, 'NOT_FOUND', ['policy']],
  [
    'of a version that does not exist',
    { policy: 'policy_ministry-rules', number: 2, version: 1 },
    'NOT_FOUND',
    ['number'],
  ],
  [
    'with another version seen',
    { policy: 'policy_ministry-rules', number: 1, version: 2 },
    'VERSION_CONFLICT',
    ['version'],
  ],
] as const)('refuses a withdrawal %s', async (_, input, code, field) => {
  expect(await withdraw(input)).toEqual({ record: null, refusals: [{ code, field }] });
});

test('an officer of another zone neither publishes nor withdraws', async () => {
  const refused = { record: null, refusals: [{ code: 'NOT_ALLOWED', field: null }] };
  expect(await publish({ ...MEASURES, version: 4 }, OTHER)).toEqual(refused);
  expect(await publish({ ...MEASURES, code: 'new' }, OTHER)).toEqual(refused);
  const own = { code: 'south', name: { zh: '南区' }, level: 'ZONE', zone: 'zone_south' };
  const taken = await publish({ ...MEASURES, version: 4, issuer: own, homeZones: ['zone_south'] }, OTHER);
  expect(taken.refusals).toContainEqual({ code: 'NOT_ALLOWED', field: null });
  expect(await withdraw({ policy: 'policy_ministry-rules', number: 1, version: 1 }, OTHER)).toEqual(refused);
});

test('of two publications of one version at once, one is told of the other', async () => {
  const days = ['2021-01-01', '2022-01-01'];
  const both = await Promise.all(days.map((validFrom) => publish({ ...NEW, code: 'at-once', validFrom }, OFFICER)));
  expect(both.flatMap(({ refusals }) => refusals)).toEqual([{ code: 'ALREADY_EXISTS', field: ['version'] }]);
});

const TERMS_OUT =
  'policy { versions { number terms { rule terms { term text(locale: EN) clause } samples { name on truth } } } }';
const term = (name: string, code: string, clause = 1) => ({
  term: name,
  text: { zh: '高新技术企业', ja: 'ハイテク企業', en: 'A high-tech enterprise' },
  clause,
  is: { l: { fact: 'qualifications' }, op: 'has', r: [code] },
});
const RULE = { language: 1, when: term('high-tech', 'HIGH_TECH_ENTERPRISE') };
const SAMPLES = [
  {
    name: 'holder',
    on: '2020-02-10',
    facts: [{ fact: 'qualifications', codes: ['HIGH_TECH_ENTERPRISE'] }],
    truth: 'MET',
  },
  {
    name: 'none',
    on: '2020-02-10',
    facts: [{ fact: 'qualifications', codes: [] }],
    truth: 'NOT_MET',
    lacks: ['high-tech'],
  },
];
const withTerms = (code: string, rule: unknown, samples: readonly unknown[] = SAMPLES) => ({
  ...MEASURES,
  code,
  terms: { rule: JSON.stringify(rule), samples },
});

test('a version has its terms as data, which its samples hold', async () => {
  const terms = publishing(ask, 'publishPolicyVersion', TERMS_OUT);
  const { record, refusals } = await terms(withTerms('north-terms', RULE), OFFICER);
  expect(refusals).toEqual([]);
  const [{ terms: published }] = record.versions;
  expect(JSON.parse(published.rule)).toEqual(RULE);
  expect(published).toMatchObject({
    terms: [{ term: 'high-tech', text: 'A high-tech enterprise', clause: 1 }],
    samples: [
      { name: 'holder', on: '2020-02-10', truth: 'MET' },
      { name: 'none', on: '2020-02-10', truth: 'NOT_MET' },
    ],
  });
  const open = await terms({ ...MEASURES, code: 'north-open', terms: {} }, OFFICER);
  expect(open.record.versions).toEqual([{ number: 1, terms: { rule: null, terms: [], samples: [] } }]);
});

test.each<[string, unknown, readonly unknown[] | undefined, string]>([
  ['a code that no enterprise has', { ...RULE, when: term('high-tech', 'HIGH_TEC') }, undefined, 'rule'],
  ['a clause that is not there', { ...RULE, when: term('high-tech', 'HIGH_TECH_ENTERPRISE', 9) }, undefined, 'rule'],
  ['a rule without samples', RULE, [], 'samples'],
  ['a sample that does not hold', RULE, [...SAMPLES, { ...SAMPLES[0], truth: 'NOT_MET' }], 'samples'],
  ['too many samples', RULE, Array(21).fill(SAMPLES[0]), 'samples'],
])('refuses %s', async (_, rule, samples, field) => {
  const { record, refusals } = await publish(withTerms('north-faulty', rule, samples), OFFICER);
  expect(record).toBeNull();
  expect(refusals[0]).toEqual({ code: 'INVALID', field: ['terms', field] });
});

test('refuses what is no rule, and samples without one', async () => {
  const { refusals } = await publish({ ...MEASURES, code: 'north-faulty', terms: { samples: SAMPLES } }, OFFICER);
  expect(refusals).toEqual([{ code: 'INVALID', field: ['terms', 'samples'] }]);
  const input = {
    idempotencyKey: 'no-rule-at-all',
    ...MEASURES,
    code: 'north-faulty',
    terms: { rule: '{"language":1}' },
  };
  const { errors } = await ask(
    'mutation ($input: PublishPolicyVersionInput!) { publishPolicyVersion(input: $input) { userErrors { code } } }',
    { input },
    { viewer: OFFICER },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});
