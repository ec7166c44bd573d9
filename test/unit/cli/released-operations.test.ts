import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSchema } from 'graphql';
import { buildManifest } from '../../../src/cli/schema/operations.ts';
import { readReleases, releaseFile, withReleases } from '../../../src/cli/schema/released-operations.ts';

const schema = buildSchema('type Query { a: A } type A { id: ID! old: ID new: ID }');
const manifestOf = (text: string) =>
  buildManifest(schema, [{ path: 'schema/operations/mobile/Read.graphql', name: 'Read', text }]);
const first = manifestOf('query Read { a { id old } }');
const second = manifestOf('query Read { a { id new } }');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bridgehead-'));
  mkdirSync(join(folder, 'operations', 'mobile'), { recursive: true });
  writeFileSync(join(folder, 'operations', 'mobile', 'Read.graphql'), 'query Read { a { id old } }');
});
afterEach(() => rmSync(folder, { recursive: true }));

function release(version: string): void {
  const [path, text] = releaseFile(folder, version, first);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

test('answers released documents beside the current ones', () => {
  release('1.0.0');
  release('1.1.0');
  const { operations } = withReleases(schema, second, readReleases(folder));
  expect(operations.map(({ id }) => id).toSorted()).toEqual(
    [first, second].flatMap((manifest) => manifest.operations.map(({ id }) => id)).toSorted(),
  );
});

test('refuses a schema that breaks a supported version, and names its operations', () => {
  release('1.0.0');
  const later = buildSchema('type Query { a: A } type A { id: ID! new: ID }');
  expect(() => withReleases(later, second, readReleases(folder))).toThrow(
    /schema\/operations\/mobile\/versions\/1\.0\.0\.json: Read: Cannot query field "old"/,
  );
});

test('releases a valid version once', () => {
  release('1.0.0');
  expect(() => release('1.0.0')).toThrow('Version 1.0.0 was released before.');
  expect(() => release('../1')).toThrow('A version has the form 1.4.0.');
});
