import fc from 'fast-check';
import { afterEvent, type CaseCourse } from '../../../../src/domain/cases/fold.ts';
import { caseProgress } from '../../../../src/domain/cases/progress.ts';
import { CASE_EVENT_KINDS, type CaseEventKind, TRANSITIONS } from '../../../../src/domain/cases/state.ts';

/** The course after these, one event a day, after OPENED. */
function courseOf(kinds: readonly CaseEventKind[]): CaseCourse {
  let course: CaseCourse | null = null;
  for (const [i, kind] of ['OPENED' as const, ...kinds].entries()) {
    course = afterEvent(course, { sequence: i + 1, kind, at: new Date(Date.UTC(2026, 2, 2 + i, 1)).toISOString() });
  }
  if (!course) throw new Error('the log does not fold');
  return course;
}

/** `submission acceptance [review] decision? delivery?`: done, where it stands, and what may come. */
function shown(...kinds: CaseEventKind[]): string {
  return caseProgress(courseOf(kinds))
    .map(({ name, status }) => {
      const word = name.toLowerCase().replaceAll('_', '-');
      return status === 'DONE' ? word : status === 'CURRENT' ? `[${word}]` : `${word}?`;
    })
    .join(' ');
}

const REVIEWED = ['SUBMITTED', 'ACCEPTED', 'REVIEW_STARTED'] as const;
const REFUSED = [...REVIEWED, 'REJECTED', 'DELIVERED', 'RECONSIDERATION_REQUESTED'] as const;

test.each<[string, CaseEventKind[]]>([
  ['[submission] acceptance? review? decision? delivery?', []],
  ['submission [acceptance] review? decision? delivery?', ['SUBMITTED', 'SUPPLEMENT_REQUESTED']],
  ['submission acceptance [review] decision? delivery?', [...REVIEWED, 'SPECIAL_PROCEDURE_STARTED']],
  ['submission acceptance review [decision] delivery?', [...REVIEWED, 'PUBLIC_NOTICE_OPENED']],
  ['submission acceptance review decision [delivery]', [...REVIEWED, 'APPROVED']],
  ['submission acceptance review decision delivery', [...REVIEWED, 'APPROVED', 'DELIVERED', 'RATED', 'CLOSED']],
  ['submission not-accepted', ['SUBMITTED', 'NOT_ACCEPTED', 'CLOSED']],
  ['submission not-accepted', [...REVIEWED, 'TRANSFERRED', 'NOT_ACCEPTED', 'CLOSED']],
  ['withdrawn', ['WITHDRAWN']],
  ['submission lapsed', ['SUBMITTED', 'SUPPLEMENT_REQUESTED', 'LAPSED']],
  ['submission acceptance transferred', [...REVIEWED, 'TRANSFERRED']],
  ['submission acceptance review decision [reconsideration]', [...REVIEWED, 'REJECTED', 'RECONSIDERATION_REQUESTED']],
  ['submission acceptance review decision delivery [reconsideration]', [...REFUSED]],
  ['submission acceptance review decision delivery reconsideration', [...REFUSED, 'UPHELD', 'CLOSED']],
  ['submission acceptance reconsideration [review] decision? delivery?', [...REFUSED, 'REVERSED']],
  [
    'submission acceptance reconsideration review decision delivery',
    [...REFUSED, 'REVERSED', 'REVIEW_STARTED', 'APPROVED', 'DELIVERED', 'CLOSED'],
  ],
])('%s', (expected, kinds) => {
  expect(shown(...kinds)).toBe(expected);
});

test('however a case goes, what is done comes first, it stands at one stage at most, and an end has none to come', () => {
  const steps = fc.array(fc.nat(CASE_EVENT_KINDS.length - 1), { maxLength: 25 });
  fc.assert(
    fc.property(steps, (choices) => {
      const kinds: CaseEventKind[] = [];
      for (const choice of choices) {
        const possible = Object.keys(TRANSITIONS[courseOf(kinds).state]) as CaseEventKind[];
        if (possible.length > 0) kinds.push(possible[choice % possible.length]!);
      }
      const stages = caseProgress(courseOf(kinds));
      const statuses = stages.map(({ status }) => status).join(' ');
      expect(statuses).toMatch(/^((DONE )*CURRENT( UPCOMING)*|(DONE ?)+)$/);
      expect(new Set(stages.map(({ name }) => name)).size).toBe(stages.length);
    }),
  );
});
