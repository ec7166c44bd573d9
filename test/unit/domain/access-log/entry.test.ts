import fc from 'fast-check';
import { type AccessedField, groupAccess } from '../../../../src/domain/access-log/entry.ts';

const fields: fc.Arbitrary<AccessedField> = fc.record({
  subject: fc.constantFrom('p1', 'p2', 'p3'),
  caseId: fc.constantFrom('case_1', 'case_2', 'case_3', 'case_4'),
  field: fc.constantFrom('TalentCase.state', 'Applicant.name', 'Applicant.phone'),
  form: fc.constantFrom('FULL', 'MASKED'),
});

test('an entry says of each case what was shown of it, neither more nor less', () => {
  fc.assert(
    fc.property(fc.array(fields), (shown) => {
      const { subjects, views, cases } = groupAccess(shown);
      const said = cases.flatMap(({ subject, view, caseId }) => [
        ...views[view]!.full.map((field) => `${subjects[subject]} ${caseId} ${field} FULL`),
        ...views[view]!.masked.map((field) => `${subjects[subject]} ${caseId} ${field} MASKED`),
      ]);
      const keyOf = (one: AccessedField) => `${one.subject} ${one.caseId} ${one.field}`;
      const whole = new Set(shown.filter(({ form }) => form === 'FULL').map(keyOf));
      const expected = new Set(shown.map(keyOf).map((key) => `${key} ${whole.has(key) ? 'FULL' : 'MASKED'}`));
      expect(said.sort()).toEqual([...expected].sort());
    }),
  );
});

test('cases of which the same was shown share one view', () => {
  const of = (subject: string, caseId: string): AccessedField[] =>
    ['b', 'a'].map((field) => ({ subject, caseId, field, form: 'FULL' }));
  expect(groupAccess([...of('p1', 'case_1'), ...of('p2', 'case_2')])).toEqual({
    subjects: ['p1', 'p2'],
    views: [{ full: ['a', 'b'], masked: [] }],
    cases: [
      { subject: 0, view: 0, caseId: 'case_1' },
      { subject: 1, view: 0, caseId: 'case_2' },
    ],
  });
});
