import { parseOptions } from '../../src/cli/parse-options.ts';
import { attemptsOf, crawlWrites, someOf, type Violation } from './crawl.ts';
import { startWriteGrounds } from './grounds.ts';
import { type ProvenGuard, proveWrites, writeGuardsNamed } from './proof.ts';

const USAGE = `npm run crawl-writes -- [--seed 1] [--share 1]
npm run crawl-writes -- --without "GUARD"     without one guard: it must fail
npm run crawl-writes -- --proof               without each guard, one after the other
npm run crawl-writes -- --turns --share 0     how many answers of the database each mutation waits for, one after the other

Tries every mutation as every kind of caller and with every role, on what is theirs, on what is others' and on what is not there,
and judges each change by the stored items alone: may this caller make it? --share 0.05 makes a part of the attempts.
--guards "GUARD,GUARD" proves these too, --stop-at-first ends with the first change of each, --json says all that was found.
Ends with 1 where somebody changes what they may not, or where not even who may changes anything.`;

const values = parseOptions(USAGE, {
  seed: { type: 'string', default: '1' },
  share: { type: 'string', default: '1' },
  without: { type: 'string' },
  proof: { type: 'boolean', default: false },
  guards: { type: 'string' },
  turns: { type: 'boolean', default: false },
  'stop-at-first': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});

/** The most answers that a mutation waits for in turn. */
const MAX_TURNS = 5;
/**
 * Mutations that wait for more. An acceptance applies the figures: each step is a commit of its own that any instance can
 * continue.
 */
const LONGER: Readonly<Record<string, number>> = { acceptFigures: 9 };
/** The share of the attempts that are made without a guard. */
const PROOF_SHARE = 0.1;

const seed = Number(values.seed);
const named = values.without ?? values.guards;
const guards = values.proof || named !== undefined ? writeGuardsNamed(named?.split(',') ?? []) : [];
const isProofOnly = values.proof || values.without !== undefined;
const startedAt = performance.now();
const grounds = await startWriteGrounds();
const attempts = attemptsOf(grounds);

const report = isProofOnly
  ? undefined
  : await crawlWrites(grounds, someOf(attempts, Number(values.share), seed), { countsTurns: values.turns });
// A caller who comes often has leased tokens of its budget before, and a process keeps the keys of a busy zone.
const KEPT = ['budget', 'zone keys'];
const deep = Object.entries(report?.turns ?? {})
  .map(([mutation, turns]) => [mutation, turns.filter((turn) => turn.some((call) => !KEPT.includes(call)))] as const)
  .filter(([mutation, turns]) => turns.length > (LONGER[mutation] ?? MAX_TURNS));
if (report && !values.json) {
  for (const violation of report.violations) console.log(told(violation));
  for (const mutation of report.idle) console.log(`not even who may changed anything: ${mutation}`);
  for (const [mutation, turns] of deep) console.log(`${mutation} waits for ${turns.length}: ${turns.join(' → ')}`);
  const { violations, changes, changing } = report;
  console.log(
    `${report.attempts} of ${attempts.length} attempts, ${changing} changed ${changes} items, ${violations.length} changes that their callers may not make, in ${seconds()} s (seed ${seed})`,
  );
}
const proven: ProvenGuard[] = [];
const some = someOf(attempts, PROOF_SHARE, seed);
for await (const each of proveWrites(grounds, guards, {
  all: attempts,
  some,
  stopsAtFirst: values['stop-at-first'],
})) {
  proven.push(each);
  if (values.json) continue;
  const [first] = each.violations;
  const count = `${each.violations.length} in ${each.attempts} attempts`;
  console.log(`without "${each.guard}": ${count}${first ? `, first: ${told(first)}` : ''} (${seconds()} s)`);
}
await grounds.stop();
if (values.json) console.log(JSON.stringify({ ...report, proven }));

const isHeld = report === undefined || report.violations.length + report.idle.length + deep.length === 0;
const isProven = proven.every(({ violations }) => violations.length > 0);
// Without a guard it fails, if it is worth anything.
process.exit((values.without === undefined ? isHeld && isProven : !isProven) ? 0 : 1);

function told({ writer, mutation, about, why }: Violation): string {
  return `${writer}: ${mutation} (${about}) ${why}`;
}

function seconds(): string {
  return ((performance.now() - startedAt) / 1_000).toFixed(0);
}
