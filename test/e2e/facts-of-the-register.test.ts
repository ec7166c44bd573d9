import { accountId, type LedgerAccount } from '../../src/domain/linkages/ledger/account.ts';
import type { Rule, Test } from '../../src/domain/rules/rule.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { storedRule } from '../../src/local/demo-data/rules/stored-rule.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { agreementItem, policyCoveragesItem, policyFactsItem } from '../../src/storage/linkages/items.ts';
import { ledgerAccountItem } from '../../src/storage/linkages/ledgers/ledger-items.ts';
import { enterpriseRelocationsItem, relocationItem } from '../../src/storage/linkages/relocations/relocation-items.ts';
import { AGREEMENTS, enterpriseIn, linkedZones } from '../fixtures/linked-zones.ts';
import { relocationOf } from '../fixtures/relocations.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** The register tells an enterprise's size, zone and stay, and the ledger of a move what both zones have signed. */

let system: TestSystem;
let linkages: Execute;

const FIRM = enterpriseIn('a', 1);
const MOVED = enterpriseIn('a', 2);
const DAY = '2026-03-02';
const AGREEMENT = 'agr_moves';
const officerOf = (zone: string): Viewer => ({ kind: 'officer', person: `o-${zone}`, agency: 'PARK', zone, roles: [] });

const TEXT = { zh: '条', ja: '条', en: 'term' };
const one = (term: string, is: Test): Rule => ({ language: 1, when: { term, text: TEXT, is } });
/** Three years in the zone, two in zone A. */
const STAYED = one('stayed', {
  l: {
    day: {
      from: { fact: 'residentSince' },
      days: 0,
    },
  },
  op: '<=',
  r: '2023-01-01',
});
const PLACE = one('place', {
  l: { table: { by: { fact: 'zone' }, rows: [{ is: 'zone_a', value: 2 }], otherwise: 3 } },
  op: '=',
  r: 2,
});

const policy = (slug: string, rule: Rule) =>
  policyFactsItem({
    policyId: `policy_${slug}`,
    homeZoneIds: ['zone_a', 'zone_b'],
    subject: 'ENTERPRISE',
    inForce: [{ number: 1, from: '2015-06-03', to: null, rule }],
    sourceVersion: 1,
  });

/** The facts that the rule of 财预〔2015〕92号 asks for, as both zones have signed them with the account. */
const SIGNED = {
  relocated: true,
  relocationLedBy: 'GOVERNMENT',
  relocationListed: true,
  fitsLayout: true,
  localTaxBeforeMove: 6_000_000_000,
};
const account: LedgerAccount = {
  id: accountId('TAX', MOVED.enterpriseId),
  terms: {
    ...{ base: 'TAX', enterprise: MOVED.enterpriseId, firstYear: 2020, years: 3, extensionYears: 2 },
    shares: [
      { zone: 'zone_b', basisPoints: 5_000 },
      { zone: 'zone_a', basisPoints: 5_000 },
    ],
    ...{ payer: 'zone_a', capped: null, arbiter: null },
    rule: { policy: 'policy_tax', version: 1, hash: '', facts: SIGNED },
  },
  acceptedBy: ['zone_a', 'zone_b'],
  years: { 2020: { figures: {}, agreed: { amount: '700', by: 'ZONES' }, settled: null, isDisputed: false } },
  settlements: {},
  ...{ pending: null, settledUntil: null, settledParts: {} },
};

beforeAll(async () => {
  system = await startTestSystem();
  linkages = system.serve('linkages', createLinkagesSubgraph);
  const [agreed] = AGREEMENTS;
  if (!agreed) throw new Error('the fixture has no agreement');
  const parties = ['zone_b', 'zone_a'].map((zoneId, i) => ({
    ...{ zoneId, signedOn: '2018-12-01' },
    role: i === 0 ? ('ORIGIN' as const) : ('DESTINATION' as const),
  }));
  await system.write('linkages', [
    ...linkedZones([FIRM, MOVED]),
    policy('small', storedRule('sixteen-measures').rule),
    policy('stayed', STAYED),
    policy('place', PLACE),
    policy('tax', storedRule('caiyu-2015-92').rule),
    ...['small', 'stayed', 'place', 'tax'].map((slug) => policyCoveragesItem(`policy_${slug}`, [])),
    agreementItem({
      ...agreed,
      id: AGREEMENT,
      parties,
      status: 'SIGNED',
      validTo: null,
      purposes: ['BENEFIT_SHARING'],
    }),
    relocationItem(
      relocationOf({
        ...{ id: 'reloc_1', enterpriseId: MOVED.enterpriseId, agreementId: AGREEMENT },
        ...{ fromZoneId: 'zone_b', toZoneId: 'zone_a', registeredOn: '2019-01-01' },
      }),
    ),
    enterpriseRelocationsItem(MOVED.enterpriseId, ['reloc_1']),
    ledgerAccountItem(AGREEMENT, account),
  ]);
});
afterAll(() => system.stop());

