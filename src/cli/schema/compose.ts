import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { config } from '../../config.ts';
import { writePermissionsDocument } from '../reference/permissions-document.ts';
import { explain } from '../refusals.ts';
import { releaseFile } from './released-operations.ts';
import { writeComposed } from './write-composed.ts';

const USAGE = `npm run compose [-- --check | --release VERSION]

Composes schema/*.graphql and the partners in schema/partners/ into schema/supergraph.graphql, schema/api.graphql and
schema/possible-types.json,
makes schema/operations/manifest.json of schema/operations/*/*.graphql, plans those operations into dist/plans.json, and says
in docs/permissions.md who may see what (as "npm run permissions" does). Refuses a field that doesn't say who may ask for it, and a
mutation without @policy.
With --check it writes only the plans, and fails where a committed file is not what it would write.
With --release it also keeps what phones ask today as that version's documents: they are answered as long as their file
schema/operations/mobile/versions/VERSION.json is there.`;

const ROOT = join(import.meta.dirname, '../../..');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, release: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { schemaDir, plansFile } = config();
  const { supergraph, today, manifest, warnings } = await writeComposed(schemaDir, plansFile, !values.check);
  if (schemaDir === join(ROOT, 'schema')) writePermissionsDocument(ROOT, supergraph, !values.check);
  if (values.release !== undefined) {
    const [path, text] = releaseFile(schemaDir, values.release, today);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  for (const warning of warnings) console.warn(`warning: ${warning}`);
  console.log(
    `${supergraph.subgraphs.length} subgraphs, ${manifest.operations.length} trusted documents, supergraph ${supergraph.hash.slice(0, 12)}`,
  );
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
