import fc from 'fast-check';
import { gatherSeen, type SeenField } from '../../../src/domain/look.ts';

const seenFields: fc.Arbitrary<SeenField> = fc.record({
  subject: fc.constantFrom('p1', 'p2', 'p3'),
  caseId: fc.constantFrom('case_1', 'case_2', 'case_3', 'case_4'),
  field: fc.constantFrom('TalentCase.state', 'Applicant.name', 'Applicant.phone'),
  form: fc.constantFrom('FULL', 'MASKED'),
});

test('gathering says of each case what was seen of it, neither more nor less', () => {
  fc.assert(
    fc.property(fc.array(seenFields), (seen) => {
      const said = gatherSeen(seen).flatMap(({ full, masked, cases }) =>
        cases.flatMap(({ subject, caseId }) => [
          ...full.map((field) => `${subject} ${caseId} ${field} FULL`),
          ...masked.map((field) => `${subject} ${caseId} ${field} MASKED`),
        ]),
      );
      const whole = new Set(
        seen.filter(({ form }) => form === 'FULL').map((one) => `${one.subject} ${one.caseId} ${one.field}`),
      );
      const expected = new Set(
        seen
          .map((one) => `${one.subject} ${one.caseId} ${one.field}`)
          .map((key) => `${key} ${whole.has(key) ? 'FULL' : 'MASKED'}`),
      );
      expect(said.sort()).toEqual([...expected].sort());
    }),
  );
});

test('cases of which the same was seen share one list of fields', () => {
  const of = (subject: string, caseId: string): SeenField[] =>
    ['b', 'a'].map((field) => ({ subject, caseId, field, form: 'FULL' }));
  expect(gatherSeen([...of('p1', 'case_1'), ...of('p2', 'case_2')])).toEqual([
    {
      full: ['a', 'b'],
      masked: [],
      cases: [
        { subject: 'p1', caseId: 'case_1' },
        { subject: 'p2', caseId: 'case_2' },
      ],
    },
  ]);
});
