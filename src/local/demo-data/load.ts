import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CodedError } from '../../errors.ts';
import { createKeyring } from '../../storage/person-keys/keyring.ts';
import { localMasterKeys } from '../../storage/person-keys/local-master-keys.ts';
import type { PrimaryKey, TableNames } from '../../storage/tables.ts';
import { localUploads } from '../../storage/uploads/open.ts';
import { databaseFile } from '../database/embedded-database.ts';
import { importTables } from '../database/import-tables.ts';
import { masterSecretOf } from '../local-secret.ts';
import { SCALE_NAMES, SCALES } from './scale.ts';
import { writeSampleFiles } from './talent/sample-files.ts';
import { sealedPersons } from './talent/sealed-persons.ts';
import { writeExport } from './write-export.ts';

/** The demo data of a folder. */
const demoData = z.object({
  scale: z.enum(SCALE_NAMES),
  /** The day that counts as today for pending cases. It is stored, so that they don't move at each start. */
  anchor: z.iso.date(),
});
type DemoData = z.infer<typeof demoData>;

/** A data folder's record of its demo data, for later starts. `NONE` for one that was begun empty. */
const demoState = z.union([demoData, z.object({ scale: z.literal('NONE') })]);
export type DemoState = z.infer<typeof demoState>;

const stateFile = (dataDir: string) => join(dataDir, 'demo-data.json');

/** Reads the state; null if no demo data were loaded into the folder. */
export function readDemoState(dataDir: string): DemoState | null {
  const file = stateFile(dataDir);
  if (!existsSync(file)) return null;
  try {
    return demoState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new CodedError('CONFIGURATION', `${file} can't be read: remove the folder to begin anew.`, { cause });
  }
}

/** Records that a new data folder has no demo data, so that no later start loads any. */
export function recordNoDemoData(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  writeDemoState(dataDir, { scale: 'NONE' });
}

function writeDemoState(dataDir: string, state: DemoState): void {
  const file = stateFile(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`);
  renameSync(`${file}.new`, file);
}

export interface LoadOptions {
  readonly dataDir: string;
  readonly tables: TableNames;
  readonly scale: DemoData['scale'];
  /** `YYYY-MM-DD`. */
  readonly anchor: string;
  readonly onItem?: (item: PrimaryKey) => void;
}

/**
 * Creates the embedded database of a data folder with the demo data; does nothing if a database exists. Call it before
 * the database starts, while holding the folder's lock.
 * @returns true if data were loaded
 */
export async function loadDemoData({ dataDir, tables, scale, anchor, onItem }: LoadOptions): Promise<boolean> {
  const file = databaseFile(dataDir);
  if (existsSync(file)) return false;
  const folder = join(dataDir, 'demo-export');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // The state comes first: a process killed in between leaves a state without a database, and the next start loads
  // again.
  writeDemoState(dataDir, { scale, anchor });
  const secret = masterSecretOf(dataDir);
  const keyring = createKeyring(localMasterKeys(secret));
  // No address is issued, so the port doesn't matter.
  const uploads = localUploads({ mode: 'local', dataDir, port: 0, localMasterSecret: secret });
  const persons = await sealedPersons(SCALES[scale], new Date(), keyring);
  await writeExport(folder, tables, SCALES[scale], anchor, persons, onItem);
  await writeSampleFiles(uploads, SCALES[scale], anchor);
  await importTables(file, tables, folder);
  rmSync(folder, { recursive: true });
  return true;
}
