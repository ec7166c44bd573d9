import { join } from 'node:path';
import { type Config, configure, type SubgraphName } from '../config.ts';
import { CodedError } from '../errors.ts';
import type { DataLock } from './database/data-lock.ts';
import { startDatabase } from './database/embedded-database.ts';
import { loadFunction } from './lambda-function.ts';
import { localSecret, masterSecretOf } from './local-secret.ts';
import { readService, type ServiceFunction } from './service.ts';
import { type StreamPump, startStreamPump } from './streams/pump.ts';

/** The database of the system: the embedded one, or the one at DYNAMODB_ENDPOINT. */
export interface Database {
  readonly endpoint: string;
  /** Settles when an embedded database has crashed more often than it may be restarted. */
  readonly died: Promise<void>;
  stop(): Promise<void>;
}

export async function openDatabase(settings: Config, lock: DataLock): Promise<Database> {
  if (settings.dynamodbEndpoint === undefined) return startDatabase({ dataDir: settings.dataDir, lock });
  const endpoint = settings.dynamodbEndpoint;
  // Every DynamoDB answers this media type, even to an unsigned call.
  const asked = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' };
  const signal = AbortSignal.timeout(5_000);
  const answer = await fetch(endpoint, { method: 'POST', headers: asked, body: '{}', signal }).catch(() => undefined);
  if (!answer?.headers.get('content-type')?.startsWith('application/x-amz-json')) {
    throw new CodedError('CONFIGURATION', `No DynamoDB answers at DYNAMODB_ENDPOINT ${endpoint}.`);
  }
  return { endpoint, died: new Promise(() => {}), stop: async () => {} };
}

/**
 * Configures the handlers of this process.
 * @param identity the trusted issuers and the pages' sign-in
 */
export function configureHandlers(
  { endpoint }: Database,
  settings: Config,
  { oidcIssuers, signIn }: Pick<Config, 'oidcIssuers' | 'signIn'>,
): Config {
  return configure({
    mode: 'local',
    dynamodbEndpoint: endpoint,
    talentFunction: undefined,
    gatewayFunction: undefined,
    deliverFunction: undefined,
    cursorSecret: settings.cursorSecret ?? localSecret(settings.dataDir, 'cursor-secret'),
    caseTokenSecret: settings.caseTokenSecret ?? localSecret(settings.dataDir, 'case-token-secret'),
    localMasterSecret: settings.localMasterSecret ?? masterSecretOf(settings.dataDir),
    oidcIssuers,
    signIn,
    workers: settings.workers,
  });
}

/**
 * Feeds the stream consumers of `serverless.yml`.
 * @param databaseFile the embedded database's file; undefined for a database elsewhere
 */
export async function pumpStreams(
  functions: readonly ServiceFunction[],
  root: string,
  { dynamodbEndpoint, dataDir, tables }: Config,
  databaseFile?: string,
): Promise<StreamPump> {
  const consumers = await Promise.all(
    functions.map(async (declared) => {
      if (declared.streams.length === 0) return [];
      const invoke = await loadFunction(declared, root);
      return declared.streams.map((source, index) => ({
        name: index === 0 ? declared.name : `${declared.name}-${index + 1}`,
        tableName: tables[subgraphOf(source.table)],
        source,
        invoke,
      }));
    }),
  );
  return startStreamPump({
    endpoint: dynamodbEndpoint ?? '',
    folder: join(dataDir, 'streams'),
    consumers: consumers.flat(),
    databaseFile,
  });
}

/** Returns the subgraph of a table's logical id: `EnterprisesTable` belongs to enterprises. */
function subgraphOf(logicalId: string): SubgraphName {
  const owners: Readonly<Record<string, SubgraphName>> = {
    ParksTable: 'parks',
    EnterprisesTable: 'enterprises',
    TalentTable: 'talent',
    LinkagesTable: 'linkages',
  };
  const owner = owners[logicalId];
  if (owner === undefined) {
    throw new CodedError('CONFIGURATION', `serverless.yml reads the stream of ${logicalId}, which is no subgraph's.`);
  }
  return owner;
}

export const declaredFunctions = (root: string) => readService(join(root, 'serverless.yml'));
