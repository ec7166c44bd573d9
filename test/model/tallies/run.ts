/** `npm run model -- tallies`: random stays, reports, withdrawals and corrections against a naive recount of every day. */
import { parseNames } from '../../../src/cli/parse-options.ts';
import { startTestSystem } from '../../harness.ts';
import { compareTallies } from './compare-tallies.ts';

const USAGE = `npm run model -- tallies [--count 10000] [--seed N]

Random commands on enterprises of three parks: registrations, moves, admissions, ends of stays, changes of classes, reports,
withdrawals, publications and corrections. Their events come late, twice and in any order. Then the sums of every park and
day are compared with a recount of all enterprises.
  --count   Sums of a park and day to compare.
  --seed    The same seed gives the same commands; another each time where nothing is said.
Ends with 1 where a sum differs, or a closed day changed without a correction.`;

const { values } = parseNames(USAGE, {
  count: { type: 'string', default: '10000' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
if (![count, seed].every(Number.isSafeInteger)) {
  console.error('--count and --seed take whole numbers.');
  process.exit(2);
}

const started = performance.now();
const system = await startTestSystem();
const { daySums, different, accepted } = await compareTallies(system, { daySums: count, seed });
await system.stop();
console.table(Object.fromEntries([...accepted].sort()));
console.log(
  `Seed ${seed}: ${daySums} day-sums compared, ${different.length} differ, ${Math.round((performance.now() - started) / 1_000)} s`,
);
for (const line of different.slice(0, 20)) console.error(line);
if (different.length > 0) process.exitCode = 1;
