/** Data as earlier versions of Bridgehead stored them: `test/fixtures/data-versions/<version>/`, one folder a version. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readConfig, STORES } from '../src/config.ts';
import { createTables } from '../src/local/database/create-tables.ts';
import { databaseFile, startDatabase } from '../src/local/database/embedded-database.ts';
import { importTables } from '../src/local/database/import-tables.ts';
import { exportFile } from '../src/local/demo-data/write-export.ts';
import { connect } from '../src/storage/dynamodb/connection.ts';
import { migrate } from '../src/storage/migrations/migrate.ts';
import { keyringOf } from '../src/storage/person-keys/keyring.ts';
import type { TableNames } from '../src/storage/tables.ts';
import { startTestSystem, type TestSystem } from './harness.ts';
import { fillOnce } from './prepared-folder.ts';

/** When the fixtures' callers did what they did; the demo cases are laid out around the same day. */
export const FIXTURE_NOW = new Date('2026-11-29T01:00:00.000Z');

/** The data versions with a fixture. Versions 3 and 4 came in one commit, so no store has version 3. */
export const KEPT_VERSIONS: readonly number[] = readdirSync(join(import.meta.dirname, 'fixtures/data-versions'))
  .map(Number)
  .filter(Number.isInteger)
  .sort((a, b) => a - b);

/** Imports the data of a version, as it was stored then, into a data folder. */
export async function loadDataVersion(version: number, dataDir: string, tables: TableNames): Promise<void> {
  const fixture = join(import.meta.dirname, 'fixtures/data-versions', String(version));
  const folder = join(dataDir, 'fixture');
  for (const store of STORES) {
    const source = join(fixture, `${store}.json.gz`);
    const target = exportFile(folder, tables[store]);
    mkdirSync(dirname(target), { recursive: true });
    // A table that came later is empty.
    writeFileSync(target, existsSync(source) ? gunzipSync(readFileSync(source)) : '');
  }
  await importTables(databaseFile(dataDir), tables, folder);
  rmSync(folder, { recursive: true });
  for (const kept of ['master-key-secret', 'demo-data.json']) {
    writeFileSync(join(dataDir, kept), readFileSync(join(fixture, kept)));
  }
}

/** Starts a system on data of a version that no migration has changed. */
export const startOldSystem = (version = 1): Promise<TestSystem> =>
  startTestSystem((dataDir, tables) => copyDataVersion(version, dataDir, tables));

/** Starts a system on data of a version that all migrations have changed: what a test of a migration begins with. */
export const startUpgradedSystem = (version = 1): Promise<TestSystem> =>
  startTestSystem(async (dataDir, tables) => {
    await fillOnce(`version-${version}-upgraded`, dataDir, (folder) => makeUpgraded(version, folder, tables));
    return readMasterSecret(dataDir);
  });

/** Imports the data once a run: an import takes longer than a copy. */
async function copyDataVersion(version: number, dataDir: string, tables: TableNames): Promise<string> {
  await fillOnce(`version-${version}`, dataDir, (folder) => loadDataVersion(version, folder, tables));
  return readMasterSecret(dataDir);
}

async function makeUpgraded(version: number, dataDir: string, tables: TableNames): Promise<void> {
  const localMasterSecret = await copyDataVersion(version, dataDir, tables);
  const database = await startDatabase({ dataDir });
  const settings = readConfig({ BRIDGEHEAD_MODE: 'local' });
  const config = { ...settings, dynamodbEndpoint: database.endpoint, localMasterSecret };
  await createTables(database.endpoint, tables);
  const connection = connect(config);
  await migrate(connection, { keyring: keyringOf(config), now: FIXTURE_NOW });
  connection.dynamo.destroy();
  await database.stop();
}

const readMasterSecret = (dataDir: string) => readFileSync(join(dataDir, 'master-key-secret'), 'utf8');

/** Runs all migrations that a system's data have not had. */
export async function upgrade({ connection, keyring }: TestSystem): Promise<void> {
  await migrate(connection, { keyring, now: FIXTURE_NOW });
}
