/** `npm run crash-test`: kills the whole local system at random moments, through many mutations. */
import { parseOptions } from '../../src/cli/parse-options.ts';
import { randomNumbers } from '../fixtures/synthetic/random-operation.ts';
import { crash } from './crash.ts';

const USAGE = `npm run crash-test -- [--mutations 10000] [--kills 30] [--workers 8] [--seed N]

Kills the whole local system, on data of its own, while so many workers send mutations of cases, and holds what is there
afterwards against what was acknowledged. Ends with 1 where something is lost, done twice, or not told.`;

const values = parseOptions(USAGE, {
  mutations: { type: 'string', default: '10000' },
  kills: { type: 'string', default: '30' },
  workers: { type: 'string', default: '8' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
});
const [mutations, kills, workers, seed] = [values.mutations, values.kills, values.workers, values.seed].map(Number);
if (![mutations, kills, workers, seed].every(Number.isSafeInteger)) {
  console.error('--mutations, --kills, --workers and --seed take whole numbers.');
  process.exit(2);
}

const started = performance.now();
const report = await crash({
  mutations: mutations!,
  kills: kills!,
  workers: workers!,
  deliveredWithinMs: 300_000,
  random: randomNumbers(seed!),
  tell: console.log,
});
const { faults, kills: killed, ...counts } = report;
console.table({ seed, ...counts, ...killed, seconds: Math.round((performance.now() - started) / 1_000) });
for (const fault of faults.slice(0, 20)) console.error(fault);
console.log(`${faults.length} faults.`);
if (faults.length > 0 || report.undelivered > 0) process.exitCode = 1;
