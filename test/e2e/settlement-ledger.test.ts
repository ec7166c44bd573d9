/** Zhongguancun and Binhai share the taxes of an enterprise that moved. Baodi is no party and sees none of it. */
import type { AgreementRecord } from '../../src/domain/linkages/agreement.ts';
import { type SignedText, textOf } from '../../src/domain/linkages/ledger/entry.ts';
import { verifyLedger } from '../../src/domain/linkages/ledger/verify.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { storedRule } from '../../src/local/demo-data/rules/stored-rule.ts';
import { type SigningZone, signingZone } from '../../src/local/demo-data/signing-zone.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { agreementItem, policyFactsItem } from '../../src/storage/linkages/items.ts';
import { enterpriseRelocationsItem, relocationItem } from '../../src/storage/linkages/relocations/relocation-items.ts';
import { fenOf10k } from '../fixtures/ledger-book.ts';
import { relocationOf } from '../fixtures/relocations.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

const NOW = new Date('2026-03-02T01:00:00.000Z');
const ENTERPRISE = 'ent_01HB0000000000000000000000';
const AGREEMENT = 'agr_benefits';
const ORIGIN = 'zone_zgc';
const DESTINATION = 'zone_binhai';

const officerOf = (zone: string): Viewer => ({
  kind: 'officer',
  person: `o-${zone}`,
  agency: 'PARK',
  zone,
  roles: ['PUBLISH'],
});
const systemOf = (zone: string): Viewer => ({ kind: 'partner', zone, key: `key-of-${zone}` });
const SYSTEMS: Readonly<Record<string, SigningZone>> = {
  [ORIGIN]: signingZone(ORIGIN),
  [DESTINATION]: signingZone(DESTINATION),
  zone_baodi: signingZone('zone_baodi'),
};
const ARBITER = signingZone('arbiter');

const SIGNED: AgreementRecord = {
  id: AGREEMENT,
  version: 2,
  title: { zh: '利益共享协议', ja: '利益共有協定', en: 'Benefit sharing' },
  kind: 'BENEFIT_SHARING',
  status: 'SIGNED',
  terminatedOn: null,
  parties: [
    { zoneId: ORIGIN, role: 'ORIGIN', signedOn: '2018-06-01' },
    { zoneId: DESTINATION, role: 'DESTINATION', signedOn: '2018-06-01' },
  ],
  validFrom: '2018-07-01',
  validTo: null,
  signedOn: '2018-06-01',
  purposes: ['BENEFIT_SHARING'],
  shareTerms: [
    {
      base: 'TAX',
      shares: [
        { role: 'ORIGIN', basisPoints: 4_000 },
        { role: 'DESTINATION', basisPoints: 6_000 },
      ],
      cap: null,
      years: 5,
      extensionYears: 0,
    },
  ],
};

let system: TestSystem;
let serve: Execute;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('linkages', createLinkagesSubgraph);
  const { rule } = storedRule('caiyu-2015-92');
  await system.write('linkages', [
    agreementItem({ ...SIGNED, id: 'agr_proposed', status: 'PROPOSED', signedOn: null }),
    agreementItem({ ...SIGNED, id: 'agr_over', validTo: '2020-12-31' }),
    policyFactsItem({
      policyId: 'policy_caiyu',
      homeZoneIds: [DESTINATION],
      subject: 'ENTERPRISE',
      inForce: [{ number: 1, from: '2015-06-24', to: null, rule }],
      sourceVersion: 1,
    }),
    relocationItem(
      relocationOf({
        id: 'reloc_one',
        enterpriseId: ENTERPRISE,
        fromZoneId: ORIGIN,
        toZoneId: DESTINATION,
        registeredOn: '2020-01-01',
        agreementId: AGREEMENT,
      }),
    ),
    enterpriseRelocationsItem(ENTERPRISE, ['reloc_one']),
  ]);
});
afterAll(() => system.stop());

