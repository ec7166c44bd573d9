import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Config, StoreName } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { type Secret, secretOf } from '../../secrets.ts';
import type { TableNames } from '../tables.ts';
import { type Cursors, rotatingCursors } from './cursor.ts';
import { secretInputKeys } from './input-keys.ts';
import { storeRetries } from './retries.ts';
import type { Dynamo, Scope, Table } from './table.ts';

/** What a process keeps between requests to reach its tables. */
export interface Connection {
  readonly dynamo: Dynamo;
  readonly tables: TableNames;
  readonly cursors: Cursors;
  /** What the keys of inputs are made of; undefined where none is hashed. */
  readonly inputSecret: () => Secret | undefined;
}

export function connect(config: Config): Connection {
  return {
    dynamo: createDynamo(config),
    tables: config.tables,
    cursors: cursorsOf(config),
    inputSecret: () => secretOf('cursors', config),
  };
}

/** One table for one request. */
export function openTable({ dynamo, tables, cursors, inputSecret }: Connection, store: StoreName, scope: Scope): Table {
  const { deadline, signal, owner, person } = scope;
  const inputKeys = secretInputKeys(inputSecret, owner);
  const common = { dynamo, cursors, inputKeys, name: tables[store], deadline, signal, owner };
  return person === undefined ? common : { ...common, person };
}

function cursorsOf(config: Config): Cursors {
  return rotatingCursors(() => {
    const secret = secretOf('cursors', config);
    if (!secret) throw new CodedError('CONFIGURATION', 'CURSOR_SECRET is not set, and a page needs it.');
    return secret;
  });
}

/**
 * A connection that can't be made in this time won't be: the wait for a free socket behind a hundred others counts too.
 * One call that takes longer is tried again on another.
 */
const CONNECTION_TIMEOUT_MS = 4_000;
const REQUEST_TIMEOUT_MS = 5_000;

/**
 * The client of one process; keep it between requests, for its connections.
 * In local mode credentials are of no meaning, but the protocol wants some.
 */
export function createDynamo(config: Pick<Config, 'mode' | 'region' | 'dynamodbEndpoint'>): Dynamo {
  const client = new DynamoDBClient({
    region: config.region,
    ...(config.dynamodbEndpoint === undefined ? {} : { endpoint: config.dynamodbEndpoint }),
    ...(config.mode === 'local' ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}),
    retryStrategy: storeRetries(),
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
    ...WITHOUT_LOGGING,
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/**
 * Without any logger given, the SDK prepares a log entry of every call and then drops it: more than half of the CPU that
 * reading a hundred items costs. One without `info` and `error` has nothing to prepare for; what finds credentials calls the
 * others without asking whether they are there.
 */
const WITHOUT_LOGGING = { logger: { trace() {}, debug() {}, warn() {} } } as unknown as Pick<
  DynamoDBClientConfig,
  'logger'
>;
