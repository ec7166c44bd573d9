import fc from 'fast-check';
import { judgeApplication } from '../../../../src/domain/linkages/application.ts';
import type { Subject } from '../../../../src/domain/linkages/coverage.ts';
import { factsOfSubject, type MoveFacts } from '../../../../src/domain/linkages/subject-facts.ts';
import { FACTS_OF } from '../../../../src/domain/policies/facts.ts';
import { answerTo } from '../../../../src/domain/rules/answer.ts';
import type { Facts, Rule } from '../../../../src/domain/rules/rule.ts';
import { storedRule } from '../../../../src/local/demo-data/rules/stored-rule.ts';
import { agreedMove } from '../../../fixtures/relocations.ts';

const ZONES = ['zone_a', 'zone_b', 'zone_c'];
const { rule } = storedRule('caiyu-2015-92');
const REACHED = { applies: true, via: 'OWN_ZONE', chain: [], failed: [] } as const;

const zone = fc.constantFrom(...ZONES);
const move: fc.Arbitrary<MoveFacts> = fc.tuple(zone, zone).map(([from, to]) => agreedMove(from, to));
const subject = fc.record({
  kind: fc.constant('ENTERPRISE' as const),
  zoneIds: fc.subarray(ZONES, { minLength: 1 }),
  traits: fc.constant({ SECTOR: ['OTHER'], QUALIFICATION: [], SITE_KIND: [] }),
});
/** An officer of a zone, who reads the moves from and to it, or somebody who reads none. */
const viewer = fc.option(zone);

const factsFor = (of: Subject, moves: readonly MoveFacts[], viewerZone: string | null) =>
  factsOfSubject(of, moves, (zoneIds) => viewerZone !== null && zoneIds.includes(viewerZone));

function truthOf(facts: Facts): string | undefined {
  const sources = { REGISTRY: facts, STATED: {} };
  const judge = (terms: Rule) => answerTo(terms, sources, '2020-03-16', FACTS_OF.ENTERPRISE);
  const answer = judgeApplication(REACHED, rule, judge);
  return answer.judgement?.terms[0]?.truth;
}

test('registries that differ only in what the viewer may not read give equal answers', () => {
  let differing = 0;
  let told = 0;
  fc.assert(
    fc.property(
      subject,
      fc.array(move, { maxLength: 4 }),
      fc.array(move, { maxLength: 4 }),
      viewer,
      (of, one, other, own) => {
        const isShown = ({ fromZoneId, toZoneId }: MoveFacts) => fromZoneId === own || toZoneId === own;
        const hidden = other.filter((each) => !isShown(each));
        const pair = [...one.filter(isShown), ...hidden];
        if (one.some((each) => !isShown(each)) || hidden.length > 0) differing += 1;
        const facts = factsFor(of, one, own);
        if (truthOf(facts) !== 'UNKNOWN') told += 1;
        // Everything else in an answer is computed from these facts alone.
        expect(factsFor(of, pair, own)).toEqual(facts);
      },
    ),
    { numRuns: 10_000, seed: 3 },
  );
  expect(differing).toBeGreaterThan(5_000);
  expect(told).toBeGreaterThan(1_000);
});