/** Writes an agreement with an empty ledger. */
async function newLedger(changed: Partial<AgreementRecord> = {}): Promise<string> {
  const id = `agr_ledger-${keys++}`;
  await system.write('linkages', [agreementItem({ ...SIGNED, ...changed, id })]);
  return id;
}

async function draft(agreement: string, zone: string, entry: object, viewer: Viewer = officerOf(zone), now = NOW) {
  const { data, errors } = await serve(
    `query ($agreement: ID!, $entry: LedgerEntryInput!) {
      ledgerEntryText(agreement: $agreement, entry: $entry) { text userErrors { code field message } }
    }`,
    { agreement, entry },
    { viewer, now, purpose: 'BENEFIT_SHARING' },
  );
  expect(errors).toBeUndefined();
  return data.ledgerEntryText;
}

const send = (input: object, viewer: Viewer, now = NOW) =>
  serve(
    `mutation ($input: EnterInLedgerInput!) { enterInLedger(input: $input) {
      entry { number kind text hash zone { id } }
      account { isOpen acceptedBy { id } settlements { year due { amount } } }
      userErrors { code field }
    } }`,
    { input: { idempotencyKey: `ledger-entry-${keys++}`, ...input } },
    { viewer, now, purpose: 'BENEFIT_SHARING' },
  );

async function enter(input: object, viewer: Viewer, now = NOW) {
  const { data, errors } = await send(input, viewer, now);
  expect(errors).toBeUndefined();
  return data.enterInLedger;
}

/** Asks for the text of an entry, signs it in the zone's own system and enters it. */
async function make(agreement: string, zone: string, entry: object, signer: SigningZone | undefined = SYSTEMS[zone]) {
  const { text, userErrors } = await draft(agreement, zone, entry);
  expect(userErrors).toEqual([]);
  const answer = await enter({ agreement, ...signer?.sign(text) }, officerOf(zone));
  expect(answer.userErrors).toEqual([]);
  return answer;
}

async function refusalOf(agreement: string, zone: string, entry: object) {
  const { text, userErrors } = await draft(agreement, zone, entry);
  expect(text).toBeNull();
  return userErrors[0];
}

const TAX = { base: 'TAX', enterprise: ENTERPRISE };
const keyOf = (zone: string) => ({ kind: 'REGISTER_KEY', publicKey: SYSTEMS[zone]?.publicKey });
const FACTS = [
  { fact: 'relocationLedBy', code: 'GOVERNMENT' },
  { fact: 'relocationListed', yes: true },
  { fact: 'fitsLayout', yes: true },
  { fact: 'localTaxBeforeMove', amount: fenOf10k(7_200) },
];
const opening = (terms: object = {}) => ({
  kind: 'OPEN_ACCOUNT',
  ...TAX,
  terms: { firstYear: 2020, arbiter: ARBITER.publicKey, policy: 'policy_caiyu', facts: FACTS, ...terms },
});

async function openLedger(terms: object = {}): Promise<string> {
  const agreement = await newLedger();
  for (const zone of [ORIGIN, DESTINATION]) await make(agreement, zone, keyOf(zone));
  await make(agreement, ORIGIN, opening(terms));
  await make(agreement, DESTINATION, { kind: 'ACCEPT_ACCOUNT', ...TAX });
  return agreement;
}

async function agree(agreement: string, year: number, amount: string) {
  for (const zone of [ORIGIN, DESTINATION])
    await make(agreement, zone, { kind: 'REPORT_FIGURE', ...TAX, year, amount });
}

async function settle(agreement: string, year: number) {
  await make(agreement, ORIGIN, { kind: 'COMPUTE_SETTLEMENT', ...TAX, year });
  await make(agreement, DESTINATION, { kind: 'CONFIRM_SETTLEMENT', ...TAX, year });
}

