import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../../../src/cli/packaging/bundle.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  mkdirSync(join(root, 'src/handlers'), { recursive: true });
  mkdirSync(join(root, 'src/gateway'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (files: Record<string, string>) => {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
};

test('puts a process that a source starts beside the function, with the planner for it', async () => {
  write({
    'src/handlers/gateway.ts': `export { child as handler } from '../gateway/fence.ts'`,
    'src/gateway/fence.ts': `export const child = new URL('./child.ts', import.meta.url).href`,
    'src/gateway/child.ts': `import { QueryPlanner } from '@graphql-hive/router-query-planner'; console.log(QueryPlanner)`,
  });
  const { scripts, needsPlanner } = await bundle(root, 'src/handlers/gateway.ts');

  expect([...scripts.keys()]).toEqual(['src/handlers/gateway.js', 'src/handlers/child.js']);
  expect(needsPlanner).toBe(true);
  const module = { exports: { handler: '' } };
  const run = new Function(
    'module',
    'require',
    '__filename',
    Buffer.from(scripts.get('src/handlers/gateway.js') ?? []).toString(),
  );
  run(module, process.getBuiltinModule('node:module').createRequire(import.meta.url), '/task/src/handlers/gateway.js');
  expect(module.exports.handler).toBe('file:///task/src/handlers/child.js');
});

test('takes no native file along where none is used', async () => {
  write({ 'src/handlers/pages.ts': 'export const handler = () => 1' });
  const { scripts, inputs, needsPlanner } = await bundle(root, 'src/handlers/pages.ts');
  expect([...scripts.keys()]).toEqual(['src/handlers/pages.js']);
  expect(inputs).toEqual(['src/handlers/pages.ts']);
  expect(needsPlanner).toBe(false);
});
