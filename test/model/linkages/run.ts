/** `npm run model -- linkages`: random commands on agreements and coverages, against the second reading. */
import fc from 'fast-check';
import { parseNames } from '../../../src/cli/parse-options.ts';
import { commands, compareLinkages, newLinkagesTally } from './compare-linkages.ts';

const USAGE = `npm run model -- linkages [--count 100000] [--seed N]

Random commands on agreements and coverages between four zones, on random days: what is accepted, the agreements, their terms
of past days, and where policies apply, against a second reading. Ends with 1 where one differs, and prints the smallest case.`;

const COMMANDS_A_RUN = 50;

const { values } = parseNames(USAGE, {
  count: { type: 'string', default: '100000' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const tally = newLinkagesTally();
const started = performance.now();
try {
  fc.assert(
    fc.property(commands, (list) => compareLinkages(list, tally)),
    { numRuns: Math.ceil(count / COMMANDS_A_RUN), seed },
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
console.log(`${tally.commands} commands, seed ${seed}, ${Math.round((performance.now() - started) / 1_000)} s`);
console.table(tally);
