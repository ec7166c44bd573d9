import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

const SRC = join(import.meta.dirname, '../../src');

/** A file imports only from lower floors, or from its own folder. */
const FLOORS: Readonly<Record<string, number>> = {
  domain: 0,
  storage: 1,
  outbound: 1,
  auth: 2,
  notify: 2,
  subgraph: 2,
  resolvers: 3,
  gateway: 3,
  handlers: 4,
  pages: 4,
  local: 5,
  cli: 6,
};

/** May be imported from everywhere but domain; they import domain and each other. */
const ROOT_FILES = ['config.ts', 'log.ts', 'errors.ts'];

/** Words that say nothing of what is in a file. */
const EMPTY_NAMES = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc'];

interface SourceFile {
  /** Relative to `src`. */
  readonly path: string;
  readonly text: string;
}

const files: readonly SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|tsx|mts|js|mjs)$/.test(path) && !path.split(sep).includes('dist'))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }));

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)'(\.{1,2}\/[^'?]+)|\bnew URL\(\s*'(\.{1,2}\/[^'?]+\.ts)'/g;

/** The files of `src`, relative to it, that a file names: imported, re-exported, or loaded by URL. */
function importsOf({ path, text }: SourceFile): string[] {
  return [...text.matchAll(IMPORT)].map(([, imported, loaded]) =>
    relative(SRC, resolve(SRC, dirname(path), imported ?? loaded ?? '')),
  );
}

const folderOf = (path: string) => path.split(sep)[0] ?? '';

/** What is wrong with an import, or undefined. */
function faultOf(from: string, to: string): string | undefined {
  if (to.startsWith('..')) return 'leaves src';
  if (ROOT_FILES.includes(from)) return ROOT_FILES.includes(to) || folderOf(to) === 'domain' ? undefined : 'is above';
  if (ROOT_FILES.includes(to)) return folderOf(from) === 'domain' ? 'is no rule of the domain' : undefined;
  const [own, other] = [FLOORS[folderOf(from)], FLOORS[folderOf(to)]];
  if (own === undefined || other === undefined) return 'is on no floor';
  if (folderOf(from) !== folderOf(to)) return other < own ? undefined : 'is not on a lower floor';
  if (folderOf(from) !== 'resolvers') return undefined;
  return from.split(sep)[1] === to.split(sep)[1] ? undefined : "is another subgraph's";
}

test('every file imports from lower floors or its own folder', () => {
  const faults = files.flatMap((file) =>
    importsOf(file).flatMap((to) => {
      const fault = faultOf(file.path, to);
      return fault === undefined ? [] : [`${file.path}: ${to} ${fault}`];
    }),
  );
  expect(faults).toEqual([]);
});

test('the imports are read at all', () => {
  const read = files.reduce((count, file) => count + importsOf(file).length, 0);
  expect(read).toBeGreaterThan(files.length);
  expect(faultOf('domain/ids.ts', 'errors.ts')).toBe('is no rule of the domain');
  expect(faultOf('storage/page.ts', 'gateway/server.ts')).toBe('is not on a lower floor');
  expect(faultOf('resolvers/parks/Park.ts', 'gateway/server.ts')).toBe('is not on a lower floor');
  expect(faultOf('resolvers/parks/Park.ts', 'resolvers/talent/Park.ts')).toBe("is another subgraph's");
});

test('no file is a drawer', () => {
  const drawers = files.filter(({ path }) =>
    path.split(sep).some((part) => EMPTY_NAMES.includes(basename(part).replace(/\..*$/, '').toLowerCase())),
  );
  expect(drawers.map(({ path }) => path)).toEqual([]);
});

test('only the configuration reads the environment', () => {
  // A quoted one is a name that a bundler replaces.
  const reads = /(?<!['"`])\bprocess\s*\.\s*env\b|\benv\b[^;\n]*\bfrom 'node:process'/;
  const readers = files.filter(({ path, text }) => path !== 'config.ts' && reads.test(text));
  expect(readers.map(({ path }) => path)).toEqual([]);
});
