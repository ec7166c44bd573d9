import { faultOfTerms } from '../../../../../src/domain/linkages/ledger/account.ts';
import type { LedgerCommand, LedgerDecision } from '../../../../../src/domain/linkages/ledger/ledger.ts';
import {
  ACCOUNT,
  agreeing,
  DESTINATION,
  fenOf10k,
  LedgerBook,
  ORIGIN,
  openBook,
  SYSTEMS,
  settling,
  TAX_TERMS,
} from '../../../../fixtures/ledger-book.ts';

const report = (year: number, amount: string): LedgerCommand => ({
  kind: 'REPORT_FIGURE',
  account: ACCOUNT,
  year,
  amount,
});
const award = (year: number, amount: string): LedgerCommand => ({
  kind: 'AWARD_FIGURE',
  account: ACCOUNT,
  year,
  amount,
});
const of = (kind: 'CONFIRM_SETTLEMENT' | 'COMPUTE_SETTLEMENT', year: number): LedgerCommand => ({
  kind,
  account: ACCOUNT,
  year,
});
const dispute = (year: number): LedgerCommand => ({
  kind: 'DISPUTE_SETTLEMENT',
  account: ACCOUNT,
  year,
  reason: 'Refunds',
});
const pay = (kind: 'PAY' | 'RECEIVE', year: number, zone: string): LedgerCommand => ({
  kind,
  account: ACCOUNT,
  year,
  zone,
});

const refusal = (decision: LedgerDecision) => (decision.ok ? null : decision.refusals[0]);
const dueOf = (book: LedgerBook, year: number) => book.account.settlements[year]?.due.map(({ amount }) => amount);

/** Returns a ledger with the taxes of the example of 财预〔2015〕92号, in 10,000 yuan. */
function exampleBook(): LedgerBook {
  const taxes = [3000, 3600, 4200, 4400, 4500];
  return openBook().all(...taxes.flatMap((tax, i) => [...agreeing(2020 + i, fenOf10k(tax)), ...settling(2020 + i)]));
}

test('the example of the published rule is settled year by year', () => {
  const book = exampleBook();
  const parts = [2020, 2021, 2022, 2023, 2024].map((year) => dueOf(book, year)?.[0]);
  expect(parts).toEqual([1500, 1800, 2100, 1800, 0].map(fenOf10k));
});

test('the parts of a settlement sum to the figure, to the fen', () => {
  const shares = [
    { zone: ORIGIN, basisPoints: 3_333 },
    { zone: DESTINATION, basisPoints: 6_667 },
  ];
  const book = openBook({ ...TAX_TERMS, shares, capped: null }).all(...agreeing(2020, '100'), ...settling(2020));
  expect(dueOf(book, 2020)).toEqual(['33', '67']);
});

test('without a cap no year is added', () => {
  const years = [2020, 2021, 2022, 2023].flatMap((year) => [...agreeing(year, '100'), ...settling(year)]);
  const book = openBook({ ...TAX_TERMS, capped: null }).all(...years);
  expect([dueOf(book, 2022), dueOf(book, 2023)]).toEqual([
    ['50', '50'],
    ['0', '100'],
  ]);
});

test('zones that report different figures settle nothing', () => {
  const book = openBook().all([ORIGIN, report(2020, '100')], [DESTINATION, report(2020, '90')]);
  expect(refusal(book.enter(ORIGIN, of('COMPUTE_SETTLEMENT', 2020)))).toMatchObject({ code: 'KEPT', field: ['year'] });
  book.all([ORIGIN, report(2020, '90')]);
  expect(book.account.years[2020]?.agreed).toEqual({ amount: '90', by: 'ZONES' });
});

test('an arbiter decides different figures, and nobody else does', () => {
  const book = openBook().all([ORIGIN, report(2020, '100')]);
  expect(refusal(book.enter(ORIGIN, award(2020, '95'), 'arbiter'))?.code).toBe('KEPT');
  book.all([DESTINATION, report(2020, '90')]);
  for (const signer of [ORIGIN, DESTINATION]) {
    expect(refusal(book.enter(ORIGIN, award(2020, '95'), signer))?.field).toEqual(['signature']);
  }
  book.all([ORIGIN, award(2020, '95'), 'arbiter'], ...settling(2020));
  expect(dueOf(book, 2020)).toEqual(['48', '47']);
});

test('a disputed settlement is void, and its figures are reported anew', () => {
  const book = openBook().all(...agreeing(2020, '100'), [ORIGIN, of('COMPUTE_SETTLEMENT', 2020)]);
  expect(refusal(book.enter(ORIGIN, dispute(2020)))?.code).toBe('KEPT');
  book.all([DESTINATION, dispute(2020)]);
  expect(book.account).toMatchObject({ pending: null, settlements: {} });
  expect(refusal(book.enter(ORIGIN, of('COMPUTE_SETTLEMENT', 2020)))?.code).toBe('KEPT');
  book.all(...agreeing(2020, '80'), ...settling(2020));
  expect(dueOf(book, 2020)).toEqual(['40', '40']);
});

