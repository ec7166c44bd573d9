import {
  decideOperationReports,
  type ReportedBefore,
  type ReportInput,
} from '../../../../src/domain/reports/operation-report.ts';

const TODAY = '2020-03-17';
const report = (change: Partial<ReportInput> = {}): ReportInput => ({
  enterpriseId: 'ent_a',
  day: '2020-03-16',
  mode: 'ON_SITE',
  staffTotal: 10,
  staffReturned: 8,
  corrects: null,
  ...change,
});
/** One enterprise, of which one day is reported twice. */
const known: ReportedBefore = {
  residenciesOf: (id) =>
    id === 'ent_a' ? [{ parkId: 'park_a', kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 9 }] : null,
  versionOf: (_, day) => (day === '2020-03-15' ? 2 : 0),
  isWithdrawn: () => false,
  isClosed: () => false,
};
const decide = (...reports: ReportInput[]) => decideOperationReports(reports, known, TODAY);

test('a report is taken as it counts, in the version that it makes', () => {
  expect(decide(report(), report({ day: '2020-03-15', corrects: 2 }))).toEqual({
    ok: true,
    value: [
      {
        enterpriseId: 'ent_a',
        day: '2020-03-16',
        parkId: 'park_a',
        mode: 'ON_SITE',
        staffTotal: 10,
        staffReturned: 8,
        registeredStaff: 9,
        version: 1,
      },
      expect.objectContaining({ day: '2020-03-15', version: 3 }),
    ],
  });
});

test.each([
  ['none', [], 'WRONG_NUMBER reports'],
  ['26', Array.from({ length: 26 }, () => report()), 'WRONG_NUMBER reports'],
  ['one that is there twice', [report(), report()], 'TWICE_IN_ONE_CALL reports.1.day'],
  ['one of nobody', [report({ enterpriseId: 'ent_b' })], 'UNKNOWN_ENTERPRISE reports.0.enterpriseId'],
  ['a second first one', [report({ day: '2020-03-15' })], 'REPORTED_ALREADY reports.0.corrects'],
  [
    'a correction of an older version',
    [report({ day: '2020-03-15', corrects: 1 })],
    'OTHER_VERSION reports.0.corrects',
  ],
  ['a correction of nothing', [report({ corrects: 1 })], 'OTHER_VERSION reports.0.corrects'],
  [
    'figures that cannot be',
    [report(), report({ day: '2020-03-14', staffReturned: 11 })],
    'MORE_RETURNED_THAN_STAFF reports.1.staffReturned',
  ],
])('refuses %s', (_, reports, expected) => {
  const decision = decideOperationReports(reports, known, TODAY);
  expect(decision.ok).toBe(false);
  expect(decision.ok ? [] : decision.refusals.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual([
    expected,
  ]);
});

test('reports of more parks than one transaction can hold to are refused', () => {
  const ids = Array.from({ length: 21 }, (_, i) => `ent_${i}`);
  const spread: ReportedBefore = {
    ...known,
    residenciesOf: (id) => [
      { parkId: `park_${id}`, kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 9 },
    ],
  };
  const reports = ids.map((enterpriseId) => report({ enterpriseId }));
  expect(decideOperationReports(reports, spread, TODAY)).toMatchObject({ refusals: [{ code: 'WRONG_NUMBER' }] });
  expect(decideOperationReports(reports.slice(1), spread, TODAY)).toMatchObject({ ok: true });
});
