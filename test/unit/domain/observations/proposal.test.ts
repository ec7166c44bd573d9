import * as fc from 'fast-check';
import { addDays } from '../../../../src/domain/calendar/day.ts';
import { isWholePeriod, type ObservationFacts, PERIOD_UNITS } from '../../../../src/domain/observations/observation.ts';
import {
  decideOnProposal,
  decideProposal,
  type ObservationsProposalFacts,
  observationName,
  type StatedObservation,
} from '../../../../src/domain/observations/proposal.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';

const text = { zh: '新闻', ja: '報道', en: 'News' };
const PEOPLE = ['a', 'b'].map((person): Viewer => ({ kind: 'admin', person }));

test.each([
  ['DAY', '2020-03-16', '2020-03-16', true],
  ['DAY', '2020-03-16', '2020-03-17', false],
  ['MONTH', '2020-02-01', '2020-02-29', true],
  ['MONTH', '2020-02-01', '2020-02-28', false],
  ['MONTH', '2020-02-02', '2020-03-01', false],
  ['QUARTER', '2020-01-01', '2020-03-31', true],
  ['QUARTER', '2020-02-01', '2020-04-30', false],
  ['YEAR', '2020-01-01', '2020-12-31', true],
  ['YEAR', '2020-02-01', '2021-01-31', false],
] as const)('%s from %s to %s is a whole period: %s', (unit, from, to, expected) => {
  expect(isWholePeriod({ unit, from, to })).toBe(expected);
});

test('every day has one whole period of each unit that ends with it at most', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.constantFrom(...PERIOD_UNITS), (days, unit) => {
      const to = addDays('2015-01-01', days);
      const from = Array.from({ length: 366 }, (_, i) => addDays(to, -i)).filter((day) =>
        isWholePeriod({ unit, from: day, to }),
      );
      expect(from.length).toBeLessThanOrEqual(1);
      if (unit === 'DAY') expect(from).toEqual([to]);
    }),
    { seed: 16, numRuns: 200 },
  );
});

const stated = fc.record({
  indicatorId: fc.constantFrom('ind_a', 'ind_b'),
  day: fc.constantFrom('2020-03-15', '2020-03-16'),
  value: fc.integer({ min: 0, max: 999 }).map((tenths) => `${Math.floor(tenths / 10)}.${tenths % 10}`),
});
const step = fc.record({
  by: fc.constantFrom(0, 1),
  kind: fc.constantFrom('PROPOSE' as const, 'ACCEPT' as const, 'REJECT' as const),
  figures: fc.array(stated, { minLength: 1, maxLength: 3 }),
});

const observationOf = ({
  indicatorId,
  day,
  value,
}: {
  indicatorId: string;
  day: string;
  value: string;
}): StatedObservation => ({
  indicatorId,
  period: { unit: 'DAY', from: day, to: day },
  basis: 'POINT',
  unit: '%',
  figure: {
    value,
    approximate: false,
    yearOnYear: null,
    status: 'FINAL',
    numerator: null,
    denominator: null,
    scope: null,
    rounding: null,
    source: { title: text, publishedOn: '2020-03-18' },
  },
});

test('whatever is proposed and decided, only figures that another person accepted are published, each in order', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const proposals: ObservationsProposalFacts[] = [];
      const published = new Map<string, ObservationFacts>();
      const values = new Map<string, string[]>();
      for (const { by, kind, figures } of steps) {
        const viewer = PEOPLE[by] ?? PEOPLE[0]!;
        const grounds = { zoneId: 'zone_a', viewer, now: new Date('2020-03-20T00:00:00.000Z'), published };
        const before = proposals.at(-1) ?? null;
        const decision =
          kind === 'PROPOSE'
            ? decideProposal(
                { parkId: 'park_a', seen: before?.version ?? null, observations: figures.map(observationOf) },
                before,
                grounds,
                () => true,
              )
            : decideOnProposal(
                { seen: before?.version ?? 1, rejection: kind === 'REJECT' ? { reason: 'No.' } : null },
                before,
                grounds,
              );
        const isOpen = before?.state === 'PROPOSED' && before.proposedBy !== ['a', 'b'][by];
        if (kind !== 'PROPOSE') expect(decision.ok).toBe(isOpen);
        if (!decision.ok) continue;
        proposals.push(decision.value.proposal);
        expect(decision.value.proposal.version).toBe((before?.version ?? 0) + 1);
        expect(decision.value.accepted).toHaveLength(kind === 'ACCEPT' ? (before?.observations.length ?? 0) : 0);
        for (const { facts } of decision.value.accepted) {
          accepted += 1;
          const name = observationName(facts);
          published.set(name, facts);
          values.set(name, [facts.figure.value, ...(values.get(name) ?? [])]);
        }
      }
      for (const [name, { figure, earlier }] of published) {
        expect([figure, ...earlier].map(({ value }) => value)).toEqual(values.get(name));
        expect([figure, ...earlier].map(({ revision }) => revision)).toEqual(
          Array.from({ length: earlier.length + 1 }, (_, i) => earlier.length + 1 - i),
        );
      }
    }),
    { seed: 16, numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test.each([
  ['2020-03-20', true],
  ['2020-03-21', false],
])('a source that is published on %s may be named on 20 March: %s', (publishedOn, expected) => {
  const observation = observationOf({ indicatorId: 'ind_a', day: '2020-03-15', value: '1.0' });
  const figure = { ...observation.figure, source: { title: text, publishedOn } };
  const stated = { parkId: 'park_a', seen: null, observations: [{ ...observation, figure }] };
  const grounds = {
    zoneId: 'zone_a',
    viewer: PEOPLE[0]!,
    now: new Date('2020-03-20T00:00:00.000Z'),
    published: new Map(),
  };
  expect(decideProposal(stated, null, grounds, () => true).ok).toBe(expected);
});
