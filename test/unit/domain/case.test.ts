import fc from 'fast-check';
import { CALENDAR } from '../../../src/domain/calendar/calendar.ts';
import { caseDeadlines } from '../../../src/domain/cases/deadline.ts';
import { leadAgency } from '../../../src/domain/cases/file.ts';
import { afterEvent, type CaseCourse, type CaseEvent, foldCase } from '../../../src/domain/cases/fold.ts';
import {
  CASE_EVENT_KINDS,
  CASE_STATES,
  type CaseEventKind,
  type CaseState,
  stateAfter,
  TRANSITIONS,
} from '../../../src/domain/cases/state.ts';

/** A log of these kinds, one event a day from 2026-03-02 on, at nine in the morning in Shanghai. */
function log(...kinds: CaseEventKind[]): CaseEvent[] {
  return kinds.map((kind, i) => ({ sequence: i + 1, kind, at: new Date(Date.UTC(2026, 2, 2 + i, 1)).toISOString() }));
}

test.each<[CaseState, CaseEventKind[]]>([
  ['DRAFT', []],
  ['SUBMITTED', ['SUBMITTED', 'SUPPLEMENT_REQUESTED', 'SUPPLEMENTED']],
  ['NOT_ACCEPTED', ['SUBMITTED', 'NOT_ACCEPTED']],
  ['UNDER_REVIEW', ['SUBMITTED', 'ACCEPTED', 'REVIEW_STARTED', 'OPINION_GIVEN', 'OPINION_GIVEN']],
  [
    'CLOSED',
    ['SUBMITTED', 'ACCEPTED', 'REVIEW_STARTED', 'PUBLIC_NOTICE_OPENED', 'APPROVED', 'DELIVERED', 'CLOSED', 'RATED'],
  ],
  ['TRANSFERRED', ['SUBMITTED', 'TRANSFERRED']],
])('a case comes to %p', (state, kinds) => {
  expect(foldCase(log('OPENED', ...kinds))?.state).toBe(state);
});

test('days, pauses and extensions are folded from the log', () => {
  const events = log(
    'OPENED',
    'SUBMITTED',
    'ACCEPTED',
    'REVIEW_STARTED',
    'SPECIAL_PROCEDURE_STARTED',
    'SPECIAL_PROCEDURE_ENDED',
    'DEADLINE_EXTENDED',
    'REJECTED',
  ).map((event) => (event.kind === 'DEADLINE_EXTENDED' ? { ...event, extendedBy: 10 } : event));
  expect(foldCase(events)).toMatchObject({
    submittedOn: '2026-03-03',
    acceptedOn: '2026-03-04',
    pauses: [{ from: '2026-03-06', to: '2026-03-07' }],
    extendedBy: 10,
    decidedOn: '2026-03-09',
    version: 8,
  });
});

test('events that lack their optional facts leave a course whole', () => {
  const events = log(
    'OPENED',
    'SUBMITTED',
    'ACCEPTED',
    'REVIEW_STARTED',
    'SPECIAL_PROCEDURE_STARTED',
    'SPECIAL_PROCEDURE_ENDED',
    'DEADLINE_EXTENDED',
  );
  expect(foldCase(events)).toMatchObject({
    pauses: [{ from: '2026-03-06', to: '2026-03-07', reason: 'EXPERT_REVIEW' }],
    extendedBy: 0,
  });
  expect(foldCase(log('OPENED', 'SUBMITTED', 'SUPPLEMENT_REQUESTED'))?.supplementUntil).toBeNull();
});

test('the last agency that is asked leads a case, or the one that takes it in', () => {
  expect(leadAgency({ opinionsFrom: ['PSB', 'EDU'] })).toBe('EDU');
  expect(leadAgency({ opinionsFrom: [] })).toBe('PARK');
});

test('a case that was reversed is reviewed anew', () => {
  const course = foldCase(
    log(
      'OPENED',
      'SUBMITTED',
      'ACCEPTED',
      'REVIEW_STARTED',
      'REJECTED',
      'RECONSIDERATION_REQUESTED',
      'REVERSED',
      'REVIEW_STARTED',
    ),
  );
  expect(course).toMatchObject({ state: 'UNDER_REVIEW', acceptedOn: '2026-03-08', decidedOn: null, opinions: [] });
});

test('a log with a gap, a foreign beginning or a forbidden step has no course', () => {
  expect(foldCase([])).toBeNull();
  expect(foldCase(log('SUBMITTED'))).toBeNull();
  expect(foldCase(log('OPENED', 'APPROVED'))).toBeNull();
  const [opened, submitted] = log('OPENED', 'SUBMITTED');
  expect(foldCase([opened!, { ...submitted!, sequence: 3 }])).toBeNull();
});

test('every state can be reached from DRAFT, and a withdrawal is possible exactly before a decision', () => {
  const reached = new Set<CaseState>(['DRAFT']);
  for (const state of reached) for (const next of Object.values(TRANSITIONS[state])) reached.add(next);
  expect([...reached].sort()).toEqual([...CASE_STATES].sort());
  const withdrawable = CASE_STATES.filter((state) => stateAfter(state, 'WITHDRAWN') === 'WITHDRAWN');
  expect(withdrawable).toEqual([
    'DRAFT',
    'SUBMITTED',
    'SUPPLEMENT_REQUIRED',
    'ACCEPTED',
    'UNDER_REVIEW',
    'SPECIAL_PROCEDURE',
    'PUBLIC_NOTICE',
    'TRANSFERRED',
  ]);
});

test('event by event or all at once, a log folds to the same, and only as the table allows', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...CASE_EVENT_KINDS), { maxLength: 60 }), (kinds) => {
      const kept: CaseEvent[] = log('OPENED');
      let course = foldCase(kept) as CaseCourse;
      for (const kind of kinds) {
        const event = { sequence: course.version + 1, kind, at: '2026-03-02T01:00:00.000Z' };
        const next = afterEvent(course, event);
        expect(next?.state ?? null).toBe(stateAfter(course.state, kind));
        if (!next) continue;
        kept.push(event);
        course = next;
      }
      expect(foldCase(kept)).toEqual(course);
      expect(course.version).toBe(kept.length);
    }),
  );
});

test('the clock that runs is the one of what the agency has to do next', () => {
  const limits = [
    { step: 'SUPPLEMENT_NOTICE', promised: 2, statutory: 5, unit: 'WORKING_DAY' },
    { step: 'DECISION', promised: 10, statutory: 20, unit: 'WORKING_DAY' },
  ] as const;
  const deadlines = (...kinds: CaseEventKind[]) => {
    const course = foldCase(log(...kinds));
    return course && caseDeadlines(course, limits, '2026-03-12', CALENDAR);
  };
  expect(deadlines('OPENED')).toBeNull();
  expect(deadlines('OPENED', 'SUBMITTED')).toMatchObject({
    step: 'SUPPLEMENT_NOTICE',
    promisedBy: '2026-03-05',
    statutoryBy: '2026-03-10',
    elapsed: 7,
    breached: true,
  });
  expect(deadlines('OPENED', 'SUBMITTED', 'ACCEPTED', 'REVIEW_STARTED', 'SPECIAL_PROCEDURE_STARTED')).toMatchObject({
    step: 'DECISION',
    elapsed: 1,
    // Seven days of pause until today, and then 19 more working days.
    statutoryBy: '2026-04-09',
    breached: false,
  });
  expect(deadlines('OPENED', 'SUBMITTED', 'ACCEPTED', 'REVIEW_STARTED', 'APPROVED')).toBeNull();
});
