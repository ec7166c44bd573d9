import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleAll } from '../../../../src/cli/packaging/bundle.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  mkdirSync(join(root, 'src/handlers'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

test('makes one script of each entry and lists its inputs', async () => {
  writeFileSync(join(root, 'src/one.ts'), 'export const one = (): number => Date.now() * 0 + 1');
  writeFileSync(join(root, 'src/handlers/a.ts'), `import { one } from '../one.ts'; export const handler = () => one()`);
  writeFileSync(join(root, 'src/handlers/b.ts'), 'export const handler = () => 2');
  const [a, b] = await bundleAll(root, ['src/handlers/a.ts', 'src/handlers/b.ts']);

  expect([...(a?.scripts.keys() ?? [])]).toEqual(['src/handlers/a.js']);
  expect(a?.inputs).toEqual(['src/handlers/a.ts', 'src/one.ts']);
  expect(b?.inputs).toEqual(['src/handlers/b.ts']);
  expect(b?.eager).toEqual(['src/handlers/b.ts']);
  const module = { exports: { handler: () => 0 } };
  const run = new Function(
    'module',
    'require',
    '__filename',
    Buffer.from(a?.scripts.get('src/handlers/a.js') ?? []).toString(),
  );
  run(module, process.getBuiltinModule('node:module').createRequire(import.meta.url), '/task/a.js');
  expect(module.exports.handler()).toBe(1);
});

test('tells inputs that run at the start from those that an import puts off', async () => {
  writeFileSync(join(root, 'src/now.ts'), 'export const now = 1; console.log(now)');
  writeFileSync(join(root, 'src/later.ts'), 'export const later = 2');
  const entry = `import { now } from './now.ts'; export const handler = async () => now + (await import('./later.ts')).later`;
  writeFileSync(join(root, 'src/a.ts'), entry);
  const [a] = await bundleAll(root, ['src/a.ts']);

  expect(a?.inputs).toEqual(['src/a.ts', 'src/later.ts', 'src/now.ts']);
  expect(a?.eager).toEqual(['src/a.ts', 'src/now.ts']);
});
