import { carryAccessLog } from './carry-access-log.ts';
import type { Migration } from './migration.ts';

/** All migrations in the order of their versions. One is added at the end; none is ever changed or taken away. */
export const MIGRATIONS: readonly Migration[] = Object.freeze([carryAccessLog]);

/** The version of data that this code reads and writes. Version 1 is what was stored before stores had a stamp. */
export const DATA_VERSION = 1 + MIGRATIONS.length;
