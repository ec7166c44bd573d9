import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { STORES } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { createTableInput, type TableNames } from '../../storage/tables.ts';
import { databaseProgram } from './database-process.ts';
import { indexStreamRecords } from './stream-index.ts';

/**
 * Imports items into a new database file, in seconds instead of the minutes that writes take. An import makes no stream
 * records, so whatever streams feed must be rebuilt.
 * @param file the path from `databaseFile`; it must not exist yet
 * @param source a folder laid out as DynamoDB's exports to S3: `<table name>/data/*.json`, one `{"Item":{…}}` a line
 * @throws CodedError CONFIGURATION if a database exists already, or the items can't be read
 */
export async function importTables(file: string, names: TableNames, source: string): Promise<void> {
  if (existsSync(file)) {
    throw new CodedError(
      'CONFIGURATION',
      `${file} is there already: items are imported into an empty data folder only.`,
    );
  }
  mkdirSync(dirname(file), { recursive: true });
  const schema = `${file}.schema.json`;
  const made = `${file}.import`;
  const tables = STORES.map((store) => ({ Table: createTableInput(store, names[store]) }));
  writeFileSync(schema, JSON.stringify(tables));
  const child = spawn(
    databaseProgram(),
    ['import', '--source', source, '--schema', schema, '--output', made, '--force'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [said, code] = await Promise.all([
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve).once('error', resolve)),
  ]);
  rmSync(schema);
  if (code !== 0) throw new CodedError('CONFIGURATION', `The items could not be imported: ${said.trim()}`);
  indexStreamRecords(made);
  renameSync(made, file);
}
