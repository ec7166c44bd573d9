/** Starts what a story needs: the embedded DynamoDB in a folder of its own, its tables, and subgraphs on them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { configure, readConfig, type StoreName, type SubgraphName } from '../src/config.ts';
import { ANONYMOUS, personOf, viewerKey } from '../src/domain/viewer.ts';
import { startDatabase } from '../src/local/database/embedded-database.ts';
import { type Connection, connect, openTable } from '../src/storage/dynamodb/connection.ts';
import type { Table } from '../src/storage/dynamodb/table.ts';
import { transactGroups } from '../src/storage/dynamodb/transact-groups.ts';
import { put } from '../src/storage/dynamodb/write.ts';
import { type Keyring, keyringOf } from '../src/storage/person-keys/keyring.ts';
import type { PrimaryKey, TableNames } from '../src/storage/tables.ts';
import { openTalentTable, type TalentTable } from '../src/storage/talent/people/sealing.ts';
import type { FolderHost } from '../src/storage/uploads/folder-uploads.ts';
import { localUploads } from '../src/storage/uploads/open.ts';
import type { Uploads } from '../src/storage/uploads/uploads.ts';
import type { Call, Subgraph } from '../src/subgraph/request.ts';
import { readSubgraphSdl } from '../src/subgraph/subgraph-sdl.ts';
import { type DynamoProbe, probe } from './dynamo-probe.ts';
import { fillWithTables } from './prepared-folder.ts';
import { asFunction, holdToRoles } from './rights/recorder.ts';
import { isSecondDatabase, startSecondDatabase } from './second-database.ts';

/** The instant at which stories happen, unless they say otherwise. */
export const NOW = new Date('2020-03-17T02:00:00.000Z');

export const CURSOR_SECRET = 'a secret that is for tests only, and long';

export interface TestSystem {
  readonly endpoint: string;
  /** Where its database and files lie. */
  readonly dataDir: string;
  readonly connection: Connection;
  /** What DynamoDB is asked, and faults that it doesn't have by itself. */
  readonly dynamo: DynamoProbe;
  /** Files of cases, in a folder of this system's own. */
  readonly uploads: Uploads & FolderHost;
  /** The zones' keys that are open, by a master key of this system's own. */
  readonly keyring: Keyring;
  /** A table as a request opens it. */
  table(store: StoreName, call?: Partial<Call>): Table;
  /** Talent's, with what its persons' data are encrypted by. */
  talentTable(call?: Partial<Call>): TalentTable;
  /** Puts items in a table as they are. */
  write(store: StoreName, items: readonly PrimaryKey[]): Promise<void>;
  /** Makes a subgraph of its SDL and table, and a function that executes a document on it. */
  serve(name: SubgraphName, create: (sdl: string, open: (call: Call) => TalentTable) => Subgraph): Execute;
  stop(): Promise<void>;
}

export interface Answer {
  // What a story reads out of an answer is what it has asked for.
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which is a text here.
  readonly data?: any;
  readonly extensions?: { readonly masked?: readonly string[] };
  readonly errors?: readonly { readonly message: string; readonly path?: unknown; readonly extensions?: unknown }[];
}

export type Execute = (
  query: string,
  variables?: Readonly<Record<string, unknown>>,
  call?: Partial<Call>,
) => Promise<Answer>;

/**
 * One for each test file: `beforeAll(async () => { system = await startTestSystem(); })`, and `stop` after all.
 * @param prepare fills the data folder before the database is started, and returns what the zones' master keys are made of
 */
export async function startTestSystem(
  prepare?: (dataDir: string, tables: TableNames) => Promise<string>,
): Promise<TestSystem> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bridgehead-test-'));
  configure({ cursorSecret: CURSOR_SECRET });
  const settings = readConfig({ BRIDGEHEAD_MODE: 'local', CURSOR_SECRET });
  if (!prepare && !isSecondDatabase) await fillWithTables(dataDir, settings.tables);
  const localMasterSecret = (await prepare?.(dataDir, settings.tables)) ?? 'a master key that is for tests only';
  const database =
    isSecondDatabase && !prepare
      ? await startSecondDatabase(dataDir, settings.tables)
      : await startDatabase({ dataDir });
  const config = { ...settings, dynamodbEndpoint: database.endpoint, localMasterSecret };
  if (prepare) await addTables(config.dynamodbEndpoint, config.tables);
  const connection = connect(config);
  holdToRoles(connection.dynamo, config.tables);
  const dynamo = probe(connection.dynamo);
  const open = (name: StoreName, call: Call) =>
    openTable(connection, name, {
      deadline: call.deadline,
      signal: call.signal,
      owner: viewerKey(call.viewer),
      validatesOnly: call.validatesOnly ?? false,
      ...personOf(call.viewer),
    });
  const keyring = keyringOf(config);
  const uploads = localUploads({ ...config, dataDir });
  const openWithKeys = (name: StoreName, call: Call) =>
    openTalentTable(open(name, call), { tables: config.tables, keyring, uploads });
  return {
    endpoint: database.endpoint,
    dataDir,
    connection,
    dynamo,
    uploads,
    keyring,
    table: (name, call) => open(name, callOf(call)),
    talentTable: (call) => openWithKeys('talent', callOf(call)),
    async write(name, items) {
      await transactGroups(
        open(name, callOf()),
        items.map((item) => [put(item)]),
      );
    },
    serve(name, create) {
      const subgraph = create(readSdl(name), (call) => openWithKeys(name, call));
      return async (query, variables = {}, call) => {
        const request = { document: parse(query), query, variables, call: callOf(call) };
        const result = await asFunction(name, () => subgraph(request));
        return JSON.parse(JSON.stringify(result));
      };
    },
    async stop() {
      connection.dynamo.destroy();
      await database.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** Creates the tables and indexes that older data lack. Loads the AWS SDK, which most test files need not. */
async function addTables(endpoint: string, tables: TableNames): Promise<void> {
  const { createTables } = await import('../src/local/database/create-tables.ts');
  await createTables(endpoint, tables);
}

/** A call by nobody in particular, at `NOW`, with time enough. */
export function callOf(call: Partial<Call> = {}): Call {
  return {
    requestId: 'test',
    viewer: ANONYMOUS,
    now: NOW,
    locale: 'EN',
    deadline: Date.now() + 15_000,
    signal: AbortSignal.timeout(15_000),
    ...call,
  };
}

/** A subgraph's SDL with what every subgraph repeats. */
export function readSdl(name: SubgraphName): string {
  return readSubgraphSdl(join(import.meta.dirname, '../schema'), name);
}
