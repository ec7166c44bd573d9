import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import {
  loadPlanner,
  type Manifest,
  type PlansFile,
  planDocument,
  prepareSupergraph,
  type Supergraph,
} from '@bridgehead/federation';
import { preparedFile } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { type ComposedFolder, composeFolder } from './schema-folder.ts';

/**
 * Composes a schema folder. Writes its committed files, the plans of its trusted documents and, beside these, the prepared
 * supergraph.
 * @param mayWrite false: writes no committed file, and throws CONFIGURATION if a committed file is outdated
 */
export async function writeComposed(schemaDir: string, plansFile: string, mayWrite: boolean): Promise<ComposedFolder> {
  const composed = composeFolder(schemaDir);
  if (mayWrite) for (const [path, text] of composed.committed) writeFileSync(path, text);
  else refuseDrift(composed.committed);
  mkdirSync(dirname(plansFile), { recursive: true });
  writeFileSync(preparedFile(plansFile), prepareSupergraph(composed.supergraph));
  writeFileSync(plansFile, JSON.stringify(planAll(composed.supergraph, composed.manifest)));
  return composed;
}

function planAll(supergraph: Supergraph, manifest: Manifest): PlansFile {
  const planner = loadPlanner(supergraph);
  const plans: Record<string, PlansFile['plans'][string]> = {};
  for (const { body } of manifest.operations) {
    Object.assign(plans, Object.fromEntries(planDocument(supergraph, planner, body)));
  }
  return { supergraph: supergraph.hash, plans };
}

function refuseDrift(files: ReadonlyMap<string, string>): void {
  const drifted = [...files].filter(([path, text]) => readIfThere(path) !== text).map(([path]) => relative('.', path));
  if (drifted.length > 0) {
    throw new CodedError('CONFIGURATION', `Outdated: ${drifted.join(', ')}. Run "npm run compose" and commit.`);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
