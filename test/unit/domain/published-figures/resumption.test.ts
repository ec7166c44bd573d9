import fc from 'fast-check';
import { levelOn, type Residency, residencySteps } from '../../../../src/domain/enterprises/residency.ts';
import { rateOf } from '../../../../src/domain/indicators/indicator.ts';
import { dayFiguresOf, ratiosOf } from '../../../../src/domain/published-figures/published-day.ts';
import {
  addTallies,
  EMPTY_TALLY,
  OPERATION_MODES,
  type ReportFigures,
  tallyChange,
} from '../../../../src/domain/published-figures/resumption.ts';

test('the figures of 2020-03-16 give the rates that were published', () => {
  const tally = {
    reported: 236,
    resumedOnSite: 156,
    resumedOnline: 50,
    staffTotal: 6750,
    staffReturned: 5669,
    registeredStaff: 6750,
  };
  const { production, returnToWork } = ratiosOf(dayFiguresOf(tally, { residents: 236, registeredStaff: 6750 }));
  expect(production).toEqual({ numerator: 206, denominator: 236 });
  expect(returnToWork).toEqual({ numerator: 5669, denominator: 6750 });
  expect([rateOf(production, 'TRUNCATE'), rateOf(returnToWork, 'TRUNCATE')]).toEqual(['87.2', '83.9']);
});

/** What the definition says, by going through every resident enterprise. */
function recount(registered: readonly number[], latest: ReadonlyMap<number, ReportFigures>) {
  const reports = registered.map((_, enterprise) => latest.get(enterprise));
  return {
    production: {
      numerator: reports.filter((report) => report && report.mode !== 'NOT_RESUMED').length,
      denominator: registered.length,
    },
    returnToWork: {
      numerator: reports.reduce((sum, report) => sum + (report?.staffReturned ?? 0), 0),
      denominator: registered.reduce((sum, staff, i) => sum + (reports[i]?.staffTotal ?? staff), 0),
    },
  };
}

test('reports and corrections, folded in any order, equal a recount of the enterprises', () => {
  const figures = fc.record({
    mode: fc.constantFrom(...OPERATION_MODES),
    staffTotal: fc.nat(500),
    staffReturned: fc.nat(500),
  });
  const days = fc.array(fc.nat(500), { minLength: 1, maxLength: 8 }).chain((registered) =>
    fc.record({
      registered: fc.constant(registered),
      reports: fc.array(fc.tuple(fc.nat(registered.length - 1), figures), { maxLength: 30 }),
      order: fc.array(fc.nat(1000), { minLength: 30, maxLength: 30 }),
    }),
  );
  fc.assert(
    fc.property(days, ({ registered, reports, order }) => {
      const latest = new Map<number, ReportFigures>();
      const changes = reports.map(([enterprise, report]) => {
        const after = { ...report, registeredStaff: registered[enterprise] ?? 0 };
        const change = tallyChange(latest.get(enterprise) ?? null, after);
        latest.set(enterprise, after);
        return change;
      });
      const shuffled = changes
        .map((change, i) => ({ change, at: order[i] ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ change }) => change);
      const level = { residents: registered.length, registeredStaff: registered.reduce((a, b) => a + b, 0) };
      const tally = shuffled.reduce(addTallies, EMPTY_TALLY);
      expect(ratiosOf(dayFiguresOf(tally, level))).toEqual(recount(registered, latest));
    }),
  );
});

test('a stay counts from its first to its last day, where the enterprise operates rather than where it is registered', () => {
  const registered = {
    parkId: 'park_a',
    kind: 'REGISTERED',
    from: '2020-01-01',
    to: null,
    registeredStaff: 10,
  } as const;
  const operating = {
    parkId: 'park_b',
    kind: 'OPERATING',
    from: '2020-02-01',
    to: '2020-02-29',
    registeredStaff: 12,
  } as const;
  const steps = residencySteps([registered, operating]);
  const at = (parkId: string, day: string) =>
    levelOn(
      steps.filter((step) => step.parkId === parkId),
      day,
    );
  expect(at('park_a', '2019-12-31')).toEqual({ residents: 0, registeredStaff: 0 });
  expect(at('park_a', '2020-01-31')).toEqual({ residents: 1, registeredStaff: 10 });
  expect(at('park_a', '2020-02-01')).toEqual({ residents: 0, registeredStaff: 0 });
  expect(at('park_b', '2020-02-29')).toEqual({ residents: 1, registeredStaff: 12 });
  expect(at('park_b', '2020-03-01')).toEqual({ residents: 0, registeredStaff: 0 });
  expect(at('park_a', '2020-03-01')).toEqual({ residents: 1, registeredStaff: 10 });
});

test('on no day is an enterprise counted in two parks, and on each day of a stay in one', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((d) => `2020-02-${String(d).padStart(2, '0')}`);
  const residency: fc.Arbitrary<Residency> = fc
    .record({
      parkId: fc.constantFrom('park_a', 'park_b', 'park_c'),
      kind: fc.constantFrom('OPERATING', 'INCUBATED', 'REGISTERED'),
      days: fc.tuple(day, fc.option(day)),
      registeredStaff: fc.nat(50),
    })
    .map(({ days: [a, b], ...rest }) => ({
      ...rest,
      from: b !== null && b < a ? b : a,
      to: b !== null && b < a ? a : b,
    }));
  fc.assert(
    fc.property(fc.array(residency, { maxLength: 5 }), day, (residencies, on) => {
      const steps = residencySteps(residencies);
      const here = residencies.some(({ from, to }) => from <= on && (to === null || on <= to));
      expect(levelOn(steps, on).residents).toBe(here ? 1 : 0);
    }),
  );
});