const LEDGER = `query ($id: ID!) { agreement(id: $id) { ledger {
  number hash keys { zone { id } publicKey }
  account(base: TAX, enterprise: "${ENTERPRISE}") {
    base firstYear years extensionYears cap arbiter policyVersion isOpen enterprise { id } policy { id }
    payer { id } cappedZone { id } shares { zone { id } basisPoints }
    figures { year state difference agreed settled reported { zone { id } amount } }
    settlements { year isConfirmed figures { year amount was } due { amount } confirmedBy { id }
      payments { from { id } to { id } amount state } }
  }
  accounts { nodes { base } }
  entries(first: 100) { nodes { number kind on text signature hash zone { id } } }
} } }`;

async function ledgerOf(id: string, viewer: Viewer = officerOf(ORIGIN)) {
  return (await serve(LEDGER, { id }, { viewer, now: NOW, purpose: 'BENEFIT_SHARING' })).data.agreement.ledger;
}

test('an enterprise moves, its taxes are reported, disputed, settled and adjusted, and a third zone sees none of it', async () => {
  const agreement = await openLedger();
  // The zones differ, and the difference is shown.
  await make(agreement, ORIGIN, { kind: 'REPORT_FIGURE', ...TAX, year: 2020, amount: fenOf10k(3_100) });
  await make(agreement, DESTINATION, { kind: 'REPORT_FIGURE', ...TAX, year: 2020, amount: fenOf10k(3_000) });
  expect((await ledgerOf(agreement)).account.figures).toMatchObject([
    { year: 2020, state: 'DIFFERENT', difference: fenOf10k(100), agreed: null },
  ]);
  expect(await refusalOf(agreement, ORIGIN, { kind: 'COMPUTE_SETTLEMENT', ...TAX, year: 2020 })).toMatchObject({
    code: 'NOT_ALLOWED',
    field: ['year'],
  });
  // The arbiter decides, and the destination disputes no less: the award stands.
  const award = { kind: 'AWARD_FIGURE', ...TAX, year: 2020, amount: fenOf10k(3_000) };
  await make(agreement, DESTINATION, award, ARBITER);
  await make(agreement, ORIGIN, { kind: 'COMPUTE_SETTLEMENT', ...TAX, year: 2020 });
  const reason = 'The refunds of December are missing.';
  await make(agreement, DESTINATION, { kind: 'DISPUTE_SETTLEMENT', ...TAX, year: 2020, reason });
  await settle(agreement, 2020);
  await make(agreement, DESTINATION, { kind: 'PAY', ...TAX, year: 2020, zone: ORIGIN });
  await make(agreement, ORIGIN, { kind: 'RECEIVE', ...TAX, year: 2020, zone: DESTINATION });
  // A later audit finds that it was less: the next settlement adjusts it.
  await agree(agreement, 2020, fenOf10k(2_900));
  await agree(agreement, 2021, fenOf10k(3_600));
  await settle(agreement, 2021);
  const ledger = await ledgerOf(agreement);
  expect(ledger.account.settlements).toEqual([
    expect.objectContaining({
      year: 2020,
      due: [{ amount: fenOf10k(1_500) }, { amount: fenOf10k(1_500) }],
      payments: [{ from: { id: DESTINATION }, to: { id: ORIGIN }, amount: fenOf10k(1_500), state: 'RECEIVED' }],
    }),
    expect.objectContaining({
      year: 2021,
      figures: [
        { year: 2020, amount: fenOf10k(2_900), was: fenOf10k(3_000) },
        { year: 2021, amount: fenOf10k(3_600), was: null },
      ],
      due: [{ amount: fenOf10k(1_750) }, { amount: fenOf10k(1_750) }],
      payments: [{ from: { id: DESTINATION }, to: { id: ORIGIN }, amount: fenOf10k(1_750), state: 'DUE' }],
    }),
  ]);
  const entries: SignedText[] = ledger.entries.nodes.map(({ text, signature }: SignedText) => ({ text, signature }));
  expect(verifyLedger(entries)).toMatchObject({
    ok: true,
    value: { head: { number: ledger.number, hash: ledger.hash } },
  });
  // Baodi reads nothing and enters nothing.
  const third = officerOf('zone_baodi');
  expect(await ledgerOf(agreement, third)).toBeNull();
  expect(await draft(agreement, 'zone_baodi', keyOf('zone_baodi'))).toBeNull();
  const forged = textOf({
    ...JSON.parse(entries.at(-1)?.text ?? ''),
    number: ledger.number + 1,
    previous: ledger.hash,
  });
  expect((await enter({ agreement, ...SYSTEMS.zone_baodi?.sign(forged) }, third)).userErrors).toEqual([
    { code: 'NOT_ALLOWED', field: null },
  ]);
});

