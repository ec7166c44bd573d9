/** `npm run model -- rules`: random subjects under random rules, against the second reading. */
import fc from 'fast-check';
import { parseNames } from '../../../src/cli/parse-options.ts';
import { compareJudgement, newRuleTally } from './agree.ts';
import { drawnCase } from './draws.ts';

const USAGE = `npm run model -- rules [--count 100000] [--seed N]

Random subjects under random rules, on random days: truth, explanation and nearest change, against a naive evaluator.
Ends with 1 where one differs, and prints the smallest case.`;

const { values } = parseNames(USAGE, {
  count: { type: 'string', default: '100000' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
});
const [numRuns, seed] = [Number(values.count), Number(values.seed)];
const tally = newRuleTally();
const started = performance.now();
try {
  fc.assert(
    fc.property(drawnCase, (drawn) => compareJudgement(drawn, tally)),
    { numRuns, seed },
  );
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
console.log(`${numRuns} rules, seed ${seed}, ${Math.round((performance.now() - started) / 1_000)} s`);
console.table(tally);
