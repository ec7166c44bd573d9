import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '../..');
const MODULES = join(PACKAGE, '../../node_modules');
/** A bound for npm and the compiler on a busy machine. */
const TIMEOUT_MS = 120_000;
const PATH = `${join(MODULES, '.bin')}:${process.env.PATH}`;

const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
const block = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(readme)?.[1] ?? '';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'federation-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the README's example with plain Node in a folder that has the package installed. */
function runExample(app: string): string {
  writeFileSync(join(app, 'supergraph.graphql'), block('graphql'));
  writeFileSync(join(app, 'example.mjs'), block('js'));
  return execFileSync(process.execPath, ['example.mjs'], { cwd: app, encoding: 'utf8' });
}

const npm = (cwd: string, ...given: string[]) =>
  execFileSync('npm', [...given, '--offline', '--no-audit', '--no-fund', '--silent'], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH },
  });

test(
  "the README's example runs from the workspace's source",
  () => {
    mkdirSync(join(folder, 'node_modules/@bridgehead'), { recursive: true });
    symlinkSync(PACKAGE, join(folder, 'node_modules/@bridgehead/federation'));
    symlinkSync(join(MODULES, 'graphql'), join(folder, 'node_modules/graphql'));
    expect(runExample(folder)).toBe(block('json'));
  },
  TIMEOUT_MS,
);

test(
  "the README's example runs from the packed package in an empty folder",
  () => {
    // A copy is packed: packing changes the manifest, which other tests read.
    const copy = join(folder, 'packages/federation');
    cpSync(PACKAGE, copy, { recursive: true, filter: (path) => !/\/(test|dist|node_modules)$/.test(path) });
    cpSync(join(PACKAGE, '../pack.mjs'), join(folder, 'packages/pack.mjs'));
    symlinkSync(MODULES, join(folder, 'node_modules'));
    npm(copy, 'pack', '--ignore-scripts=false', '--pack-destination', folder);
    expect(readFileSync(join(copy, 'package.json'), 'utf8')).toBe(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));

    const app = mkdtempSync(join(tmpdir(), 'app-'));
    try {
      writeFileSync(join(app, 'package.json'), '{ "private": true, "type": "module" }');
      const [tarball = ''] = globSync(join(folder, '*.tgz'));
      const needed = ['graphql', 'jose', 'lru-cache', 'zod'].map((name) => join(MODULES, name));
      npm(app, 'install', '--ignore-scripts', '--install-links', tarball, ...needed);
      expect(runExample(app)).toBe(block('json'));
      const installed = join(app, 'node_modules/@bridgehead/federation');
      const emitted = globSync('**/*.ts', { cwd: installed });
      expect(emitted.filter((path) => !path.endsWith('.d.ts'))).toEqual([]);
      expect(emitted).toContain('dist/index.d.ts');
    } finally {
      rmSync(app, { recursive: true });
    }
  },
  TIMEOUT_MS,
);
