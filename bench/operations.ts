import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { USERS } from './callers.ts';
import type { Operation } from './load.ts';

/** A trusted document with the variables that it is tried with, its example's where none are given, and by one of those whom it is for. */
export function trustedOperation(path: string, variables?: Operation['variables']): Operation {
  const file = join(import.meta.dirname, '../schema/operations', path);
  return {
    name: path.replace(/^.*\//, ''),
    query: readFileSync(`${file}.graphql`, 'utf8'),
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
