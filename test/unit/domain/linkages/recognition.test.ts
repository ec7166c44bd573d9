import fc from 'fast-check';
import type { AgreementFacts } from '../../../../src/domain/linkages/coverage.ts';
import {
  countedKinds,
  judgeUndecided,
  RECOGNISED_KINDS,
  type RecognisedKind,
  type RecognitionRecord,
} from '../../../../src/domain/linkages/recognition.ts';
import type { Answer } from '../../../../src/domain/rules/answer.ts';
import type { Truth } from '../../../../src/domain/rules/evaluate.ts';
import type { Rule } from '../../../../src/domain/rules/rule.ts';

/** A second reading of the rules says which kinds count in a zone. */

const ZONES = ['zone_a', 'zone_b', 'zone_c'];
const DAYS = ['2020-01-01', '2020-02-01', '2020-03-01', '2020-04-01'];
const zone = fc.constantFrom(...ZONES);
const day = fc.constantFrom(...DAYS);
const lastDay = fc.option(day, { nil: null });
const kind = fc.constantFrom(...(Object.keys(RECOGNISED_KINDS) as RecognisedKind[]));
const answer = (truth: Truth) => ({ truth }) as Answer;

/** A rule that stands for the truth of its conditions. */
const rules = new Map(
  (['MET', 'NOT_MET', 'UNKNOWN'] as const).map((truth) => [
    { language: 1, when: { term: truth } } as unknown as Rule,
    truth,
  ]),
);

const agreement: fc.Arbitrary<AgreementFacts> = fc.record({
  id: fc.constantFrom('agr_1', 'agr_2'),
  status: fc.constantFrom('PROPOSED', 'SIGNED', 'TERMINATED'),
  terminatedOn: lastDay,
  partyZoneIds: fc.subarray(ZONES, { minLength: 2 }),
  from: day,
  to: lastDay,
});
const recognition: fc.Arbitrary<RecognitionRecord> = fc.record({
  id: fc.uuid(),
  version: fc.constant(1),
  byZoneId: zone,
  ofZoneId: zone,
  kind,
  rule: fc.option(fc.constantFrom(...rules.keys()), { nil: null }),
  validFrom: day,
  validTo: lastDay,
  agreementId: fc.constantFrom('agr_1', 'agr_2', 'agr_3'),
});

test('counts what a second reading of recognitions counts', () => {
  const seen = new Set<Truth>();
  fc.assert(
    fc.property(
      fc.array(fc.record({ kind, zoneId: zone }), { maxLength: 4 }),
      fc.subarray(ZONES, { minLength: 1, maxLength: 2 }),
      day,
      fc.array(recognition, { maxLength: 8 }),
      fc.uniqueArray(agreement, { selector: ({ id }) => id }),
      (granted, homes, on, recognitions, agreements) => {
        const judge = (rule: Rule) => answer(rules.get(rule) ?? 'UNKNOWN');
        const counts = (has: RecognisedKind): Truth => {
          const truths = granted
            .filter((each) => each.kind === has)
            .flatMap(({ zoneId }) => {
              if (homes.includes(zoneId)) return ['MET' as const];
              return recognitions
                .filter((each) => each.kind === has && each.ofZoneId === zoneId && homes.includes(each.byZoneId))
                .filter((each) => each.validFrom <= on && (each.validTo ?? '9999') >= on)
                .filter((each) =>
                  agreements.some(
                    ({ id, status, terminatedOn, partyZoneIds, from, to }) =>
                      id === each.agreementId &&
                      status !== 'PROPOSED' &&
                      from <= on &&
                      [to, terminatedOn].every((end) => end === null || end >= on) &&
                      partyZoneIds.includes(each.byZoneId) &&
                      partyZoneIds.includes(each.ofZoneId),
                  ),
                )
                .map(({ rule }) => (rule ? (rules.get(rule) ?? 'UNKNOWN') : 'MET'));
            });
          return (['MET', 'UNKNOWN'] as const).find((truth) => truths.includes(truth)) ?? 'NOT_MET';
        };
        const { counted, undecided } = countedKinds(granted, homes, on, { recognitions, agreements, judge });
        for (const has of Object.keys(RECOGNISED_KINDS) as RecognisedKind[]) {
          const truth = counted.includes(has) ? 'MET' : undecided.includes(has) ? 'UNKNOWN' : 'NOT_MET';
          expect(truth).toBe(counts(has));
          seen.add(truth);
        }
      },
    ),
    { seed: 20261129, numRuns: 2_000 },
  );
  expect(seen).toEqual(new Set(['MET', 'UNKNOWN', 'NOT_MET']));
});

test('judges every case of what is undecided, and is open where the cases differ', () => {
  const by = (truthOf: (kinds: readonly string[] | null) => Truth) => (kinds: readonly string[] | null) =>
    answer(truthOf(kinds));
  const whole = by((kinds) => (kinds === null ? 'UNKNOWN' : kinds.length === 1 ? 'MET' : 'NOT_MET'));
  expect(judgeUndecided([], whole).truth).toBe('NOT_MET');
  // Neither none nor both of two kinds would do: one of them does.
  expect(judgeUndecided(['A', 'B'], whole).truth).toBe('UNKNOWN');
  expect(
    judgeUndecided(
      ['A', 'B'],
      by(() => 'MET'),
    ).truth,
  ).toBe('MET');
});
