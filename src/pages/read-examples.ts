import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type DocumentNode, Kind, parse } from 'graphql';
import type { Example } from './explorer/example.ts';

interface ManifestOperation {
  readonly name: string;
  readonly type: Example['type'];
  readonly body: string;
}

/**
 * Reads the operations of `manifest.json` (Apollo's persisted query manifest) that have a file
 * `<group>/<Name>.graphql`, by group and name. Each has its author's text and the variables of `<Name>.variables.json`,
 * or `{}`. An operation that requires variables and has none is no example.
 */
export async function readExamples(operationsDirectory: string): Promise<Example[]> {
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
      if (!operation || (needsVariables(operation.body) && !existsSync(beside))) continue;
      const text = await readFile(join(operationsDirectory, group, file), 'utf8');
      const variables: unknown = existsSync(beside) ? JSON.parse(await readFile(beside, 'utf8')) : {};
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
