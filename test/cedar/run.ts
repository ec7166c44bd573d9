/** `npm run cedar -- [--count N] [--seed N]`: does Cedar agree with the tables on N random reads and N random writes? */
import fc from 'fast-check';
import { parseOptions } from '../../src/cli/parse-options.ts';
import { byCedar, byTable, questions } from './decision.ts';
import { mayByCedar, mayByTable, writeQuestions } from './write-decision.ts';

const USAGE = `npm run cedar -- [--count 100000] [--seed N]

Who sees what and who may write what, of so many random questions each, by the tables and by their second reading in Cedar.
Ends with 1 where they differ.`;

const values = parseOptions(USAGE, { count: { type: 'string', default: '100000' }, seed: { type: 'string' } });
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const numRuns = Number(values.count);
let different = 0;

compare('reads', questions, byTable, byCedar, ({ about }, form) => `${about.kind} ${form}`);
compare(
  'writes',
  writeQuestions,
  mayByTable,
  mayByCedar,
  ({ mutation }, may) => `${mutation} ${may ? 'allowed' : 'refused'}`,
);
if (different > 0) process.exitCode = 1;

/** Compares the two answers to each question and prints how many there were of each outcome. */
function compare<Question, Answer>(
  what: string,
  drawn: fc.Arbitrary<Question>,
  ask: (question: Question) => Answer,
  askCedar: (question: Question) => Answer,
  outcomeOf: (question: Question, answer: Answer) => string,
): void {
  const startedAt = performance.now();
  const counts: Record<string, number> = {};
  let differing = 0;
  for (const question of fc.sample(drawn, { seed, numRuns })) {
    const [table, cedar] = [ask(question), askCedar(question)];
    const outcome = outcomeOf(question, table);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    if (table === cedar) continue;
    differing += 1;
    console.log(`table ${table}, Cedar ${cedar}: ${JSON.stringify(question)}`);
  }
  for (const [outcome, count] of Object.entries(counts).sort()) console.log(`${count} × ${outcome}`);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`${numRuns} decisions about ${what}, ${differing} of them different, in ${seconds} s (seed ${seed})`);
  different += differing;
}