test('a figure that the arbiter decided survives a dispute', () => {
  const book = openBook().all(
    [ORIGIN, report(2020, '100')],
    [DESTINATION, report(2020, '90')],
    [ORIGIN, award(2020, '95'), 'arbiter'],
    [ORIGIN, of('COMPUTE_SETTLEMENT', 2020)],
    [DESTINATION, dispute(2020)],
  );
  expect(book.account.years[2020]?.agreed).toEqual({ amount: '95', by: 'ARBITER' });
});

test('a settled figure is adjusted in a later settlement and never edited', () => {
  const book = openBook().all(
    ...agreeing(2020, '100'),
    ...settling(2020),
    ...agreeing(2020, '60'),
    ...agreeing(2021, '10'),
  );
  const before = book.account.settlements[2020];
  expect(refusal(book.enter(ORIGIN, of('COMPUTE_SETTLEMENT', 2020)))?.code).toBe('KEPT');
  book.all(...settling(2021));
  expect(book.account.settlements[2020]).toEqual(before);
  expect(book.account.settlements[2021]).toMatchObject({
    figures: [
      { year: 2020, amount: '60', was: '100' },
      { year: 2021, amount: '10', was: null },
    ],
    due: [
      { zone: ORIGIN, amount: '-15' },
      { zone: DESTINATION, amount: '-15' },
    ],
  });
  // The origin gives back what it got too much.
  expect(refusal(book.enter(DESTINATION, pay('PAY', 2021, ORIGIN)))?.code).toBe('KEPT');
  book.all([ORIGIN, pay('PAY', 2021, DESTINATION)], [DESTINATION, pay('RECEIVE', 2021, ORIGIN)]);
});

test('a figure that is adjusted to itself leaves nothing to settle', () => {
  const book = openBook().all(...agreeing(2020, '100'), ...settling(2020), ...agreeing(2020, '100'));
  expect(refusal(book.enter(ORIGIN, of('COMPUTE_SETTLEMENT', 2021)))?.code).toBe('KEPT');
});

test('what is confirmed is paid once, and received once it is paid', () => {
  const book = openBook().all(...agreeing(2020, '100'), [ORIGIN, of('COMPUTE_SETTLEMENT', 2020)]);
  expect(refusal(book.enter(DESTINATION, pay('PAY', 2020, ORIGIN)))?.code).toBe('KEPT');
  book.all([DESTINATION, of('CONFIRM_SETTLEMENT', 2020)]);
  expect(refusal(book.enter(ORIGIN, pay('RECEIVE', 2020, DESTINATION)))?.code).toBe('KEPT');
  expect(refusal(book.enter(DESTINATION, pay('PAY', 2020, DESTINATION)))?.code).toBe('KEPT');
  book.all([DESTINATION, pay('PAY', 2020, ORIGIN)]);
  expect(refusal(book.enter(DESTINATION, pay('PAY', 2020, ORIGIN)))?.code).toBe('KEPT');
  expect(refusal(book.enter(ORIGIN, pay('RECEIVE', 2020, ORIGIN)))?.code).toBe('KEPT');
  book.all([ORIGIN, pay('RECEIVE', 2020, DESTINATION)]);
  expect(book.account.settlements[2020]?.payments).toEqual({ [ORIGIN]: 'RECEIVED' });
});

test('of figures, only those of shared years that are over are reported, and none above all doubt', () => {
  const book = openBook();
  for (const [year, amount, field] of [
    [2019, '1', 'year'],
    [2025, '1', 'year'],
    [2020, '-1', 'amount'],
  ] as const) {
    expect(refusal(book.enter(ORIGIN, report(year, amount)))).toMatchObject({ code: 'INVALID_VALUE', field: [field] });
  }
  book.on = '2026-12-31';
  const late = openBook({ ...TAX_TERMS, firstYear: 2026 });
  expect(refusal(late.enter(ORIGIN, report(2026, '1')))?.message).toBe('The year is not over.');
});

test('a refused signature is told from a zone without a key', () => {
  const book = new LedgerBook();
  const open = { kind: 'OPEN_ACCOUNT', account: ACCOUNT, terms: TAX_TERMS } as const;
  expect(refusal(book.enter(ORIGIN, open))?.message).toBe('The zone has registered no key.');
  book.all([ORIGIN, { kind: 'REGISTER_KEY', publicKey: SYSTEMS[ORIGIN]?.publicKey ?? '' }]);
  expect(refusal(book.enter(ORIGIN, open, DESTINATION))?.message).toBe('The signature is not by the registered key.');
});

test('a zone signs by the key that it registered, and changes it by the former one', () => {
  const key = (name: string) => ({ kind: 'REGISTER_KEY', publicKey: SYSTEMS[name]?.publicKey ?? '' }) as const;
  const book = new LedgerBook();
  expect(refusal(book.enter(ORIGIN, key(ORIGIN), DESTINATION))?.field).toEqual(['signature']);
  book.all([ORIGIN, key(ORIGIN)]);
  expect(refusal(book.enter(DESTINATION, key(ORIGIN), ORIGIN))?.code).toBe('KEPT');
  expect(refusal(book.enter(ORIGIN, key('arbiter'), 'arbiter'))?.field).toEqual(['signature']);
  book.all([ORIGIN, key('arbiter')]);
  expect(book.head.keys).toEqual({ [ORIGIN]: SYSTEMS.arbiter?.publicKey });
  const smallOrder = { kind: 'REGISTER_KEY', publicKey: Buffer.alloc(32).toString('base64url') } as const;
  expect(refusal(book.enter(DESTINATION, smallOrder))?.field).toEqual(['publicKey']);
});

