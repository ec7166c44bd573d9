import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Manifest, Supergraph } from '@bridgehead/federation';
import { type GraphQLAbstractType, type GraphQLSchema, isAbstractType } from 'graphql';
import { SUBGRAPHS } from '../../config.ts';
import { idPrefixesOf, type Partner, readPartners } from '../../edge/partners.ts';
import { CodedError } from '../../errors.ts';
import { readSubgraphSdl } from '../../subgraph/subgraph-sdl.ts';
import { audienceFaults, declaredFields } from '../permissions/audience-faults.ts';
import { mutationFaults } from '../permissions/mutation-faults.ts';
import { stricterFields } from '../permissions/stricter-fields.ts';
import { type Composition, composeSupergraph, nodeSource, type SubgraphSource } from './composition.ts';
import { buildManifest, type OperationFile } from './operations.ts';
import { readReleases, withReleases } from './released-operations.ts';

/** The composition of a schema folder, with the generated files that are committed: their paths and texts. */
export interface ComposedFolder extends Composition {
  /** The documents in the folder. */
  readonly today: Manifest;
  /** The documents in the folder and those of supported app versions. */
  readonly manifest: Manifest;
  readonly committed: ReadonlyMap<string, string>;
}

/** Returns our own subgraphs in a folder such as `schema/`. */
export function ownSubgraphs(folder: string): SubgraphSource[] {
  return SUBGRAPHS.map((name) => ({ name, sdl: readSubgraphSdl(folder, name) }));
}

/** Composes our own subgraphs of a folder with those of partners. Throws CONFIGURATION if they don't compose. */
export function composeWith(folder: string, partners: readonly Partner[]): Composition {
  const theirs = partners.map(({ subgraph, sdl, registration: { url } }) => ({ name: subgraph, sdl, url }));
  return composeSupergraph([...ownSubgraphs(folder), ...theirs], Object.values(idPrefixesOf(partners)));
}

/**
 * Composes the subgraphs of a folder such as `schema/`, with its accepted partners, and the manifest of its operations.
 * Writes nothing. Throws CONFIGURATION if they don't fit.
 */
export function composeFolder(folder: string): ComposedFolder {
  const partners = readPartners(folder);
  const composition = composeWith(folder, partners);
  const { supergraph } = composition;
  refuseUnguarded(ownSubgraphs(folder), partners, supergraph);
  const today = buildManifest(supergraph.apiSchema, operationFiles(folder));
  const manifest = withReleases(supergraph.apiSchema, today, readReleases(folder));
  const committed = new Map([
    [join(folder, 'supergraph.graphql'), supergraph.sdl],
    [join(folder, 'api.graphql'), supergraph.apiSdl],
    [join(folder, 'possible-types.json'), possibleTypes(supergraph.apiSchema)],
    [join(folder, 'operations', 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`],
  ]);
  return { ...composition, today, manifest, committed };
}

/** Prints the object types of each interface and union, in the form of Apollo Client's option `possibleTypes`. */
function possibleTypes(schema: GraphQLSchema): string {
  const abstract = Object.values(schema.getTypeMap()).filter(
    (type) => isAbstractType(type) && !type.name.startsWith('_'),
  );
  const entries = abstract.map((type) => [
    type.name,
    schema
      .getPossibleTypes(type as GraphQLAbstractType)
      .map(({ name }) => name)
      .sort(),
  ]);
  return `${JSON.stringify(Object.fromEntries(entries.sort()), null, 2)}\n`;
}

/**
 * Enforces deny by default: each field declares its audience, each mutation has a policy, and no non-null field is
 * stricter than the path to it.
 */
function refuseUnguarded(own: readonly SubgraphSource[], partners: readonly Partner[], supergraph: Supergraph): void {
  const theirs = partners.map(({ subgraph, sdl }) => ({ name: subgraph, sdl }));
  const faults = [
    ...audienceFaults([...own, nodeSource(own)]),
    ...audienceFaults(theirs, declaredFields(own)),
    ...mutationFaults([...own, ...theirs]),
    ...stricterFields(supergraph),
  ];
  if (faults.length > 0) throw new CodedError('CONFIGURATION', faults.join('\n'));
}

/** Reads `operations/<audience>/<Name>.graphql`. */
function operationFiles(folder: string): OperationFile[] {
  const root = join(folder, 'operations');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.graphql'))
    .map((path) => ({
      path: join('schema', 'operations', path),
      name: basename(path, '.graphql'),
      text: readFileSync(join(root, path), 'utf8'),
    }));
}
