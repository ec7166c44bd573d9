/**
 * Random commands by random actors at random times against the model: by the domain's rules alone, then over GraphQL and
 * DynamoDB, one after the other and at once.
 */
import { parseOptions } from '../../src/cli/parse-options.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { startTestSystem } from '../harness.ts';
import { runOnDomain } from './domain-run.ts';
import { StoredCases } from './stored-case.ts';
import { runOnStore } from './stored-run.ts';
import { ALL_TRANSITIONS, neverTaken, newTally, type Tally } from './tally.ts';

const USAGE = `npm run model -- [--count 100000] [--stored 3000] [--seed N]

Random commands on talent cases, by random actors at random times, against a second reading of the rules.
  --count   By the domain's rules alone.
  --stored  Over GraphQL and DynamoDB, some of them at once, some with a fault of the store.
  --seed    The same seed gives the same commands; another each time where nothing is said.
Ends with 1 where a case differs, or the rules alone never took a transition. It says which on standard error.`;

const values = parseOptions(USAGE, {
  count: { type: 'string', default: '100000' },
  stored: { type: 'string', default: '3000' },
  seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
});
const [count, stored, seed] = [Number(values.count), Number(values.stored), Number(values.seed)];
if (![count, stored, seed].every(Number.isSafeInteger)) {
  console.error('--count, --stored and --seed take whole numbers.');
  process.exit(2);
}

/** Says why this command ends with 1, and lets the rest of it run. */
function fail(reason: string): void {
  console.error(`FAILED ${reason}`);
  process.exitCode = 1;
}

async function run(what: string, tally: Tally, go: () => void | Promise<void>): Promise<void> {
  const started = performance.now();
  try {
    await go();
  } catch (error) {
    console.error(error);
    fail(`${what}, a case differs from the model or a command failed: see the error above.`);
  }
  const { commands, opened, accepted, together, faulty, refused, transitions } = tally;
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.log(`\n${what}, seed ${seed}, ${seconds} s`);
  console.table({ commands, opened, accepted, 'several at once': together, 'with a fault': faulty });
  console.table(Object.fromEntries([...refused].sort(([, a], [, b]) => b - a)));
  console.log(
    `${transitions.size} of ${ALL_TRANSITIONS.length} transitions taken; never: ${neverTaken(tally).join(', ') || '-'}`,
  );
  console.table(Object.fromEntries([...transitions].sort()));
}

const inMemory = newTally();
await run('By the rules', inMemory, () => runOnDomain({ count, seed, tally: inMemory }));
const missing = neverTaken(inMemory);
if (missing.length > 0) {
  fail(`By the rules, ${missing.length} transitions were never taken: ${missing.join(', ')}. Give a larger --count.`);
}

const system = await startTestSystem();
const kept = newTally();
const cases = new StoredCases(system, system.serve('talent', createTalentSubgraph));
await run('Over GraphQL and DynamoDB', kept, () => runOnStore({ cases, count: stored, seed, tally: kept }));
await system.stop();
