/** MiniStack's DynamoDB in the place of the embedded one: `npm run test:second-database`. */
import type { TableNames } from '../src/storage/tables.ts';
import { type MiniStack, startMiniStack } from './ministack.ts';

/** The program, where tests run against it; undefined where they run against the embedded database. */
const PROGRAM = process.env.TEST_MINISTACK;

export const isSecondDatabase = PROGRAM !== undefined;

/** Starts MiniStack with the tables, and nothing of it on disk but its log. */
export async function startSecondDatabase(folder: string, tables: TableNames): Promise<MiniStack> {
  const ministack = await startMiniStack(PROGRAM ?? '', folder, () => ({
    PATH: process.env.PATH,
    SERVICES: 'dynamodb,dynamodbstreams',
  }));
  const { createTables } = await import('../src/local/database/create-tables.ts');
  await createTables(ministack.endpoint, tables);
  return ministack;
}
