import { STORES, type StoreName } from '../../config.ts';
import type { TableNames } from '../../storage/tables.ts';

/** The end of a restored table's name. The tables of a new stack have none and count as the first generation. */
const GENERATION = /-g(\d+)$/;

/** Returns the name that a table has after the next restore: `…-g2` after the first one. */
export function nextGeneration(name: string): string {
  const found = GENERATION.exec(name);
  return found === null ? `${name}-g2` : name.replace(GENERATION, `-g${Number(found[1]) + 1}`);
}

/** Returns the names of all tables after the next restore. */
export function nextTables(tables: TableNames): TableNames {
  const named = STORES.map((store): [StoreName, string] => [store, nextGeneration(tables[store])]);
  return Object.fromEntries(named) as Record<StoreName, string>;
}

/** The logical ids of the tables in the stack's template. */
export const LOGICAL_ID_OF_TABLE: Readonly<Record<StoreName, string>> = {
  parks: 'ParksTable',
  enterprises: 'EnterprisesTable',
  talent: 'TalentTable',
  linkages: 'LinkagesTable',
  credentials: 'CredentialsTable',
  personKeys: 'PersonKeysTable',
};
