import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { WriteReport } from '../crawl-writes/crawl.ts';
import type { ProvenGuard } from '../crawl-writes/proof.ts';

/** The short run of `npm run crawl-writes`, and that it fails without two of the guards (`-- --proof`: without each). */

const WITHOUT = ['table: with the row', 'rows: cases'];

type Found = WriteReport & { readonly proven: readonly ProvenGuard[] };

let found: Found;

beforeAll(async () => {
  const flags = ['--disable-warning=ExperimentalWarning', '--import', './test/crawl-writes/removable.ts'];
  const options = ['--share', '0.01', '--json', '--stop-at-first', '--guards', WITHOUT.join()];
  // It ends with another code than 0 where it has found something: what it says is looked at below.
  const ended = promisify(execFile)(process.execPath, [...flags, 'test/crawl-writes/run.ts', ...options], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const { stdout, stderr } = await ended.catch((error: { stdout: string; stderr: string }) => error);
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`the crawler said nothing: ${stdout}${stderr}`);
  found = JSON.parse(line);
});

test('nobody changes what they may not', () => {
  expect(found.violations).toEqual([]);
});

test('whoever may do a mutation does it', () => {
  expect(found.idle).toEqual([]);
  expect(found.attempts).toBeGreaterThan(150);
});

test('without a guard somebody changes what they may not', () => {
  expect(found.proven.map(({ guard, violations }) => [guard, violations.length > 0])).toEqual(
    WITHOUT.map((name) => [name, true]),
  );
});
