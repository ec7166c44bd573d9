import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { config, SUBGRAPHS } from '../config.ts';
import { CodedError } from '../errors.ts';
import { planDocument } from '../gateway/plan-document.ts';
import { loadPlanner } from '../gateway/planner/in-process.ts';
import type { PlansFile } from '../gateway/shipped-plans.ts';
import type { Supergraph } from '../gateway/supergraph.ts';
import type { Manifest } from '../gateway/trusted-documents.ts';
import { composeSupergraph } from './composition.ts';
import { buildManifest, type OperationFile } from './operations.ts';

const USAGE = `npm run compose [-- --check]

Composes schema/*.graphql into schema/supergraph.graphql and schema/api.graphql, makes schema/operations/manifest.json of
schema/operations/*/*.graphql, and plans those operations into dist/plans.json.
With --check it writes only the plans, and fails where a committed file is not what it would write.`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { schemaDir, plansFile } = config();
  const repeated = readFileSync(join(schemaDir, 'scalars.graphql'), 'utf8');
  const { supergraph, warnings } = composeSupergraph(
    SUBGRAPHS.map((name) => ({
      name,
      sdl: `${repeated}\n${readFileSync(join(schemaDir, `${name}.graphql`), 'utf8')}`,
    })),
  );
  for (const warning of warnings) console.warn(`warning: ${warning}`);

  const manifest = buildManifest(supergraph.apiSchema, operationFiles(schemaDir));
  const committed = new Map([
    [join(schemaDir, 'supergraph.graphql'), supergraph.sdl],
    [join(schemaDir, 'api.graphql'), supergraph.apiSdl],
    [join(schemaDir, 'operations', 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`],
  ]);
  if (values.check) refuseDrift(committed);
  else for (const [path, text] of committed) writeFileSync(path, text);

  mkdirSync(dirname(plansFile), { recursive: true });
  writeFileSync(plansFile, JSON.stringify(await planAll(supergraph, manifest)));
  console.log(
    `${supergraph.subgraphs.length} subgraphs, ${manifest.operations.length} trusted documents, supergraph ${supergraph.hash.slice(0, 12)}`,
  );
}

/** Reads `schema/operations/<audience>/<Name>.graphql`. */
function operationFiles(schemaDir: string): OperationFile[] {
  const root = join(schemaDir, 'operations');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.graphql'))
    .map((path) => ({
      path: join('schema', 'operations', path),
      name: basename(path, '.graphql'),
      text: readFileSync(join(root, path), 'utf8'),
    }));
}

async function planAll(supergraph: Supergraph, manifest: Manifest): Promise<PlansFile> {
  const plan = loadPlanner(supergraph.sdl);
  const plans: Record<string, PlansFile['plans'][string]> = {};
  for (const { body } of manifest.operations) {
    Object.assign(plans, Object.fromEntries(await planDocument(supergraph, plan, body)));
  }
  return { supergraph: supergraph.hash, plans };
}

function refuseDrift(files: ReadonlyMap<string, string>): void {
  const drifted = [...files].filter(([path, text]) => readIfThere(path) !== text).map(([path]) => relative('.', path));
  if (drifted.length > 0) {
    throw new CodedError('CONFIGURATION', `Not as composed: ${drifted.join(', ')}. Run "npm run compose" and commit.`);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof CodedError ? error.message : error);
  process.exitCode = 1;
});
