import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseOptions } from '../../src/cli/parse-options.ts';
import { randomNumbers } from '../fixtures/synthetic/random-operation.ts';
import { isEquivalent } from './equivalent.ts';
import { type Mutant, mutantsOf } from './mutate.ts';
import { type EnteredBy, isKilled, recordEntered, TESTS } from './tests.ts';

const USAGE = `npm run mutants -- [--count 200] [--seed 1] [--workers 2] [--file src/domain/cases]
                    [--tests test/unit/domain/,…] [--list]

Changes one operator, condition or statement at a time in src/domain and in the executor, and runs the tests that enter the
changed function. Prints the changes that no test notices, and the share of those that one does. --file takes the mutants
of some paths alone; --tests runs other test files than those of the domain, the engine and the stories; --list prints the
sample and runs nothing. Equivalent mutants are in test/mutants/equivalent.ts.
Ends with 1 where fewer than 90 % are noticed. What the tests enter is recorded once, in .data/mutants.json.`;

const MIN_SCORE = 0.9;
const ROOT = join(import.meta.dirname, '../..');
const SOURCES = ['src/domain/**/*.ts', 'packages/federation/src/executor/**/*.ts'];
const CACHE = join(ROOT, '.data/mutants.json');

const values = parseOptions(USAGE, {
  count: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
  workers: { type: 'string', default: '2' },
  file: { type: 'string', default: '' },
  tests: { type: 'string', default: TESTS.join() },
  list: { type: 'boolean', default: false },
});

const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).toSorted();
const sources = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
const all = files.filter((file) => file.startsWith(values.file)).flatMap((file) => mutantsOf(file, sourceOf(file)));
const random = randomNumbers(Number(values.seed));
const sample = all
  .map((mutant) => ({ mutant, order: random() }))
  .filter(({ mutant }) => !isEquivalent(mutant, sourceOf(mutant.file)))
  .toSorted((a, b) => a.order - b.order)
  .slice(0, Number(values.count))
  .map(({ mutant }) => mutant);
if (values.list) {
  for (const mutant of sample) console.log(shown(mutant));
  process.exit(0);
}

const recorded = await recordedOrNew();
const survivors: Mutant[] = [];
const waiting = [...sample];
await Promise.all(Array.from({ length: Number(values.workers) }, work));
const score = 1 - survivors.length / sample.length;
console.log(`${sample.length - survivors.length} of ${sample.length} mutants killed: ${(score * 100).toFixed(1)} %`);
process.exit(score >= MIN_SCORE ? 0 : 1);

async function work(): Promise<void> {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    if (await isKilled(mutant, recorded)) continue;
    survivors.push(mutant);
    const isEntered = recorded.some(({ entered }) => entered.includes(`${mutant?.file}:${mutant?.within}`));
    console.log(`survived${isEntered ? '' : ', entered by no test'}: ${shown(mutant)}`);
  }
}

/** Returns which tests enter which functions, recorded anew when a source has changed. */
async function recordedOrNew(): Promise<readonly EnteredBy[]> {
  const version = createHash('sha256')
    .update(JSON.stringify([values.tests, ...sources]))
    .digest('hex');
  if (existsSync(CACHE)) {
    const cached = JSON.parse(readFileSync(CACHE, 'utf8'));
    if (cached.version === version) return cached.recorded;
  }
  const entered = await recordEntered(values.tests.split(','));
  mkdirSync(dirname(CACHE), { recursive: true });
  writeFileSync(CACHE, JSON.stringify({ version, recorded: entered }));
  return entered;
}

function sourceOf(file: string): string {
  return sources.get(file) ?? '';
}

function shown({ file, line, from, to, start }: Mutant): string {
  const text = sourceOf(file);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const whole = text.slice(lineStart, text.indexOf('\n', start)).trim();
  return `${file}:${line} ${JSON.stringify(from)} -> ${JSON.stringify(to)} in: ${whole}`;
}
