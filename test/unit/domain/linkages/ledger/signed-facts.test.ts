import type { LedgerAccount } from '../../../../../src/domain/linkages/ledger/account.ts';
import { NEW_YEAR } from '../../../../../src/domain/linkages/ledger/account.ts';
import { signedFacts } from '../../../../../src/domain/linkages/ledger/signed-facts.ts';

const agreed = (amount: string) => ({ ...NEW_YEAR, agreed: { amount, by: 'ZONES' as const } });
const RULE = { policy: 'policy_x', version: 1, hash: '', facts: { relocationListed: true } };
const ACCOUNT: LedgerAccount = {
  id: 'TAX/ent_x',
  terms: {
    base: 'TAX',
    enterprise: 'ent_x',
    firstYear: 2020,
    years: 3,
    extensionYears: 0,
    shares: [
      { zone: 'zone_a', basisPoints: 5_000 },
      { zone: 'zone_b', basisPoints: 5_000 },
    ],
    payer: 'zone_b',
    capped: null,
    arbiter: null,
    rule: RULE,
  },
  acceptedBy: ['zone_a', 'zone_b'],
  years: { 2020: { ...NEW_YEAR, settled: '100' }, 2021: agreed('200'), 2023: agreed('900') },
  settlements: {},
  pending: null,
  settledUntil: 2020,
  settledParts: {},
};

test('an account that all zones have accepted tells the facts of its rule and the agreed taxes', () => {
  expect(signedFacts(ACCOUNT, '2026-01-01')).toEqual({ relocationListed: true, localTaxByYear: [100, 200] });
  // A year that is not over on the day asked counts for nothing then.
  expect(signedFacts(ACCOUNT, '2021-12-31')).toEqual({ relocationListed: true, localTaxByYear: [100] });
  expect(signedFacts(ACCOUNT, '2020-12-31')).toEqual({ relocationListed: true });
});

test('nothing is told before all zones have accepted the account', () => {
  expect(signedFacts({ ...ACCOUNT, acceptedBy: ['zone_a'] }, '2026-01-01')).toEqual({});
});

test('a figure that is no tax is not told as one, and a differing one ends the list', () => {
  const { terms } = ACCOUNT;
  expect(signedFacts({ ...ACCOUNT, terms: { ...terms, base: 'GDP', rule: null } }, '2026-01-01')).toEqual({});
  const differing = { ...NEW_YEAR, figures: { zone_a: '1', zone_b: '2' } };
  const facts = signedFacts(
    { ...ACCOUNT, years: { ...ACCOUNT.years, 2021: differing, 2022: agreed('5') } },
    '2026-01-01',
  );
  expect(facts.localTaxByYear).toEqual([100]);
});
