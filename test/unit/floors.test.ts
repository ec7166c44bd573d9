import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { circlesIn, importsOf, sourceFiles } from '../structure/imports.ts';

const SRC = join(import.meta.dirname, '../../src');

/** A file imports only from lower floors, or from its own folder. */
const FLOORS: Readonly<Record<string, number>> = {
  domain: 0,
  storage: 1,
  auth: 2,
  documents: 2,
  notify: 2,
  subgraph: 2,
  views: 2,
  resolvers: 3,
  edge: 3,
  tracing: 3,
  handlers: 4,
  pages: 4,
  local: 5,
  cli: 6,
};

/** May be imported from everywhere but domain; they import domain and each other. */
const ROOT_FILES = ['config.ts', 'log.ts', 'errors.ts', 'secrets.ts', 'security-event.ts'];

/** Words that say nothing of what is in a file. */
const EMPTY_NAMES = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc'];

const files = sourceFiles(SRC);

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
    importsOf(file, SRC).flatMap((to) => {
      const fault = faultOf(file.path, to);
      return fault === undefined ? [] : [`${file.path}: ${to} ${fault}`];
    }),
  );
  expect(faults).toEqual([]);
});

test.each(['src', 'packages/federation/src', 'packages/gateway/src', 'clients/typescript/src'])(
  'no files of %s import each other in a circle',
  (tree) => {
    const root = join(SRC, '..', tree);
    expect(circlesIn(new Map(sourceFiles(root).map((file) => [file.path, importsOf(file, root)])))).toEqual([]);
  },
);

test('a circle is found, through a type and through other files', () => {
  const graph = new Map([
    ['a', ['b', 'd']],
    ['b', ['c']],
    ['c', ['a']],
    ['d', ['e']],
    ['e', []],
  ]);
  expect(circlesIn(graph)).toEqual([['a', 'b', 'c']]);
});

test('the imports are read at all', () => {
  const read = files.reduce((count, file) => count + importsOf(file, SRC).length, 0);
  expect(read).toBeGreaterThan(files.length);
  expect(faultOf('domain/ids.ts', 'errors.ts')).toBe('is no rule of the domain');
  expect(faultOf('storage/dynamodb/page.ts', 'edge/server.ts')).toBe('is not on a lower floor');
  expect(faultOf('resolvers/parks/places.ts', 'edge/server.ts')).toBe('is not on a lower floor');
  expect(faultOf('resolvers/parks/places.ts', 'resolvers/talent/entities.ts')).toBe("is another subgraph's");
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

test.each(['federation', 'gateway'])(
  'the package %s imports only itself, Node and the packages that it declares',
  (name) => {
    const folder = join(SRC, '../packages', name);
    const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const declared = Object.keys({ ...dependencies, ...peerDependencies });
    const root = join(folder, 'src');
    const faults = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => {
        const imports = readFileSync(join(root, path), 'utf8').matchAll(/(?:\bfrom |\bimport\(|^import )'([^']+)'/gm);
        return [...imports].flatMap(([, from = '']) => {
          const isOwn = from.startsWith('.') && !relative(root, resolve(root, dirname(path), from)).startsWith('..');
          return isOwn || from.startsWith('node:') || declared.includes(from) ? [] : [`${path}: ${from}`];
        });
      });
    expect(faults).toEqual([]);
    expect(declared).not.toContain('@apollo/server');
  },
);

test('the application imports the engine by its index only', () => {
  const faults = files.filter(({ text }) => /from '@bridgehead\/[^'/]+\/|'(?:\.{1,2}\/)+packages\/[^']*'/.test(text));
  expect(faults.map(({ path }) => path)).toEqual([]);
});

test('domain and storage do not import the engine', () => {
  const faults = files.filter(
    ({ path, text }) => ['domain', 'storage'].includes(folderOf(path)) && text.includes("'@bridgehead/"),
  );
  expect(faults.map(({ path }) => path)).toEqual([]);
});
