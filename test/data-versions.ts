/** Data as earlier versions of Bridgehead stored them: `test/fixtures/data-versions/<version>/`, one folder a version. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { STORES } from '../src/config.ts';
import { databaseFile } from '../src/local/database/embedded-database.ts';
import { importTables } from '../src/local/database/import-tables.ts';
import { exportFile } from '../src/local/demo-data/write-export.ts';
import { migrate } from '../src/storage/migrations/migrate.ts';
import type { TableNames } from '../src/storage/tables.ts';
import { startTestSystem, type TestSystem } from './harness.ts';

/** When the fixtures' callers did what they did; the demo cases are laid out around the same day. */
export const FIXTURE_NOW = new Date('2026-11-29T01:00:00.000Z');

/**
 * Fills a data folder with the data of a version, as it was stored then.
 * @returns what the zones' master keys of these data are made of
 */
export async function loadDataVersion(version: number, dataDir: string, tables: TableNames): Promise<string> {
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
  return readFileSync(join(fixture, 'master-key-secret'), 'utf8');
}

/** A system on data of a version, not migrated yet. */
export const startOldSystem = (version = 1): Promise<TestSystem> =>
  startTestSystem((dataDir, tables) => loadDataVersion(version, dataDir, tables));

/** A system on data of a version that all migrations have run over: what a test of a migration begins with. */
export async function startUpgradedSystem(version = 1): Promise<TestSystem> {
  const system = await startOldSystem(version);
  await upgrade(system);
  return system;
}

/** Runs all migrations that a system's data have not had. */
export async function upgrade({ connection, keyring }: TestSystem): Promise<void> {
  await migrate(connection, { keyring, now: FIXTURE_NOW });
}
