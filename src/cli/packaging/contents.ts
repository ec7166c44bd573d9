import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from './bundle.ts';
import type { Files } from './zip.ts';

/** Files and folders that a function reads beside its scripts, relative to the root, both here and in the archive. */
const READ_BESIDE: Readonly<Record<string, readonly string[]>> = {
  gateway: [
    'schema/supergraph.graphql',
    'schema/operations/manifest.json',
    'schema/partners',
    'dist/plans.json',
    'dist/supergraph.json',
    'schema/scalars.graphql',
    ...['parks', 'enterprises', 'linkages'].map((name) => `schema/${name}`),
  ],
  caseHolder: [],
  pages: ['dist/pages'],
  // A question's text is checked by the supergraph.
  parks: ['schema/scalars.graphql', 'schema/parks', 'schema/supergraph.graphql'],
  enterprises: ['schema/scalars.graphql', 'schema/enterprises'],
  talent: ['schema/scalars.graphql', 'schema/talent'],
  linkages: ['schema/scalars.graphql', 'schema/linkages'],
  tallies: [],
  parksChanges: [],
  linkageNews: [],
  relocations: [],
  subjectFacts: [],
  accessLogBatch: [],
  caseChanges: [],
  publishStatistics: [],
  deadlines: [],
  digests: [],
  accessLogSeal: [],
  accessLogUpkeep: [],
  moves: [],
  deliverOutbox: [],
  erasure: [],
  sweepOutbox: [],
};

/** Returns the files of a function's archive. */
export function archiveContents(root: string, name: string, { scripts }: Bundle): Files {
  const beside = READ_BESIDE[name];
  if (beside === undefined)
    throw new Error(`src/cli/packaging/contents.ts does not say what the function ${name} reads.`);
  const files = new Map(scripts);
  for (const path of beside.flatMap((path) => filesAt(root, path))) files.set(path, readFileSync(join(root, path)));
  return files;
}

function filesAt(root: string, path: string): string[] {
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
