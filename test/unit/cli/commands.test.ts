import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const scripts = Object.keys(JSON.parse(read('package.json')).scripts);

test('docs/commands.md lists every npm script, and no other', () => {
  const named = [...read('docs/commands.md').matchAll(/`npm (?:run )?([a-z:-]+)/g)].map(([, name]) => name);
  expect([...new Set(named)].toSorted()).toEqual(scripts.toSorted());
});

test('the README has at most 150 lines', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

test.each([
  ['--help', 0, 'stdout', /^npm run cedar -- /],
  ['--nothing', 2, 'stderr', /^Unknown option '--nothing'\n$/],
] as const)('a command with %s prints a sentence and does nothing', async (option, code, stream, said) => {
  const run = promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'test/cedar/run.ts', option],
    {
      cwd: ROOT,
    },
  );
  const ended = await run.then((streams) => ({ ...streams, code: 0 })).catch((error) => error);
  expect(ended.code).toBe(code);
  expect(ended[stream]).toMatch(said);
});
