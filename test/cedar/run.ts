/** `npm run cedar -- [--count N] [--seed N]`: does Cedar agree with the table on N random questions? */
import fc from 'fast-check';
import { toldOptions } from '../../src/cli/told-options.ts';
import { byCedar, byTable, questions } from './decision.ts';

const USAGE = `npm run cedar -- [--count 100000] [--seed N]

Who sees what, of so many random questions, by the table and by its second reading in Cedar. Ends with 1 where they differ.`;

const values = toldOptions(USAGE, { count: { type: 'string', default: '100000' }, seed: { type: 'string' } });
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const counts: Record<string, number> = {};
let different = 0;
const startedAt = performance.now();
for (const question of fc.sample(questions, { seed, numRuns: Number(values.count) })) {
  const [table, cedar] = [byTable(question), byCedar(question)];
  const outcome = `${question.about.kind} ${table}`;
  counts[outcome] = (counts[outcome] ?? 0) + 1;
  if (table === cedar) continue;
  different += 1;
  console.log(`table ${table}, Cedar ${cedar}: ${JSON.stringify(question)}`);
}
for (const [outcome, count] of Object.entries(counts).sort()) console.log(`${count} × ${outcome}`);
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
console.log(`${values.count} decisions, ${different} of them different, in ${seconds} s (seed ${seed})`);
if (different > 0) process.exitCode = 1;
