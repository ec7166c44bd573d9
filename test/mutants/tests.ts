import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../child-environment.ts';
import type { Mutant } from './mutate.ts';

const ROOT = join(import.meta.dirname, '../..');
const JEST = ['--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const CONFIG = ['--config', 'test/mutants/jest.config.mjs'];

/** The folders of test files that may notice a mutant. `jest.config.mjs` leaves out those that start whole systems. */
export const TESTS = [
  'test/unit/domain/',
  'packages/federation/test/',
  'test/contract/conformance/',
  'test/contract/cedar',
  'test/e2e/',
];

/** One test file, how long it takes, and the functions that it enters. */
export interface EnteredBy {
  readonly test: string;
  readonly milliseconds: number;
  /** `file:start`, as in `mutate.ts`. */
  readonly entered: readonly string[];
}

/** Runs test files once, in sources whose functions tell that they ran. Files that fail are left out. */
export async function recordEntered(tests: readonly string[]): Promise<readonly EnteredBy[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bridgehead-mutants-'));
  const file = join(folder, 'entered.jsonl');
  await runJest(['--maxWorkers=2', ...tests], { BRIDGEHEAD_ENTERED: file }, 3_600_000);
  if (!existsSync(file)) throw new Error('All tests fail without any mutant.');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  rmSync(folder, { recursive: true });
  return lines.map((line) => JSON.parse(line));
}

/** The quickest test files see a mutant first: they kill most. */
const QUICK_TESTS = 4;
/** Then those see it that enter the fewest functions: they are about it. A mutant of the calendar is entered by nearly all. */
const SPECIFIC_TESTS = 8;
/** What a start of Jest may take on a busy machine, and how much longer than alone the tests may take. */
const START_MS = 60_000;
const MAX_SLOWDOWN = 10;

/** Returns whether a test fails with the mutant, or doesn't end in time. */
export async function isKilled(mutant: Mutant, recorded: readonly EnteredBy[]): Promise<boolean> {
  const tests = recorded
    .filter(({ entered }) => entered.includes(`${mutant.file}:${mutant.within}`))
    .toSorted((a, b) => nearnessTo(mutant, a) - nearnessTo(mutant, b) || a.milliseconds - b.milliseconds);
  const specific = tests.slice(QUICK_TESTS).toSorted((a, b) => a.entered.length - b.entered.length);
  for (const round of [tests.slice(0, QUICK_TESTS), specific.slice(0, SPECIFIC_TESTS)]) {
    if (round.length === 0) continue;
    const limit = START_MS + MAX_SLOWDOWN * round.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const options = ['--runInBand', '--bail', '--runTestsByPath', ...round.map(({ test }) => test)];
    const code = await runJest(options, { BRIDGEHEAD_MUTANT: JSON.stringify(mutant) }, limit);
    if (code !== 0) return true;
  }
  return false;
}

/**
 * Returns 0 for the test file of the mutant's module, 1 for those of its folder, and 2 for others. Code that runs when a module
 * is loaded, such as a table, is entered by every test that loads it: those of its own come first.
 */
function nearnessTo({ file, within }: Mutant, { test }: EnteredBy): number {
  if (within !== -1) return 2;
  const [folder = '', name = ''] = file.split('/').slice(-2);
  if (test.endsWith(`/${name.replace('.ts', '.test.ts')}`)) return 0;
  return test.includes(`/${folder}/`) ? 1 : 2;
}

/** Returns Jest's exit code; null if it took longer than the limit and was ended. */
async function runJest(options: readonly string[], own: NodeJS.ProcessEnv, limit: number): Promise<number | null> {
  const child = spawn(process.execPath, [...JEST, ...CONFIG, ...options], {
    cwd: ROOT,
    env: childEnvironment({ TMPDIR: process.env.TMPDIR, ...own }),
    stdio: 'ignore',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  const code = await new Promise<number | null>((resolve) =>
    child.once('exit', resolve).once('error', () => resolve(1)),
  );
  clearTimeout(timer);
  return code;
}
