import fc from 'fast-check';
import { commands, compareLinkages, newLinkagesTally } from '../../../model/linkages/compare-linkages.ts';

/** `npm run model -- linkages` tries many more. */

test('agrees with a second reading over random commands', () => {
  const tally = newLinkagesTally();
  fc.assert(
    fc.property(commands, (list) => compareLinkages(list, tally)),
    { numRuns: 150, seed: 11 },
  );
  expect(tally.commands).toBe(7_500);
  expect(tally.accepted).toBeGreaterThan(500);
  expect(
    Math.min(tally.amended, tally.terminated, tally.covered, tally.applies, tally.recognised, tally.counts),
  ).toBeGreaterThan(3);
});