const APPLIES = `query ($policy: ID!, $subject: PolicySubjectInput!, $facts: [FactInput!], $on: Date) {
  policyApplies(policy: $policy, subject: $subject, facts: $facts, on: $on) {
    truth
    judgement { facts { fact { fact } value source } terms { term truth saw } missing { fact } nearest { changes { to } } }
  }
}`;

interface Asked {
  readonly of?: typeof FIRM;
  readonly facts?: readonly object[];
  readonly viewer?: Viewer;
}

async function ask(slug: string, { of = FIRM, facts = [], viewer }: Asked = {}) {
  const subject = { enterprise: of.enterpriseId };
  const { data, errors } = await linkages(
    APPLIES,
    { policy: `policy_${slug}`, subject, facts, on: DAY },
    viewer && { viewer },
  );
  expect(errors).toBeUndefined();
  return data.policyApplies;
}

test('tells the size of an enterprise to everybody, before what the caller states', async () => {
  const answer = await ask('small', { facts: [{ fact: 'sizeClass', code: 'LARGE' }] });
  expect(answer.truth).toBe('MET');
  expect(answer.judgement.facts).toContainEqual({ fact: { fact: 'sizeClass' }, value: 'SMALL', source: 'REGISTRY' });
});

test('tells the zone and the day since when an enterprise is there', async () => {
  expect(await ask('stayed')).toMatchObject({ truth: 'MET', judgement: { terms: [{ saw: '2019-01-01' }] } });
  expect(await ask('place')).toMatchObject({ truth: 'MET' });
  const facts = [{ fact: 'zone', code: 'zone_a' }];
  expect(await ask('place', { of: enterpriseIn('a', 1), facts })).toMatchObject({ truth: 'MET' });
});

test('tells a party what both zones have signed on a move, and nobody else', async () => {
  for (const zone of ['zone_a', 'zone_b']) {
    const answer = await ask('tax', { of: MOVED, viewer: officerOf(zone) });
    expect(answer.truth).toBe('MET');
    expect(answer.judgement.facts).toContainEqual({
      ...{ fact: { fact: 'localTaxBeforeMove' }, value: '6000000000', source: 'REGISTRY' },
    });
    expect(answer.judgement.facts).toContainEqual({
      ...{ fact: { fact: 'localTaxByYear' }, value: '700', source: 'REGISTRY' },
    });
  }
  const clerk: Viewer = { kind: 'clerk', person: 'clerk-1', enterprise: MOVED.enterpriseId };
  const viewers = [undefined, officerOf('zone_c'), clerk];
  const asked = (viewer: Viewer | undefined) => ask('tax', { of: MOVED, ...(viewer && { viewer }) });
  const withAccount = await Promise.all(viewers.map(asked));
  await system.write('linkages', [ledgerAccountItem(AGREEMENT, { ...account, acceptedBy: ['zone_a'] })]);
  try {
    expect(await Promise.all(viewers.map(asked))).toEqual(withAccount);
    expect(withAccount.map(({ truth }) => truth)).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
    // A party has no word of the other before it has accepted the account.
    expect(await asked(officerOf('zone_a'))).toMatchObject({ truth: 'UNKNOWN' });
  } finally {
    await system.write('linkages', [ledgerAccountItem(AGREEMENT, account)]);
  }
});

test('one more call reads the ledger of a move, and none more for whoever may not read it', async () => {
  const calls = async (viewer?: Viewer) =>
    (await system.dynamo.during(() => ask('tax', { of: MOVED, ...(viewer && { viewer }) }))).length;
  expect(await calls(officerOf('zone_a'))).toBe(4);
  expect(await calls()).toBe(3);
});