test('the published example is settled by the rule of the policy', async () => {
  const agreement = await openLedger();
  const { account } = await ledgerOf(agreement);
  expect(account).toMatchObject({
    firstYear: 2020,
    years: 3,
    extensionYears: 2,
    cap: fenOf10k(7_200),
    arbiter: ARBITER.publicKey,
    policy: { id: 'policy_caiyu' },
    policyVersion: 1,
    isOpen: true,
    payer: { id: DESTINATION },
    cappedZone: { id: ORIGIN },
    shares: [
      { zone: { id: ORIGIN }, basisPoints: 5_000 },
      { zone: { id: DESTINATION }, basisPoints: 5_000 },
    ],
  });
  for (const [i, tax] of [3000, 3600, 4200, 4400, 4500].entries()) {
    await agree(agreement, 2020 + i, fenOf10k(tax));
    await settle(agreement, 2020 + i);
  }
  const { settlements } = (await ledgerOf(agreement)).account;
  const parts = settlements.map(({ due }: { due: { amount: string }[] }) => due[0]?.amount);
  expect(parts).toEqual([1500, 1800, 2100, 1800, 0].map(fenOf10k));
});

test('without a policy the shares are those of the agreement', async () => {
  const agreement = await openLedger({ policy: null, facts: null });
  await agree(agreement, 2020, '101');
  await settle(agreement, 2020);
  const { account } = await ledgerOf(agreement);
  expect(account).toMatchObject({
    policy: null,
    cap: null,
    years: 5,
    settlements: [{ due: [{ amount: '40' }, { amount: '61' }] }],
  });
});

test.each<[string, object, string[]]>([
  ['that did not move here', { enterprise: 'ent_01HB0000000000000000000001' }, ['policy']],
  ['whose facts are not stated', { terms: { firstYear: 2020, policy: 'policy_caiyu' } }, ['policy']],
  ['by a policy without a rule', { terms: { firstYear: 2020, policy: 'policy_other' } }, ['policy']],
  ['of a figure that is not shared', { base: 'GDP' }, ['base']],
  ['without terms', { terms: null }, ['terms']],
  ['with a figure', { amount: '1' }, ['amount']],
])('opens no account of an enterprise %s', async (_, changed, field) => {
  const agreement = await newLedger();
  expect(await refusalOf(agreement, ORIGIN, { ...opening(), ...changed })).toMatchObject({ code: 'INVALID', field });
});

test('a figure of a market-led relocation is not shared by the rule', async () => {
  const facts = FACTS.map((fact) => (fact.fact === 'relocationLedBy' ? { ...fact, code: 'MARKET' } : fact));
  const refusal = await refusalOf(await newLedger(), ORIGIN, opening({ facts }));
  expect(refusal).toMatchObject({ code: 'INVALID', message: expect.stringContaining('government-led') });
});

test('a role that two parties have shares nothing', async () => {
  const parties = [...SIGNED.parties, { zoneId: 'zone_baodi', role: 'ORIGIN' as const, signedOn: '2018-06-01' }];
  expect(await refusalOf(await newLedger({ parties }), ORIGIN, opening())).toMatchObject({ field: ['base'] });
});

