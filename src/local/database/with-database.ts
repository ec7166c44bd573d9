import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { connect } from '../../storage/dynamodb/connection.ts';
import { requireLoaded } from '../../storage/migrations/loading.ts';
import { requireDataVersion, stampIfEmpty } from '../../storage/migrations/migrate.ts';
import { requireRestored } from '../backup/restore-mark.ts';
import { openDatabase } from '../system.ts';
import { type DataLock, lockData } from './data-lock.ts';
import { databaseFile } from './embedded-database.ts';

const endpointFile = (dataDir: string) => join(dataDir, 'database-endpoint');

/** Records the database endpoint of a running system, so that commands may work beside it. */
export function recordEndpoint(dataDir: string, endpoint: string): void {
  writeFileSync(endpointFile(dataDir), `${endpoint}\n`);
}

/**
 * Runs a command's work on the database that the settings name. By default it is the embedded one: that of the system
 * running on DATA_DIR, or one that is started for the duration of the work.
 * @param ofAnyVersion true if older data versions are accepted
 * @throws CodedError CONFIGURATION if there are no data, they have another version, or a process that isn't a whole
 * system uses them
 */
export async function withDatabase(
  settings: Config,
  work: (settings: Config) => Promise<void>,
  { ofAnyVersion = false }: { readonly ofAnyVersion?: boolean } = {},
): Promise<void> {
  if (settings.mode === 'aws' || settings.dynamodbEndpoint !== undefined) return work(settings);
  const { dataDir } = settings;
  requireRestored(dataDir);
  if (!existsSync(databaseFile(dataDir))) {
    throw new CodedError('CONFIGURATION', `There are no data in ${dataDir} yet. Run "npm start" to create them.`);
  }
  const lock = lockOrRunning(dataDir);
  if (typeof lock === 'string') {
    await openDatabase({ ...settings, dynamodbEndpoint: lock }, { release: () => {} });
    const found = { ...settings, dynamodbEndpoint: lock };
    if (!ofAnyVersion) await checkVersion(found);
    return work(found);
  }
  const database = await openDatabase(settings, lock);
  try {
    const found = { ...settings, dynamodbEndpoint: database.endpoint };
    if (!ofAnyVersion) await checkVersion(found);
    await work(found);
  } finally {
    await database.stop();
    lock.release();
  }
}

async function checkVersion(settings: Config): Promise<void> {
  const connection = connect(settings);
  try {
    await requireDataVersion(connection);
    await requireLoaded(connection);
    await stampIfEmpty(connection);
  } finally {
    connection.dynamo.destroy();
  }
}

/** Returns the lock, or the endpoint of the running system that holds it. */
function lockOrRunning(dataDir: string): DataLock | string {
  try {
    return lockData(dataDir);
  } catch (error) {
    if (!existsSync(endpointFile(dataDir))) throw error;
    return readFileSync(endpointFile(dataDir), 'utf8').trim();
  }
}
