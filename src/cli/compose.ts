import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { config } from '../config.ts';
import { CodedError } from '../errors.ts';
import { planDocument } from '../gateway/plan-document.ts';
import { loadPlanner } from '../gateway/planner/in-process.ts';
import type { PlansFile } from '../gateway/shipped-plans.ts';
import type { Supergraph } from '../gateway/supergraph.ts';
import type { Manifest } from '../gateway/trusted-documents.ts';
import { composeFolder } from './schema-folder.ts';

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
  const { supergraph, manifest, committed, warnings } = composeFolder(schemaDir);
  for (const warning of warnings) console.warn(`warning: ${warning}`);
  if (values.check) refuseDrift(committed);
  else for (const [path, text] of committed) writeFileSync(path, text);

  mkdirSync(dirname(plansFile), { recursive: true });
  writeFileSync(plansFile, JSON.stringify(await planAll(supergraph, manifest)));
  console.log(
    `${supergraph.subgraphs.length} subgraphs, ${manifest.operations.length} trusted documents, supergraph ${supergraph.hash.slice(0, 12)}`,
  );
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