test('nothing is entered before all zones have accepted the account, or by another zone', () => {
  const other = 'zone_third';
  const open = (arbiter: string | null): LedgerCommand => ({
    kind: 'OPEN_ACCOUNT',
    account: ACCOUNT,
    terms: { ...TAX_TERMS, arbiter },
  });
  const keys = [ORIGIN, DESTINATION].map(
    (zone) => [zone, { kind: 'REGISTER_KEY', publicKey: SYSTEMS[zone]?.publicKey ?? '' }] as const,
  );
  const book = new LedgerBook().all(...keys);
  expect(refusal(book.enter(ORIGIN, open(SYSTEMS[DESTINATION]?.publicKey ?? ''), ORIGIN))?.field).toEqual(['arbiter']);
  expect(refusal(book.enter(DESTINATION, report(2020, '1')))?.code).toBe('UNKNOWN_RECORD');
  book.all([ORIGIN, open(null)]);
  expect(refusal(book.enter(DESTINATION, report(2020, '1')))?.code).toBe('KEPT');
  expect(refusal(book.enter(ORIGIN, { kind: 'ACCEPT_ACCOUNT', account: ACCOUNT }))?.code).toBe('KEPT');
  expect(refusal(book.enter(other, { kind: 'ACCEPT_ACCOUNT', account: ACCOUNT }, ORIGIN))?.code).toBe('NOT_YOURS');
  // Until then, the terms may be stated anew.
  book.all([DESTINATION, open(null)], [ORIGIN, { kind: 'ACCEPT_ACCOUNT', account: ACCOUNT }]);
  expect(refusal(book.enter(ORIGIN, open(null)))?.code).toBe('RECORD_EXISTS');
  expect(refusal(book.enter(ORIGIN, award(2020, '1'), 'arbiter'))?.field).toEqual(['account']);
});

test.each<[string, object]>([
  [
    'shares below the whole',
    {
      shares: [
        { zone: ORIGIN, basisPoints: 5_000 },
        { zone: DESTINATION, basisPoints: 4_999 },
      ],
    },
  ],
  [
    'a share below nothing',
    {
      shares: [
        { zone: ORIGIN, basisPoints: -1 },
        { zone: DESTINATION, basisPoints: 10_001 },
      ],
    },
  ],
  ['one zone', { shares: [{ zone: ORIGIN, basisPoints: 10_000 }], payer: ORIGIN, capped: null }],
  ['a payer without a share', { payer: 'zone_third' }],
  ['a capped payer', { capped: { zone: DESTINATION, cap: '1' } }],
  ['a cap below nothing', { capped: { zone: ORIGIN, cap: '-1' } }],
  ['too many years', { years: 49 }],
  ['no year', { years: 0 }],
  ['a year long ago', { firstYear: 1999 }],
  ['an arbiter without a key', { arbiter: 'somebody' }],
])('refuses an account with %s', (_, changed) => {
  const book = new LedgerBook();
  const terms = { ...TAX_TERMS, ...changed };
  expect(refusal(book.enter(ORIGIN, { kind: 'OPEN_ACCOUNT', account: ACCOUNT, terms }))).toMatchObject({
    code: 'INVALID_VALUE',
    field: ['terms'],
  });
});

test('nothing is paid before every zone has confirmed the settlement', () => {
  const book = openBook().all(...agreeing(2020, '100'), [ORIGIN, of('COMPUTE_SETTLEMENT', 2020)]);
  expect(book.account.settlements[2020]).toMatchObject({ confirmedBy: [ORIGIN], isConfirmed: false });
  book.all([DESTINATION, of('CONFIRM_SETTLEMENT', 2020)]);
  expect(book.account.settlements[2020]).toMatchObject({ confirmedBy: [ORIGIN, DESTINATION], isConfirmed: true });
});

test.each([
  ['0', null],
  ['-1', 'The cap is 0 or more fen.'],
  ['all', 'The cap is 0 or more fen.'],
])('a cap of %s has the fault %j', (cap, fault) => {
  expect(faultOfTerms({ ...TAX_TERMS, capped: { zone: ORIGIN, cap } })).toBe(fault);
  expect(faultOfTerms({ ...TAX_TERMS, capped: null })).toBeNull();
});

test('a zone may share with a part of nothing, and with none below it', () => {
  const shares = (origin: number) => [
    { zone: ORIGIN, basisPoints: origin },
    { zone: DESTINATION, basisPoints: 10_000 - origin },
  ];
  expect(faultOfTerms({ ...TAX_TERMS, shares: shares(0) })).toBeNull();
  expect(faultOfTerms({ ...TAX_TERMS, shares: shares(-1) })).toBe('A share is below 0.');
});
