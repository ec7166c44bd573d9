import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder with the composed schema, the trusted documents and their plans, as a build has made them. */
export const ROOT = process.env.BENCH_ROOT ?? join(import.meta.dirname, '../..');

interface Manifest {
  readonly operations: readonly { readonly id: string; readonly name: string; readonly body: string }[];
}

/** What a phone asks for most: a trusted document of one subgraph. */
export function caseStatus(): { readonly id: string; readonly body: string } {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'schema/operations/manifest.json'), 'utf8')) as Manifest;
  const found = manifest.operations.find(({ name }) => name === 'CaseStatus');
  if (!found) throw new Error('There is no trusted document CaseStatus.');
  return found;
}

export const VARIABLES = { receiptNumber: 'BHZ-000001', locale: 'ZH' };
