import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type DocumentNode, type GraphQLSchema, Kind, parse } from 'graphql';
import { exampleVariables } from './example-variables.ts';
import type { Example } from './explorer/example.ts';

interface ManifestOperation {
  readonly name: string;
  readonly type: Example['type'];
  readonly body: string;
}

/**
 * Reads the operations of `manifest.json` (Apollo's persisted query manifest) that have a file
 * `<group>/<Name>.graphql`, by group and name. Each has its author's text and the variables of `<Name>.variables.json`,
 * or `{}`. A mutation without such a file has variables in the required form, for the reader to fill in. A query that
 * requires variables and has none is no example.
 * @param schema the public schema; without it, no operation that requires variables gets them
 */
export async function readExamples(operationsDirectory: string, schema?: GraphQLSchema): Promise<Example[]> {
  const manifest: { operations: ManifestOperation[] } = JSON.parse(
    await readFile(join(operationsDirectory, 'manifest.json'), 'utf8'),
  );
  const trusted = new Map(manifest.operations.map((operation) => [operation.name, operation]));
  const folders = (await readdir(operationsDirectory, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const examples: Example[] = [];
  for (const group of folders.map((folder) => folder.name).sort()) {
    for (const file of (await readdir(join(operationsDirectory, group))).sort()) {
      const name = basename(file, '.graphql');
      const operation = file.endsWith('.graphql') ? trusted.get(name) : undefined;
      const beside = join(operationsDirectory, group, `${name}.variables.json`);
      if (!operation) continue;
      const isFilledIn = operation.type === 'mutation' && schema !== undefined;
      if (needsVariables(operation.body) && !existsSync(beside) && !isFilledIn) continue;
      const text = await readFile(join(operationsDirectory, group, file), 'utf8');
      const blank = isFilledIn ? exampleVariables(parse(operation.body), schema) : {};
      const variables: unknown = existsSync(beside) ? JSON.parse(await readFile(beside, 'utf8')) : blank;
      examples.push({ name, group, type: operation.type, text, variables: JSON.stringify(variables, null, 2) });
    }
  }
  return examples;
}

function needsVariables(body: string): boolean {
  const { definitions }: DocumentNode = parse(body);
  return definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.variableDefinitions?.some(
        ({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined,
      ),
  );
}
