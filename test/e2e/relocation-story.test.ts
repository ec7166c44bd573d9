import type { Viewer } from '../../src/domain/viewer.ts';
import { storedRule } from '../../src/local/demo-data/rules/stored-rule.ts';
import { signingZone } from '../../src/local/demo-data/signing-zone.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { policyFactsItem } from '../../src/storage/linkages/items.ts';
import { fenOf10k } from '../fixtures/ledger-book.ts';
import { type Firm, movingFirms, officerOf } from '../fixtures/moving-firms.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/**
 * Zones A and B sign and cover a policy, a firm moves by the zones' and its own commands, and its taxes are reported,
 * disputed, settled and amended. Zone C sees none of it.
 */

const [A, B, C] = [officerOf('a'), officerOf('b'), officerOf('c')];
const NOW = new Date('2026-06-01T02:00:00.000Z');
/** The shared year is over. */
const LATER = new Date('2027-02-01T02:00:00.000Z');

let system: TestSystem;
let world: Awaited<ReturnType<typeof movingFirms>>;
let serve: Execute;
let firm: Firm;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  world = await movingFirms(system);
  serve = system.serve('linkages', createLinkagesSubgraph);
  firm = await world.firm();
  const { rule } = storedRule('caiyu-2015-92');
  const policy = (policyId: string, zone: string, terms: typeof rule | null) =>
    policyFactsItem({
      ...{ policyId, homeZoneIds: [zone], subject: 'ENTERPRISE', sourceVersion: 1 },
      inForce: [{ number: 1, from: '2015-06-24', to: null, rule: terms }],
    });
  await system.write('linkages', [policy('policy_caiyu', 'zone_b', rule), policy('policy_covered', 'zone_a', null)]);
});
afterAll(() => system.stop());

