/** DynamoDB by the AWS SDK: its settings for administrative calls, and a client that the lean one is compared with. */
import type { AttributeValue, DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Config } from '../../../config.ts';
import { type Command, type Dynamo, dynamoOf, MAX_TRIES, type SendOptions } from './dynamo.ts';
import { CONNECTION_TIMEOUT_MS, REQUEST_TIMEOUT_MS } from './signed-posts.ts';
import { type CancellationReason, ConnectionError, StoreError } from './store-error.ts';

export type Address = Pick<Config, 'mode' | 'region' | 'dynamodbEndpoint'>;

/** Returns the settings of an SDK client. The protocol requires credentials; in local mode their values don't matter. */
export function sdkSettings({ mode, region, dynamodbEndpoint }: Address): DynamoDBClientConfig {
  return {
    region,
    maxAttempts: MAX_TRIES,
    ...(dynamodbEndpoint === undefined ? {} : { endpoint: dynamodbEndpoint }),
    ...(mode === 'local' ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}),
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  };
}

/** Returns a client by the SDK, with the retries and interceptors of the lean one. The SDK is loaded at the first call. */
export function sdkDynamo(address: Address): Dynamo {
  let documents: Promise<DynamoDBDocumentClient> | undefined;

  async function attempt({ operation, input }: Command, options: SendOptions): Promise<object> {
    const sdk = await import('@aws-sdk/lib-dynamodb');
    documents ??= documentClient(address);
    const SdkCommand = sdk[`${operation}Command`] as new (
      input: object,
    ) => Parameters<DynamoDBDocumentClient['send']>[0];
    try {
      return await (await documents).send(new SdkCommand(input), options);
    } catch (error) {
      const { unmarshall } = await import('@aws-sdk/util-dynamodb');
      throw failureOf(error, unmarshall);
    }
  }

  return dynamoOf({ attempt, destroy: () => void documents?.then((client) => client.destroy()) });
}

async function documentClient(address: Address): Promise<DynamoDBDocumentClient> {
  const [{ DynamoDBClient }, { DynamoDBDocumentClient }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/lib-dynamodb'),
  ]);
  const client = new DynamoDBClient({ ...sdkSettings(address), maxAttempts: 1 });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** Returns an error of the SDK as one of this folder's; another error as it is. */
function failureOf(error: unknown, unmarshall: Unmarshall): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, $metadata, CancellationReasons, Item, code } = error as SdkError;
  if ($metadata?.httpStatusCode !== undefined && $metadata.httpStatusCode !== 200) {
    return new StoreError(name, message, {
      status: $metadata.httpStatusCode,
      cancellationReasons: CancellationReasons,
      item: Item && unmarshall(Item),
      cause: error,
    });
  }
  if (name === 'AbortError') return new ConnectionError('ABORTED', message, error);
  if (name === 'TimeoutError') return new ConnectionError('TIMEOUT', message, error);
  // In a test's realm, the SDK wraps Node's errors.
  const isBroken = code !== undefined || message.startsWith('AWS SDK error wrapper for ');
  return isBroken || $metadata ? new ConnectionError(code ?? 'BROKEN', message, error) : error;
}

type Unmarshall = (item: Record<string, AttributeValue>) => Record<string, unknown>;

interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly CancellationReasons?: readonly CancellationReason[];
  readonly Item?: Record<string, AttributeValue>;
  readonly code?: string;
}
