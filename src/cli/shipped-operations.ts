import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from '../../packages/federation/src/request/trusted-documents.ts';

/** A trusted document with the variables of its example. */
export interface ShippedOperation {
  readonly name: string;
  readonly body: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The trusted documents of a schema folder, by name. */
export function shippedOperations(schemaDir: string): ShippedOperation[] {
  const folder = join(schemaDir, 'operations');
  const { operations } = parseManifest(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  return operations.map(({ name, body }) => {
    const [example] = globSync(`*/${name}.variables.json`, { cwd: folder });
    const variables = example === undefined ? {} : JSON.parse(readFileSync(join(folder, example), 'utf8'));
    return { name, body, variables };
  });
}
