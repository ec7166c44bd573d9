import { newLedgerTally, runLedgers } from '../../../../model/ledger/agree.ts';

test('2,000 random commands agree with a second reading of the rules, to the fen', () => {
  const tally = newLedgerTally();
  runLedgers(2_000, 1, tally);
  expect(Object.keys(tally.accepted)).toHaveLength(9);
  expect(tally.forged).toBeGreaterThan(10);
  expect(tally.settledFen).toBeGreaterThan(0n);
});
