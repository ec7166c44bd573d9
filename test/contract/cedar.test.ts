import fc from 'fast-check';
import { byCedar, byTable, questions } from '../cedar/decision.ts';

test('a second reading of the rules, in Cedar, agrees with the table of who sees what', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(questions, (question) => {
      const form = byTable(question);
      seen.add(`${question.about.kind} ${form}`);
      expect(byCedar(question)).toBe(form);
    }),
    { seed: 20200317, numRuns: 2_000 },
  );
  // The questions are such that each kind of row is shown and hidden.
  for (const kind of ['case', 'enterprise', 'agreement', 'relocation', 'caseType', 'park', 'worklist']) {
    expect(seen).toContain(`${kind} FULL`);
    expect(seen).toContain(`${kind} HIDDEN`);
  }
  expect(seen).toContain('case MASKED');
});
