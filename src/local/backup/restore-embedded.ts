import { cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { addErasures, erasuresFile, readErasures } from '../../storage/person-keys/erasure-register.ts';
import { createTables } from '../database/create-tables.ts';
import { lockData } from '../database/data-lock.ts';
import { databaseFile, startDatabase } from '../database/embedded-database.ts';
import { importTables } from '../database/import-tables.ts';
import { endOrphan } from '../database/orphan.ts';
import { exportFile } from '../demo-data/write-export.ts';
import { withMasterSecret } from '../local-secret.ts';
import { type Completed, completeRestore } from './complete-restore.ts';
import { checkFiles, type Manifest, tablePath } from './manifest.ts';
import { isBeingRestored, markRestore, unmarkRestore } from './restore-mark.ts';

interface RestoreOptions {
  readonly manifest: Manifest;
  /** Replaces the data in the folder. */
  readonly replace: boolean;
  /** Files of further registers of erasures. */
  readonly registers: readonly string[];
  readonly now: Date;
}

/**
 * Restores a backup into a data folder. The data are made ready in a folder of their own: imported, migrated, without the
 * persons who were erased since, and with all read models rebuilt. Then they take the place of the data before. A restore
 * that is cut short leaves a mark, and the same again completes it.
 * @throws CodedError CONFIGURATION where a system runs on the folder, or the folder holds data that are not to be replaced
 */
export async function restoreEmbedded(
  folder: string,
  settings: Config,
  { manifest, replace, registers, now }: RestoreOptions,
): Promise<Completed> {
  const { dataDir } = settings;
  const lock = lockData(dataDir);
  try {
    const isCutShort = isBeingRestored(dataDir);
    if (existsSync(databaseFile(dataDir)) && !replace && !isCutShort) {
      throw new CodedError(
        'CONFIGURATION',
        `${dataDir} holds data already: set DATA_DIR to another folder, or say --replace to lose them.`,
      );
    }
    await checkFiles(folder, manifest);
    requireMasterSecret(settings, manifest);
    markRestore(dataDir, folder);
    const staged = join(resolve(dataDir), 'restore');
    await endOrphan(staged, databaseFile(staged));
    rmSync(staged, { recursive: true, force: true });
    const completed = await prepare(folder, staged, { settings: withMasterSecret(settings), manifest, registers, now });
    takePlace(staged, dataDir);
    for (const register of registers) addErasures(dataDir, readErasures(register));
    unmarkRestore(dataDir);
    return completed;
  } finally {
    lock.release();
  }
}

/** Without the secret of its machine nobody can read the persons in a backup, and a new secret would hide that. */
function requireMasterSecret({ dataDir, masterKeys }: Config, { tables }: Manifest): void {
  if (masterKeys !== undefined || (tables.personKeys?.items ?? 0) === 0) return;
  if (existsSync(join(dataDir, 'master-key-secret'))) return;
  throw new CodedError(
    'CONFIGURATION',
    `${dataDir} has no master-key-secret. Copy that of the machine that was backed up into the folder: without it nobody can read the persons' data.`,
  );
}

interface Prepared {
  readonly settings: Config;
  readonly manifest: Manifest;
  readonly registers: readonly string[];
  readonly now: Date;
}

async function prepare(folder: string, staged: string, { settings, manifest, registers, now }: Prepared) {
  const source = join(staged, 'source');
  for (const store of Object.keys(manifest.tables) as (keyof Manifest['tables'])[]) {
    const link = exportFile(source, settings.tables[store]);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve(folder, tablePath(store)), link);
  }
  await importTables(databaseFile(staged), settings.tables, source);
  for (const path of Object.keys(manifest.files)) cpSync(join(folder, path), join(staged, path), { recursive: true });
  const database = await startDatabase({ dataDir: staged });
  try {
    await createTables(database.endpoint, settings.tables);
    return await completeRestore(
      { ...settings, dataDir: staged, dynamodbEndpoint: database.endpoint },
      {
        // The register of this machine may tell of erasures since the backup.
        registers: [...registers, ...[settings.dataDir, staged].map(erasuresFile)],
        now,
      },
    );
  } finally {
    await database.stop();
  }
}

/** Moves the restored data into the folder, the database last: its presence says that there are data. */
function takePlace(staged: string, dataDir: string): void {
  const file = databaseFile(staged);
  const database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  // Positions in the streams of the data before mean nothing in those of the restored ones.
  rmSync(join(dataDir, 'streams'), { recursive: true, force: true });
  for (const name of ['uploads', 'demo-data.json']) {
    rmSync(join(dataDir, name), { recursive: true, force: true });
    if (existsSync(join(staged, name))) renameSync(join(staged, name), join(dataDir, name));
  }
  const anchors = join('access-log', 'anchors');
  if (existsSync(join(staged, anchors))) {
    // The anchors of this machine are the proof against a restored register: none is replaced.
    cpSync(join(staged, anchors), join(dataDir, anchors), { recursive: true, force: false });
  }
  addErasures(dataDir, readErasures(erasuresFile(staged)));
  for (const end of ['-wal', '-shm']) rmSync(`${databaseFile(dataDir)}${end}`, { force: true });
  renameSync(file, databaseFile(dataDir));
  rmSync(staged, { recursive: true });
}