async function send(mutation: string, type: string, fields: string, input: object, viewer: Viewer, now = NOW) {
  const { data, errors } = await serve(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { code field message } } }`,
    { input: { idempotencyKey: `story-key-${keys++}`, ...input } },
    { viewer, now, purpose: 'BENEFIT_SHARING' },
  );
  expect(errors).toBeUndefined();
  expect(data[mutation].userErrors).toEqual([]);
  return data[mutation];
}

const VIEWERS = { zone_a: A, zone_b: B } as const;

/** Asks for the text of an entry, signs it in the zone's own system and enters it. */
async function enter(agreement: string, zone: keyof typeof VIEWERS, entry: object): Promise<void> {
  const { data } = await serve(
    `query ($agreement: ID!, $entry: LedgerEntryInput!) {
      ledgerEntryText(agreement: $agreement, entry: $entry) { text userErrors { code field message } }
    }`,
    { agreement, entry },
    { viewer: VIEWERS[zone], now: LATER, purpose: 'BENEFIT_SHARING' },
  );
  expect(data.ledgerEntryText.userErrors).toEqual([]);
  const signed = signingZone(zone).sign(data.ledgerEntryText.text);
  await send('enterInLedger', 'EnterInLedgerInput', 'entry { number }', { agreement, ...signed }, VIEWERS[zone], LATER);
}

async function conclude(): Promise<string> {
  const parties = [
    { zone: 'zone_a', role: 'ORIGIN' },
    { zone: 'zone_b', role: 'DESTINATION' },
  ];
  const shares = [
    { role: 'ORIGIN', basisPoints: 5_000 },
    { role: 'DESTINATION', basisPoints: 5_000 },
  ];
  const terms = {
    ...{ title: { zh: '协议' }, kind: 'BENEFIT_SHARING', parties, validFrom: '2026-01-01' },
    ...{ purposes: ['BENEFIT_SHARING', 'POLICY_COVERAGE'], shareTerms: [{ base: 'TAX', years: 3, shares }] },
  };
  const { agreement } = await send('proposeAgreement', 'ProposeAgreementInput', 'agreement { id }', terms, A);
  const seen = { agreement: agreement.id, version: 1 };
  await send('signAgreement', 'AgreementVersionInput', 'agreement { id }', seen, B);
  return agreement.id;
}

async function move(agreement: string): Promise<void> {
  const facts = { ledBy: 'GOVERNMENT', listNumber: '2026-7', relieves: 'INDUSTRY', agreement };
  const { relocation } = await world.relocate(
    'openRelocation',
    { enterprise: firm.id, toPark: 'park_b', facts },
    A,
    NOW,
  );
  await world.relocate('confirmRelocation', { relocation: relocation.id, version: 1 }, B, NOW);
  await world.arrange(relocation.id, 2);
  const asked = { park: 'park_b', keepsSites: false };
  await world.follow(await world.register('requestMove', 'RequestMoveInput', firm, firm.clerk, NOW, asked));
}

const APPLIES = `query ($policy: ID!, $enterprise: ID) {
  policyApplies(policy: $policy, subject: { enterprise: $enterprise }) { applies chain { coverage { id } } }
}`;
const applies = async (policy: string) =>
  (await serve(APPLIES, { policy, enterprise: firm.id }, { viewer: B, now: LATER })).data.policyApplies;

test('two zones share the taxes of a firm that moved, and a third zone sees none of it', async () => {
  const agreement = await conclude();
  const covered = { agreement, policy: 'policy_covered', policyVersion: 1, toZone: 'zone_b', validFrom: '2026-06-01' };
  await send('addCoverage', 'AddCoverageInput', 'coverage { id }', covered, A);
  await move(agreement);
  expect(await world.seen(firm, A, LATER)).toMatchObject([{ state: 'REGISTERED', ledBy: 'GOVERNMENT', listed: true }]);

  for (const zone of ['zone_a', 'zone_b'] as const) {
    await enter(agreement, zone, { kind: 'REGISTER_KEY', publicKey: signingZone(zone).publicKey });
  }
  const tax = { base: 'TAX', enterprise: firm.id };
  // Who led the move, and that it is on the list, the register tells from both zones' statements.
  const facts = [
    { fact: 'fitsLayout', yes: true },
    { fact: 'localTaxBeforeMove', amount: fenOf10k(7_200) },
  ];
  const terms = { firstYear: 2026, arbiter: signingZone('arbiter').publicKey, policy: 'policy_caiyu', facts };
  await enter(agreement, 'zone_a', { kind: 'OPEN_ACCOUNT', ...tax, terms });
  await enter(agreement, 'zone_b', { kind: 'ACCEPT_ACCOUNT', ...tax });
  const report = (zone: 'zone_a' | 'zone_b', amount: string) =>
    enter(agreement, zone, { kind: 'REPORT_FIGURE', ...tax, year: 2026, amount });
  await report('zone_a', fenOf10k(3_000));
  await report('zone_b', fenOf10k(3_000));
  await enter(agreement, 'zone_a', { kind: 'COMPUTE_SETTLEMENT', ...tax, year: 2026 });
  await enter(agreement, 'zone_b', {
    kind: 'DISPUTE_SETTLEMENT',
    ...tax,
    year: 2026,
    reason: 'one invoice was counted twice',
  });
  await report('zone_a', fenOf10k(2_800));
  await report('zone_b', fenOf10k(2_800));
  await enter(agreement, 'zone_a', { kind: 'COMPUTE_SETTLEMENT', ...tax, year: 2026 });
  await enter(agreement, 'zone_b', { kind: 'CONFIRM_SETTLEMENT', ...tax, year: 2026 });

  const amended = { agreement, version: 2, title: { zh: '协议二' }, purposes: ['BENEFIT_SHARING', 'POLICY_COVERAGE'] };
  await send('amendAgreement', 'AmendAgreementInput', 'agreement { id }', amended, B, LATER);
  await send('signAgreement', 'AgreementVersionInput', 'agreement { id }', { agreement, version: 3 }, A, LATER);

  const ledger = `query ($id: ID!, $enterprise: ID) { agreement(id: $id) {
    shareTerms { years }
    ledger { number account(base: TAX, enterprise: $enterprise) { settlements { isConfirmed due { amount } } } }
  } }`;
  const seenBy = async (viewer: Viewer) =>
    (await serve(ledger, { id: agreement, enterprise: firm.id }, { viewer, now: LATER, purpose: 'BENEFIT_SHARING' }))
      .data;
  for (const viewer of [A, B]) {
    const { account } = (await seenBy(viewer)).agreement.ledger;
    expect(account.settlements).toMatchObject([
      { isConfirmed: true, due: expect.arrayContaining([{ amount: fenOf10k(1_400) }]) },
    ]);
  }
  expect(await applies('policy_covered')).toMatchObject({ applies: true, chain: [{}] });
  expect(await world.seen(firm, C, LATER)).toEqual([]);
  expect((await seenBy(C)).agreement).toEqual({ shareTerms: null, ledger: null });
});
