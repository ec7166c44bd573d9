import fc from 'fast-check';
import { commands, compareRelocations, newRelocationsTally } from '../../../model/relocations/compare-relocations.ts';

/** `npm run model -- relocations` tries many more. */

test('agrees with a second reading over random commands', () => {
  const tally = newRelocationsTally();
  fc.assert(
    fc.property(commands, (list) => compareRelocations(list, tally)),
    { numRuns: 100, seed: 11 },
  );
  expect(tally.commands).toBe(5_000);
  const { OPEN, STATE, CONFIRM, WITHDRAW, ASK, DECLINE, ACCEPT, moved, arranged, listed } = tally;
  expect(Math.min(OPEN, STATE, CONFIRM, WITHDRAW, ASK, DECLINE, ACCEPT, moved, arranged, listed)).toBeGreaterThan(20);
});
