import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSupergraph, type Manifest, parseManifest } from '@bridgehead/federation';
import { type DocumentNode, type GraphQLSchema, Kind, parse } from 'graphql';
import { lookShape } from '../documents/look-shape.ts';
import { publicDocuments } from '../documents/public-documents.ts';
import type { LookDocument } from '../domain/questions/look-document.ts';

/** The documents by which `/look` itself finds saved questions. */
const OF_THE_PAGE = ['SavedQuestion', 'SavedQuestions'];

/**
 * Reads the trusted queries that everybody may look at: each field is tagged `public`, and each variable is a scalar or an
 * enum.
 * @param schemaDir the folder of `supergraph.graphql` and `operations`
 */
export function readLookDocuments(schemaDir: string): LookDocument[] {
  const read = (file: string) => readFileSync(join(schemaDir, file), 'utf8');
  const supergraph = loadSupergraph(read('supergraph.graphql'));
  const { apiSchema: schema } = supergraph;
  const subgraphsOf = publicDocuments(supergraph);
  const manifest = parseManifest(read('operations/manifest.json'));
  return manifest.operations.flatMap((operation) =>
    readOne(operation, { schema, isPublic: (document) => subgraphsOf(document) !== undefined, schemaDir }),
  );
}

interface Means {
  readonly schema: GraphQLSchema;
  readonly isPublic: (document: DocumentNode) => boolean;
  readonly schemaDir: string;
}

function readOne({ id, name, body }: Manifest['operations'][number], means: Means): LookDocument[] {
  const document = parse(body);
  const [operation] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [file] = globSync(`operations/*/${name}.graphql`, { cwd: means.schemaDir });
  if (operation?.operation !== 'query' || !file || OF_THE_PAGE.includes(name)) return [];
  if (!means.isPublic(document)) return [];
  const path = join(means.schemaDir, file);
  const beside = path.replace(/\.graphql$/, '.variables.json');
  const examples = existsSync(beside) ? JSON.parse(readFileSync(beside, 'utf8')) : {};
  const shape = lookShape(document, operation, means.schema, examples);
  if (!shape) return [];
  const text = readFileSync(path, 'utf8');
  const description = /^(?:#.*\n)+/.exec(text)?.[0].replaceAll(/^# ?/gm, '').replaceAll('\n', ' ').trim() ?? null;
  return [{ name, id, description, ...shape }];
}
