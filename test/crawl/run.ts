import { parseArgs } from 'node:util';
import { randomNumbers } from '../fixtures/synthetic/random-operation.ts';
import { uncovered } from './coverage.ts';
import { type CrawlOptions, type CrawlReport, crawl } from './crawl.ts';
import { mutationDocuments, queryDocuments } from './documents.ts';
import type { Leak } from './examine.ts';
import { startGrounds } from './grounds.ts';
import { guardsNamed, type Proven, prove } from './proof.ts';

const USAGE = `npm run crawl -- [--seed 1] [--short]
npm run crawl -- --without "GUARD"     without one guard: it must fail
npm run crawl -- --proof               without each guard, one after the other, by the short run

Asks for every field path to depth 5 as everybody, with their own ids and others', and looks for canaries where they should
not be. --short asks for fewer. --guards "GUARD,GUARD" proves these only, --stop-at-first ends with the first leak of each,
--json says all that was found.`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
    without: { type: 'string' },
    proof: { type: 'boolean', default: false },
    guards: { type: 'string' },
    'stop-at-first': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const seed = Number(values.seed);
const named = values.without ?? values.guards;
const names = named?.split(',').map((name) => name.trim()) ?? [];
const guards = values.proof || named !== undefined ? guardsNamed(names) : [];
const started = performance.now();
const grounds = await startGrounds();
const options = values.short || guards.length > 0 ? short() : whole();

const isProofOnly = values.proof || values.without !== undefined;
const report = isProofOnly ? undefined : await crawl(grounds, { ...options, world: 0 });
const fields = report ? uncovered(grounds.schema, report.covered) : [];
if (report && !values.json) formatReport(report);
const proven: Proven[] = [];
for await (const each of prove(grounds, guards, { ...options, stopsAtFirst: values['stop-at-first'] })) {
  proven.push(each);
  if (!values.json) tellProven(each);
}
await grounds.stop();
if (values.json) console.log(JSON.stringify({ ...report, covered: [...(report?.covered ?? [])], fields, proven }));

const isHeld = report === undefined || report.leaks.length + fields.length === 0;
const isComplete = values.short || report === undefined || report.unseen.length === 0;
const isProven = proven.every(({ leaks }) => leaks.length > 0);
// Without a guard it fails, if it is worth anything.
const hasFailed = values.without === undefined ? !(isHeld && isComplete && isProven) : isProven;
process.exit(hasFailed ? 1 : 0);

function whole(): Omit<CrawlOptions, 'world'> {
  const documents = { depth: 5, size: 250, random: randomNumbers(seed) };
  const mutations = mutationDocuments(grounds.schema, { ...documents, depth: 4 });
  return {
    seed,
    sets: 2,
    firstSets: 14,
    mutationsBy: 1,
    revealed: 'all',
    queries: queryDocuments(grounds.schema, documents),
    mutations,
  };
}

/** Fewer paths and ids, for who has ten seconds. */
function short(): Omit<CrawlOptions, 'world'> {
  const depths = { case: 4, enterprise: 4, park: 4, agreement: 4, node: 2 };
  const documents = { depth: 3, depths, size: 250, random: randomNumbers(seed) };
  return {
    seed,
    sets: 1,
    firstSets: 2,
    mutationsBy: 8,
    revealed: ['home case'],
    queries: queryDocuments(grounds.schema, documents),
    mutations: mutationDocuments(grounds.schema, { depth: 3, size: 250, random: randomNumbers(seed) }),
  };
}

function tellProven({ guard, leaks, requests }: Proven): void {
  console.log(`${leaks.length > 0 ? 'fails' : 'HOLDS'} without ${guard}: ${leaks.length} leaks, ${requests} requests`);
  for (const leak of leaks.slice(0, 1)) console.log(`        ${inWords(leak)}`);
}

function formatReport({ leaks, unseen, unanswered, covered, refused, statuses, ...counts }: CrawlReport): void {
  console.log(counts);
  console.log('answers by status', statuses, 'errors', refused);
  console.log(`${covered.size} guarded fields and others showed a canary to who may see it.`);
  console.log(`${unanswered.length} paths are answered to nobody, by a limit or as there is no plan for them.`);
  for (const leak of leaks) console.log(`LEAK ${inWords(leak)}`);
  for (const name of unseen) console.log(`NOT COME TO ${name}`);
  for (const fault of fields) console.log(`FIELD ${fault}`);
  console.log(`${leaks.length} leaks, ${Math.round((performance.now() - started) / 1_000)} s, seed ${seed}.`);
}

function inWords({ canary, place, encoding, who, through }: Leak): string {
  const way = through === '' ? '' : ` through ${through}`;
  return `${canary}, ${encoding}, found by ${who} in: ${place}${way}`;
}
