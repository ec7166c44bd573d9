import fc from 'fast-check';
import { CALENDAR } from '../../../../src/domain/calendar/calendar.ts';
import { addDays, shanghaiInstant } from '../../../../src/domain/calendar/day.ts';
import { type DeadlineNotice, dueOf, fallenDue, type Watched } from '../../../../src/domain/cases/due.ts';
import { type CaseEvent, foldCase } from '../../../../src/domain/cases/fold.ts';

const LIMITS = [
  { step: 'SUPPLEMENT_NOTICE', promised: 3, statutory: 5, unit: 'WORKING_DAY' },
  { step: 'DECISION', promised: 10, statutory: 20, unit: 'WORKING_DAY' },
] as const;

function watched(days: readonly (readonly [string, CaseEvent['kind']])[], limits: Watched['case']['limits'] = LIMITS) {
  const events = days.map(([day, kind], i) => ({
    sequence: i + 1,
    kind,
    at: shanghaiInstant(day, '09:00:00').toISOString(),
    ...(kind === 'SUPPLEMENT_REQUESTED' ? { until: '2026-03-20' } : {}),
  }));
  const course = foldCase(events);
  if (!course) throw new Error('the log does not fold');
  return (recorded: readonly DeadlineNotice[] = [], window: Watched['caseType']['window'] = null): Watched => ({
    case: { id: 'case_1', zoneId: 'zone_teda', course, limits },
    caseType: { window },
    recorded,
  });
}

const review = (day: string) =>
  [
    [day, 'OPENED'],
    [day, 'SUBMITTED'],
    [day, 'ACCEPTED'],
    [day, 'REVIEW_STARTED'],
  ] as const;

const noon = (day: string) => shanghaiInstant(day, '12:00:00');

test.each([
  ['a draft lapses with its window', watched([['2026-06-20', 'OPENED']]), '2026-06-20', 'LAPSE', '2026-07-01'],
  [
    'what was asked for, after its last day',
    watched([
      ['2026-03-02', 'OPENED'],
      ['2026-03-02', 'SUBMITTED'],
      ['2026-03-03', 'SUPPLEMENT_REQUESTED'],
    ]),
    '2026-03-03',
    'LAPSE',
    '2026-03-21',
  ],
  [
    'a promise is told of three working days before',
    watched(review('2026-03-02')),
    '2026-03-02',
    'PROMISE_NEAR',
    '2026-03-11',
  ],
  [
    'what is over is missed, on the day of asking at the earliest',
    watched(review('2026-03-02')),
    '2026-03-20',
    'PROMISE_MISSED',
    '2026-03-20',
  ],
])('%s', (_, of, today, what, on) => {
  expect(dueOf(of([], { opensOn: '2026-06-16', closesOn: '2026-06-30' }), today, CALENDAR)).toMatchObject({ what, on });
});

test('a draft of a type that is taken always has no end, nor has a case whose time nobody limits', () => {
  expect(dueOf(watched([['2026-06-20', 'OPENED']])(), '2026-06-20', CALENDAR)).toBeNull();
  expect(dueOf(watched(review('2026-03-02'), [])(), '2026-03-02', CALENDAR)).toBeNull();
});

test('while a clock stands nothing falls due, though its ends are known', () => {
  const paused = watched([...review('2026-03-02'), ['2026-03-05', 'SPECIAL_PROCEDURE_STARTED']])();
  expect(dueOf(paused, '2026-03-30', CALENDAR)).toMatchObject({ what: null, on: null, ends: { step: 'DECISION' } });
  expect(fallenDue(paused, noon('2027-03-30'), CALENDAR)).toEqual({ notices: [], action: null });
});

test('two ends on one day are told of once, and a limit of a day not at all before it is over', () => {
  const same = watched(review('2026-03-02'), [{ step: 'DECISION', promised: 10, statutory: 10, unit: 'WORKING_DAY' }]);
  expect(fallenDue(same(), noon('2026-03-11'), CALENDAR).notices.map(({ kind }) => kind)).toEqual(['LIMIT_NEAR']);
  expect(fallenDue(same(), noon('2026-03-17'), CALENDAR).notices.map(({ kind }) => kind)).toEqual([
    'PROMISE_MISSED',
    'LIMIT_MISSED',
  ]);
  const short = watched(review('2026-03-02'), [{ step: 'DECISION', promised: 1, statutory: 2, unit: 'WORKING_DAY' }]);
  expect(dueOf(short(), '2026-03-02', CALENDAR)).toMatchObject({ what: 'PROMISE_MISSED', on: '2026-03-04' });
});

test('from one due day to the next, or looking every day: the same is recorded on the same days', () => {
  const notes = (
    of: (recorded: readonly DeadlineNotice[]) => Watched,
    start: string,
    next: (recorded: DeadlineNotice[], day: string) => string | null,
  ) => {
    const recorded: DeadlineNotice[] = [];
    for (
      let day: string | null = start;
      day !== null && recorded.length < 4 && day <= addDays(start, 160);
      day = next(recorded, day)
    ) {
      recorded.push(...fallenDue(of(recorded), noon(day), CALENDAR).notices);
    }
    return recorded.map(({ kind, dueOn, at }) => `${kind} ${dueOn} ${at}`);
  };
  fc.assert(
    fc.property(
      fc.nat(3000),
      fc.constantFrom('WORKING_DAY' as const, 'CALENDAR_DAY' as const, 'MONTH' as const),
      fc.integer({ min: 1, max: 10 }),
      fc.nat(10),
      (start, unit, count, further) => {
        const [promised, more] = unit === 'MONTH' ? [1 + (count % 3), further % 2] : [count, further];
        const day = addDays('2018-01-01', start);
        const limit = { step: 'DECISION', promised, statutory: promised + more, unit } as const;
        const of = watched(review(day), [limit]);
        const everyDay = notes(of, day, (_, at) => addDays(at, 1));
        const byDueDay = notes(of, day, (recorded, at) => dueOf(of(recorded), at, CALENDAR)?.on ?? null);
        expect(byDueDay).toEqual(everyDay);
        expect(everyDay.filter((note) => note.includes('MISSED'))).toHaveLength(2);
      },
    ),
    { numRuns: 40 },
  );
});
