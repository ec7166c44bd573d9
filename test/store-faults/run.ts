/** `npm run store-faults`: measures what clients see while a share of the store's calls fails. */
import { parseOptions } from '../../src/cli/parse-options.ts';
import { randomNumbers } from '../fixtures/synthetic/random-operation.ts';
import { MUTATION_WITHIN_MS, READ_WITHIN_MS, type Seen, shareWithin, storeFaults } from './store-faults.ts';

const USAGE = `npm run store-faults -- [--cases 100] [--workers 4] [--percent 30] [--seed N]

Takes cases from their opening to their end while so many percent of DynamoDB's calls fail (500, reset, throttled; with or
without having been carried out). Clients repeat mutations with their key, and reads. Ends with 1 where fewer than 99 % of
the mutations succeed within 3 s or of the reads within 2 s, or where a case is not as it was acknowledged.`;

const values = parseOptions(USAGE, {
  cases: { type: 'string', default: '100' },
  workers: { type: 'string', default: '4' },
  percent: { type: 'string', default: '30' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
});
const [cases = 0, workers = 0, percent = 0, seed = 0] = [values.cases, values.workers, values.percent, values.seed].map(
  Number,
);
if (![cases, workers, percent, seed].every(Number.isSafeInteger)) {
  console.error('--cases, --workers, --percent and --seed take whole numbers.');
  process.exit(2);
}

const report = await storeFaults({ cases, workers, share: percent / 100, random: randomNumbers(seed) });
const row = (seen: Seen, limit: number) => {
  const at = (part: number) => seen.milliseconds[Math.floor(seen.milliseconds.length * part)] ?? 0;
  const percentOf = (share: number) => `${(share * 100).toFixed(2)} %`;
  return {
    count: seen.milliseconds.length,
    'at first try': percentOf(seen.atFirstTry / seen.milliseconds.length),
    'within limit': `${percentOf(shareWithin(seen, limit))} in ${limit} ms`,
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
    'max ms': seen.milliseconds.at(-1),
  };
};
console.table({ mutations: row(report.mutations, MUTATION_WITHIN_MS), reads: row(report.reads, READ_WITHIN_MS) });
console.table({ seed, ...report.store });
console.log('told to clients:', report.codes);
console.log(`${report.wrongCases} cases are not as they were acknowledged.`);
const isEnough =
  shareWithin(report.mutations, MUTATION_WITHIN_MS) >= 0.99 && shareWithin(report.reads, READ_WITHIN_MS) >= 0.99;
process.exit(isEnough && report.wrongCases === 0 ? 0 : 1);