test('nothing is entered under an agreement that is not signed, and no account is opened under one that is over', async () => {
  const notAllowed = { code: 'NOT_ALLOWED', field: ['agreement'] };
  expect(await refusalOf('agr_proposed', ORIGIN, keyOf(ORIGIN))).toMatchObject(notAllowed);
  expect(await refusalOf('agr_over', ORIGIN, opening())).toMatchObject(notAllowed);
  await make('agr_over', ORIGIN, keyOf(ORIGIN));
});

test('an entry that is repeated is made once', async () => {
  const agreement = await newLedger();
  const { text } = await draft(agreement, ORIGIN, keyOf(ORIGIN));
  const input = { idempotencyKey: 'one-key-only', agreement, ...SYSTEMS[ORIGIN]?.sign(text) };
  const first = await enter(input, officerOf(ORIGIN));
  expect(first.entry).toMatchObject({ number: 1, kind: 'REGISTER_KEY', zone: { id: ORIGIN }, text });
  expect(await enter(input, officerOf(ORIGIN))).toEqual(first);
  expect((await ledgerOf(agreement)).number).toBe(1);
  expect((await enter({ ...input, text: `${text} ` }, officerOf(ORIGIN))).userErrors).toEqual([
    { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
  ]);
});

test('of two entries at once, the later one is signed anew', async () => {
  const agreement = await newLedger();
  const texts = await Promise.all([ORIGIN, DESTINATION].map((zone) => draft(agreement, zone, keyOf(zone))));
  const answers = await Promise.all(
    [ORIGIN, DESTINATION].map((zone, i) =>
      enter({ agreement, ...SYSTEMS[zone]?.sign(texts[i].text) }, officerOf(zone)),
    ),
  );
  expect(answers.filter(({ entry }) => entry !== null)).toHaveLength(1);
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([{ code: 'VERSION_CONFLICT', field: ['text'] }]);
  expect((await ledgerOf(agreement)).number).toBe(1);
});

test('a text is signed by its own zone within a week, and is nothing but the text that was given', async () => {
  const agreement = await newLedger();
  const { text } = await draft(agreement, ORIGIN, keyOf(ORIGIN));
  const [signed, forged] = [SYSTEMS[ORIGIN]?.sign(text), SYSTEMS[DESTINATION]?.sign(text)];
  const invalid = (...field: string[]) => [{ code: 'INVALID', field }];
  const errorsOf = async (input: object, viewer = officerOf(ORIGIN), now = NOW) =>
    (await enter({ agreement, ...input }, viewer, now)).userErrors;
  expect(await errorsOf({ ...forged })).toEqual(invalid('signature'));
  expect(await errorsOf({ ...signed }, officerOf(DESTINATION))).toEqual([{ code: 'NOT_ALLOWED', field: null }]);
  expect(await errorsOf({ ...signed }, officerOf(ORIGIN), new Date('2026-03-10T01:00:00.000Z'))).toEqual(
    invalid('text'),
  );
  expect(await errorsOf({ ...signed }, officerOf(ORIGIN), new Date('2026-03-01T01:00:00.000Z'))).toEqual(
    invalid('text'),
  );
  expect(await errorsOf({ ...SYSTEMS[ORIGIN]?.sign(`${text} `) })).toEqual(invalid('text'));
  expect(await errorsOf({ ...signed, agreement: 'agr_over' })).toEqual(invalid('text'));
  expect(await errorsOf({ ...signed, agreement: 'agr_nowhere' })).toEqual([
    { code: 'NOT_FOUND', field: ['agreement'] },
  ]);
});

test('an account whose terms have been changed in the text is not opened', async () => {
  const agreement = await newLedger();
  await make(agreement, ORIGIN, keyOf(ORIGIN));
  const { text } = await draft(agreement, ORIGIN, opening());
  const entry = JSON.parse(text);
  entry.content.terms.capped.cap = '1';
  const answer = await enter({ agreement, ...SYSTEMS[ORIGIN]?.sign(textOf(entry)) }, officerOf(ORIGIN));
  expect(answer.userErrors).toEqual([{ code: 'VERSION_CONFLICT', field: ['text'] }]);
});

test("a zone's own system reads and enters for the purpose that the agreement grants", async () => {
  const agreement = await newLedger();
  const { text } = await draft(agreement, DESTINATION, keyOf(DESTINATION), systemOf(DESTINATION));
  const signed = SYSTEMS[DESTINATION]?.sign(text);
  expect((await enter({ agreement, ...signed }, systemOf(DESTINATION))).entry.number).toBe(1);
  expect((await ledgerOf(agreement, systemOf(ORIGIN))).keys).toHaveLength(1);
  const { errors } = await serve(LEDGER, { id: agreement }, { viewer: systemOf(ORIGIN), now: NOW });
  expect(errors).toMatchObject([{ extensions: { code: 'PURPOSE_NOT_GRANTED' } }]);
  const without = await newLedger({ purposes: [] });
  const answer = await serve(
    LEDGER,
    { id: without },
    { viewer: systemOf(ORIGIN), now: NOW, purpose: 'BENEFIT_SHARING' },
  );
  expect(answer.errors).toMatchObject([{ extensions: { code: 'PURPOSE_NOT_GRANTED' } }]);
});

test.each<Viewer>([
  { kind: 'anonymous' },
  { kind: 'clerk', person: 'c-1', enterprise: ENTERPRISE },
  { kind: 'analyst', person: 'a-1' },
  { kind: 'admin', person: 'admin-1' },
  { kind: 'officer', person: 'o-1', agency: 'PARK', zone: ORIGIN, roles: ['DECIDE', 'REGISTER'] },
])('nobody else keeps a ledger: $kind', async (viewer) => {
  const agreement = await newLedger();
  const { text } = await draft(agreement, ORIGIN, keyOf(ORIGIN));
  const { errors } = await send({ agreement, ...SYSTEMS[ORIGIN]?.sign(text) }, viewer);
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  if (viewer.kind !== 'officer') expect(await ledgerOf(agreement, viewer)).toBeNull();
});

test('the calls of an entry and of a page do not grow with the ledger', async () => {
  const agreement = await openLedger();
  const calls = await system.dynamo.during(() =>
    make(agreement, ORIGIN, { kind: 'REPORT_FIGURE', ...TAX, year: 2020, amount: '1' }),
  );
  expect(calls.map(({ command }) => command)).toEqual(['BatchGet', 'BatchGet', 'TransactWrite']);
});

test('two officers of two zones put a new key in the place of a lost one, and no system does', async () => {
  const agreement = await openLedger();
  const added = signingZone('a new system');
  const replace = { kind: 'REPLACE_KEY', publicKey: added.publicKey };
  const { text } = await draft(agreement, ORIGIN, replace);
  const notAllowed = [{ code: 'NOT_ALLOWED', field: null }];
  expect((await enter({ agreement, ...added.sign(text) }, systemOf(ORIGIN))).userErrors).toEqual(notAllowed);
  await make(agreement, ORIGIN, replace, added);
  const accept = { kind: 'ACCEPT_KEY', zone: ORIGIN, publicKey: added.publicKey };
  expect(await refusalOf(agreement, DESTINATION, accept)).toMatchObject({ field: ['publicKey'] });
  const later = new Date('2026-03-12T01:00:00.000Z');
  const accepting = await draft(agreement, DESTINATION, accept, officerOf(DESTINATION), later);
  const signed = SYSTEMS[DESTINATION]?.sign(accepting.text);
  expect((await enter({ agreement, ...signed }, systemOf(DESTINATION), later)).userErrors).toEqual(notAllowed);
  expect((await enter({ agreement, ...signed }, officerOf(DESTINATION), later)).entry.kind).toBe('ACCEPT_KEY');
  const { keys, entries } = await ledgerOf(agreement);
  expect(keys).toContainEqual({ zone: { id: ORIGIN }, publicKey: added.publicKey });
  expect(verifyLedger(entries.nodes.map(({ text, signature }: SignedText) => ({ text, signature }))).ok).toBe(true);
});
