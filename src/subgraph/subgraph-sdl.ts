import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the SDL of one of our subgraphs: what all repeat (`scalars.graphql`), then the files of its features
 * (`<name>/<feature>.graphql`) in the order of their names.
 * @param schemaDir a folder such as `schema/`
 */
export function readSubgraphSdl(schemaDir: string, name: string): string {
  const features = readdirSync(join(schemaDir, name)).filter((file) => file.endsWith('.graphql'));
  const files = ['scalars.graphql', ...features.sort().map((file) => join(name, file))];
  return files.map((file) => readFileSync(join(schemaDir, file), 'utf8')).join('\n');
}
