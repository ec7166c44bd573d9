import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Config, StoreName } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { sdkSettings } from '../../storage/dynamodb/client/sdk-client.ts';
import { erasuresFile } from '../../storage/person-keys/erasure-register.ts';
import { databaseFile } from '../database/embedded-database.ts';

/** The data that a backup copies. */
export interface BackupSource {
  /** The tables to copy, in this order. */
  readonly stores: readonly StoreName[];
  /** Yields a table's items as texts of DynamoDB-JSON. */
  items(store: StoreName): AsyncIterable<string> | Iterable<string>;
  /** Returns the files to copy, by their paths in the backup. It is called after all tables are copied. */
  files(): ReadonlyMap<string, string>;
  close(): void;
}

/**
 * The order in which tables are read one after the other. What refers comes before what it refers to, so that an item
 * written meanwhile leaves no reference to nothing. Persons' keys come last: no copied text lacks its key.
 */
const REFERRING_FIRST: readonly StoreName[] = [
  'linkages',
  'talent',
  'enterprises',
  'parks',
  'credentials',
  'personKeys',
];

/**
 * Opens the embedded database of a data folder, whether the system runs or not. All tables are read in one transaction of
 * its file, so that the backup shows one moment; the running system goes on writing.
 * @throws CodedError CONFIGURATION where there are no data
 */
export function embeddedSource({ dataDir, tables }: Pick<Config, 'dataDir' | 'tables'>): BackupSource {
  const file = databaseFile(dataDir);
  if (!existsSync(file)) {
    throw new CodedError('CONFIGURATION', `There are no data in ${dataDir} yet: npm start makes them.`);
  }
  const database = new DatabaseSync(file, { readOnly: true });
  database.exec('BEGIN');
  const has = database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?');
  const stores = REFERRING_FIRST.filter((store) => has.get(tables[store]) !== undefined);
  return {
    stores,
    *items(store) {
      const rows = database.prepare(`SELECT item_json FROM "${tables[store]}"`);
      for (const { item_json } of rows.iterate()) yield String(item_json);
    },
    files: () => filesOf(dataDir),
    close: () => database.close(),
  };
}

/**
 * Opens the tables of a DynamoDB. They are read one after the other, by consistent scans, so that the backup shows no one
 * moment. Persons' keys are left out where KMS holds the master keys: that table has no copies.
 */
export function tablesSource(settings: Config): BackupSource {
  const client = new DynamoDBClient(sdkSettings(settings));
  const stores = REFERRING_FIRST.filter((store) => store !== 'personKeys' || settings.masterKeys === undefined);
  return {
    stores,
    async *items(store) {
      let from: Record<string, AttributeValue> | undefined;
      do {
        const page = await client.send(
          new ScanCommand({ TableName: settings.tables[store], ConsistentRead: true, ExclusiveStartKey: from }),
        );
        for (const item of page.Items ?? []) yield JSON.stringify(item);
        from = page.LastEvaluatedKey;
      } while (from !== undefined);
    },
    files: () => (settings.uploadsBucket === undefined ? filesOf(settings.dataDir) : new Map()),
    close: () => client.destroy(),
  };
}

/** Returns the files beside the tables. They are encrypted, or hold no personal data; no secret is among them. */
function filesOf(dataDir: string): ReadonlyMap<string, string> {
  const folders = ['uploads', join('access-log', 'anchors')].map((name) => join(dataDir, name));
  const paths = folders.filter((folder) => existsSync(folder)).flatMap(filesBelow);
  paths.push(...[erasuresFile(dataDir), join(dataDir, 'demo-data.json')].filter((path) => existsSync(path)));
  return new Map(paths.map((path) => [relative(dataDir, path), path]));
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
