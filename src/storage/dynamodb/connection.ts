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

/** The process-wide connection to the tables. */
export interface Connection {
  readonly dynamo: Dynamo;
  readonly tables: TableNames;
  readonly cursors: Cursors;
  /** The secret of the input keys; undefined in processes that hash no inputs. */
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

/** Opens one table for one request. */
export function openTable({ dynamo, tables, cursors, inputSecret }: Connection, store: StoreName, scope: Scope): Table {
  const { deadline, signal, owner, person } = scope;
  const inputKeys = secretInputKeys(inputSecret, owner);
  const common = { dynamo, cursors, inputKeys, name: tables[store], deadline, signal, owner };
  return person === undefined ? common : { ...common, person };
}

function cursorsOf(config: Config): Cursors {
  return rotatingCursors(() => {
    const secret = secretOf('cursors', config);
    if (!secret) throw new CodedError('CONFIGURATION', 'CURSOR_SECRET is not set, but pages need it.');
    return secret;
  });
}

/**
 * Timeout of a connection, which includes the wait for a free socket behind a hundred other calls. The retry of a
 * slower call may use another socket.
 */
const CONNECTION_TIMEOUT_MS = 4_000;
const REQUEST_TIMEOUT_MS = 5_000;

type Address = Pick<Config, 'mode' | 'region' | 'dynamodbEndpoint'>;

/** Creates the client of one process. Reuse it between requests, for its connections. */
export function createDynamo(config: Address): Dynamo {
  const client = new DynamoDBClient(clientSettings(config));
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** Returns a client's settings. The protocol requires credentials; in local mode their values don't matter. */
export function clientSettings(config: Address): DynamoDBClientConfig {
  return {
    region: config.region,
    ...(config.dynamodbEndpoint === undefined ? {} : { endpoint: config.dynamodbEndpoint }),
    ...(config.mode === 'local' ? withoutSigning(config.region) : {}),
    retryStrategy: storeRetries(),
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
    ...WITHOUT_LOGGING,
  };
}

/**
 * Returns placeholder credentials and a signer that computes nothing, for a database of this machine. Such a database
 * requires the headers of a signed request and verifies no signature. Signing takes a third of a call's CPU time.
 */
function withoutSigning(region: string): Pick<DynamoDBClientConfig, 'credentials' | 'signer'> {
  const authorization = `AWS4-HMAC-SHA256 Credential=local/20200101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;
  return {
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    signer: {
      sign: async (request) => {
        Object.assign(request.headers, { authorization, 'x-amz-date': '20200101T000000Z' });
        return request;
      },
    },
  };
}

/**
 * A logger without `info` and `error`. Without any logger, the SDK prepares a log entry of each call and drops it,
 * which costs more than half of the CPU of reading a hundred items. The credential providers call the other methods
 * without checking that they exist.
 */
const WITHOUT_LOGGING = { logger: { trace() {}, debug() {}, warn() {} } } as unknown as Pick<
  DynamoDBClientConfig,
  'logger'
>;
