import { decideWithdrawal, type WithdrawalSituation } from '../../../../src/domain/reports/withdrawal.ts';

const report = { mode: 'ON_SITE', staffTotal: 31, staffReturned: 28, registeredStaff: 30, version: 2 } as const;
const situation: WithdrawalSituation = { report, isClosed: false };
const input = { day: '2020-03-16', version: 2, reason: ' Reported for another day. ' };

test('a report of an open day is withdrawn for a reason, without the spaces around it', () => {
  expect(decideWithdrawal(situation, input)).toEqual({ ok: true, value: 'Reported for another day.' });
});

test.each<[string, string, Partial<WithdrawalSituation>, Partial<typeof input>]>([
  ['NOT_REPORTED', 'day', { report: null }, {}],
  ['OTHER_VERSION', 'version', {}, { version: 1 }],
  ['WITHDRAWN_ALREADY', 'day', { report: { ...report, isWithdrawn: true } }, {}],
  ['DAY_CLOSED', 'day', { isClosed: true }, {}],
  ['INVALID_REASON', 'reason', {}, { reason: ' ' }],
])('a withdrawal is refused as %s at %s', (code, field, over, stated) => {
  const decision = decideWithdrawal({ ...situation, ...over }, { ...input, ...stated });
  expect(decision).toMatchObject({ ok: false, refusals: [{ code, field: [field] }] });
});
