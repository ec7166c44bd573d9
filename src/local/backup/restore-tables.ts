import { cpSync, createReadStream, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttributeValue, BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Config, STORES, type StoreName } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { MAX_ITEMS_A_WRITE } from '../../storage/dynamodb/batch.ts';
import { sdkSettings } from '../../storage/dynamodb/client/sdk-client.ts';
import { connect, openTable } from '../../storage/dynamodb/connection.ts';
import { beginLoading, endLoading, type Loading, loadingOf } from '../../storage/migrations/loading.ts';
import { versionOfTable } from '../../storage/migrations/stamp.ts';
import { erasuresFile } from '../../storage/person-keys/erasure-register.ts';
import { createTables } from '../database/create-tables.ts';
import { withMasterSecret } from '../local-secret.ts';
import { type Completed, completeRestore } from './complete-restore.ts';
import { checkFiles, type Manifest, tablePath } from './manifest.ts';

/** Concurrent calls. */
const MAX_CONCURRENT_CALLS = 8;
/** Pause before items that a busy table left unprocessed are sent again. */
const PAUSE_MS = 200;

interface RestoreOptions {
  readonly manifest: Manifest;
  /** Files of further registers of erasures. */
  readonly registers: readonly string[];
  readonly now: Date;
}

/**
 * Restores a backup into the empty tables that the settings name. A mark in the table of parks says that they are half
 * loaded, until all is done; the same again completes a restore that was cut short.
 * @throws CodedError CONFIGURATION where the tables hold other data
 */
export async function restoreTables(
  folder: string,
  wanted: Config,
  { manifest, registers, now }: RestoreOptions,
): Promise<Completed> {
  const settings = withMasterSecret(wanted);
  await checkFiles(folder, manifest);
  if (settings.dynamodbEndpoint !== undefined && settings.mode === 'local') {
    await createTables(settings.dynamodbEndpoint, settings.tables);
  }
  const stores = STORES.filter((store) => manifest.tables[store]);
  const loading: Loading = { what: 'RESTORE', source: `${basename(folder)} of ${manifest.madeAt}`, stores };
  const connection = connect(settings);
  try {
    await requireRoom(settings, loading);
    await beginLoading(connection, loading, manifest.dataVersion);
    for (const store of stores) await putItems(settings, store, join(folder, tablePath(store)));
    for (const path of Object.keys(manifest.files)) {
      cpSync(join(folder, path), join(settings.dataDir, path), { recursive: true, force: false });
    }
    const own = [join(settings.dataDir), folder].map(erasuresFile).filter((file) => existsSync(file));
    const completed = await completeRestore(settings, { registers: [...registers, ...own], now });
    await endLoading(connection);
    return completed;
  } finally {
    connection.dynamo.destroy();
  }

  async function requireRoom(of: Config, { source }: Loading): Promise<void> {
    const begun = await loadingOf(connection);
    if (begun?.what === 'RESTORE' && begun.source === source) return;
    const scope = { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal, owner: 'restore' };
    for (const store of stores) {
      if ((await versionOfTable(openTable(connection, store, scope))) === null) continue;
      throw new CodedError(
        'CONFIGURATION',
        `The table ${of.tables[store]} holds items already: restore into empty tables.`,
      );
    }
  }
}

type Item = Record<string, AttributeValue>;

async function putItems(settings: Config, store: StoreName, file: string): Promise<void> {
  const client = new DynamoDBClient(sdkSettings(settings));
  // The workers share one sequence of chunks, so memory holds only the chunks in progress.
  const chunks = chunksOf(file);
  const worker = async () => {
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      await putChunk(client, settings.tables[store], next.value);
    }
  };
  try {
    await Promise.all(Array.from({ length: MAX_CONCURRENT_CALLS }, worker));
  } finally {
    client.destroy();
  }
}

async function putChunk(client: DynamoDBClient, table: string, items: readonly Item[]): Promise<void> {
  let rest = items.map((item) => ({ PutRequest: { Item: item } }));
  while (rest.length > 0) {
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: rest } }));
    rest = (answer.UnprocessedItems?.[table] ?? []) as typeof rest;
    if (rest.length > 0) await sleep(PAUSE_MS);
  }
}

async function* chunksOf(file: string): AsyncGenerator<Item[]> {
  let chunk: Item[] = [];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (chunk.push(JSON.parse(line).Item) < MAX_ITEMS_A_WRITE) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
