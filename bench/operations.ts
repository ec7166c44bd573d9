import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from '@bridgehead/federation';
import { USERS } from './callers.ts';
import type { Operation } from './load.ts';

const { operations } = parseManifest(
  readFileSync(join(import.meta.dirname, '../schema/operations/manifest.json'), 'utf8'),
);

/**
 * Returns a trusted document as clients send it, with variables, by default its example's, and one of the callers that it is
 * for.
 */
export function trustedOperation(path: string, variables?: Operation['variables']): Operation {
  const file = join(import.meta.dirname, '../schema/operations', path);
  const name = path.replace(/^.*\//, '');
  const document = operations.find((operation) => operation.name === name);
  if (!document) throw new Error(`There is no trusted document ${name}.`);
  return {
    name,
    query: document.body,
    variables: variables ?? JSON.parse(readFileSync(`${file}.variables.json`, 'utf8')),
    by: USERS[path.replace(/\/.*$/, '')],
  };
}

/** One of each of the three groups of users: a phone, a partner's system, an analyst. */
export const TYPICAL = [
  trustedOperation('mobile/CaseStatus'),
  trustedOperation('partner/ParkEnterprises'),
  trustedOperation('analyst/Headline'),
];
