import type { Config } from '../../../config.ts';
import type { Dynamo } from './dynamo.ts';
import { type CredentialSource, leanDynamo } from './lean-client.ts';
import { type Address, sdkDynamo } from './sdk-client.ts';

/** Returns the client of one process. Reuse it between requests, for its connections. */
export function openDynamo(settings: Address & Pick<Config, 'dynamodbClient'>): Dynamo {
  if (settings.dynamodbClient === 'sdk') return sdkDynamo(settings);
  const { mode, region, dynamodbEndpoint } = settings;
  return leanDynamo({
    endpoint: dynamodbEndpoint ?? regionalEndpoint(region),
    region,
    credentials: mode === 'local' ? undefined : credentialsOfProcess(),
  });
}

/** Returns DynamoDB's address in a region. */
function regionalEndpoint(region: string): string {
  return `https://dynamodb.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

/** Returns the credentials of the SDK's default chain: of a function its role. The chain is loaded at the first call. */
function credentialsOfProcess(): CredentialSource {
  let chain: Promise<CredentialSource> | undefined;
  return async (options) => {
    chain ??= import('@aws-sdk/credential-provider-node').then(({ defaultProvider }) => defaultProvider());
    return (await chain)(options);
  };
}
