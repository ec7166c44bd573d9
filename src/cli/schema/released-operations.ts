import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Manifest, parseManifest, type TrustedOperation } from '@bridgehead/federation';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { CodedError } from '../../errors.ts';

/**
 * The operations of an app version that is still in use: `operations/mobile/versions/<version>.json`, never changed.
 */
export interface Release {
  readonly path: string;
  readonly operations: readonly TrustedOperation[];
}

/** Reads the supported versions of a schema folder. Throws CONFIGURATION as `parseManifest` does. */
export function readReleases(folder: string): Release[] {
  const root = join(folder, 'operations');
  return globSync('mobile/versions/*.json', { cwd: root })
    .toSorted()
    .map((path) => ({
      path: join('schema', 'operations', path),
      operations: parseManifest(readFileSync(join(root, path), 'utf8')).operations,
    }));
}

/**
 * Merges the current documents and those of all supported versions, each once. Throws CONFIGURATION with every
 * operation that the schema no longer answers, because installed apps can't be changed.
 */
export function withReleases(schema: GraphQLSchema, manifest: Manifest, releases: readonly Release[]): Manifest {
  const known = new Map(manifest.operations.map((operation) => [operation.id, operation]));
  const faults: string[] = [];
  for (const { path, operations } of releases) {
    for (const operation of operations) {
      const broken = validate(schema, parse(operation.body, { noLocation: true }));
      if (broken.length > 0)
        faults.push(`${path}: ${operation.name}: ${broken.map(({ message }) => message).join(' ')}`);
      if (!known.has(operation.id)) known.set(operation.id, operation);
    }
  }
  if (faults.length > 0) {
    throw new CodedError(
      'CONFIGURATION',
      `Supported app versions use operations that the schema no longer answers:\n${faults.join('\n')}\nRestore them, or end support for a version by deleting its file.`,
    );
  }
  const operations = [...known.values()].sort((a, b) =>
    a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1,
  );
  return { ...manifest, operations };
}

/**
 * Returns the path and text of an app version's record, made at its release. Throws CONFIGURATION for an invalid
 * version, or one that was released before.
 * @param manifest the current documents alone
 */
export function releaseFile(folder: string, version: string, manifest: Manifest): readonly [string, string] {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new CodedError('CONFIGURATION', 'A version has the form 1.4.0.');
  const path = join(folder, 'operations', 'mobile', 'versions', `${version}.json`);
  if (existsSync(path)) throw new CodedError('CONFIGURATION', `Version ${version} was released before.`);
  const names = globSync('*.graphql', { cwd: dirname(dirname(path)) }).map((file) => basename(file, '.graphql'));
  const operations = manifest.operations.filter(({ name }) => names.includes(name));
  return [path, `${JSON.stringify({ ...manifest, operations }, null, 2)}\n`];
}
