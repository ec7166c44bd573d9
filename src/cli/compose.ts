import { parseArgs } from 'node:util';
import { config } from '../config.ts';
import { explain } from './refusals.ts';
import { writeComposed } from './write-composed.ts';

const USAGE = `npm run compose [-- --check]

Composes schema/*.graphql and the partners in schema/partners/ into schema/supergraph.graphql and schema/api.graphql,
makes schema/operations/manifest.json of schema/operations/*/*.graphql, and plans those operations into dist/plans.json.
With --check it writes only the plans, and fails where a committed file is not what it would write.`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const { schemaDir, plansFile } = config();
  const { supergraph, manifest, warnings } = await writeComposed(schemaDir, plansFile, !values.check);
  for (const warning of warnings) console.warn(`warning: ${warning}`);
  console.log(
    `${supergraph.subgraphs.length} subgraphs, ${manifest.operations.length} trusted documents, supergraph ${supergraph.hash.slice(0, 12)}`,
  );
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
