import { decideOperationReport, type OperationReportInput } from '../../../../src/domain/reports/operation-report.ts';

const residency = {
  parkId: 'park_binhai-zhongguancun',
  kind: 'OPERATING',
  from: '2019-01-01',
  to: null,
  registeredStaff: 30,
} as const;
const input: OperationReportInput = { day: '2020-03-16', mode: 'ON_SITE', staffTotal: 31, staffReturned: 28 };

test('a report is taken with the park and the registered staff that it counts against', () => {
  expect(decideOperationReport(input, [residency], '2020-03-16')).toEqual({
    ok: true,
    value: { ...input, parkId: 'park_binhai-zhongguancun', registeredStaff: 30 },
  });
});

test.each<[readonly string[], Partial<OperationReportInput>]>([
  [['INVALID_DAY'], { day: '2020-02-30' }],
  [['DAY_IN_FUTURE'], { day: '2020-03-17' }],
  [['NOT_RESIDENT'], { day: '2018-12-31' }],
  [['INVALID_STAFF_TOTAL'], { staffTotal: -1 }],
  [['INVALID_STAFF_RETURNED'], { staffReturned: 1.5 }],
  [['MORE_RETURNED_THAN_STAFF'], { staffReturned: 32 }],
  [['RETURNED_WITHOUT_RESUMING'], { mode: 'NOT_RESUMED' }],
  [['DAY_IN_FUTURE', 'MORE_RETURNED_THAN_STAFF'], { day: '2020-03-17', staffReturned: 40 }],
])('it is refused as %p with %p', (codes, over) => {
  const decision = decideOperationReport({ ...input, ...over }, [residency], '2020-03-16');
  expect(decision.ok ? [] : decision.refusals.map(({ code }) => code)).toEqual(codes);
});

test('nobody need have returned where nothing was resumed', () => {
  expect(decideOperationReport({ ...input, mode: 'NOT_RESUMED', staffReturned: 0 }, [residency], '2020-03-16').ok).toBe(
    true,
  );
});
