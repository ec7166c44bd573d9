/** `npm run model -- relocations`: random commands on relocations and moves, against the second reading. */
import fc from 'fast-check';
import { parseNames } from '../../../src/cli/parse-options.ts';
import { commands, compareRelocations, newRelocationsTally } from './compare-relocations.ts';

const USAGE = `npm run model -- relocations [--count 100000] [--seed N]

Random commands of three zones and a firm on relocations and moves: what is accepted, what both zones agree on, where the
firm is at home, and which relocation has the move, against a second reading. Ends with 1 where one differs, and prints the
smallest case.`;

const COMMANDS_A_RUN = 50;

const { values } = parseNames(USAGE, {
  count: { type: 'string', default: '100000' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const tally = newRelocationsTally();
const started = performance.now();
try {
  fc.assert(
    fc.property(commands, (list) => compareRelocations(list, tally)),
    { numRuns: Math.ceil(count / COMMANDS_A_RUN), seed },
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
console.log(`${tally.commands} commands, seed ${seed}, ${Math.round((performance.now() - started) / 1_000)} s`);
console.table(tally);
