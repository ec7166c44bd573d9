import type { Config } from '../../../config.ts';
import { credentialsOfProcess, type FunctionCredentials, regionalEndpoint } from './credentials.ts';
import type { Dynamo } from './dynamo.ts';
import { leanDynamo } from './lean-client.ts';
import { type Address, sdkDynamo } from './sdk-client.ts';

/** Returns the client of one process. Reuse it between requests, for its connections. */
export function openDynamo(settings: Address & Pick<Config, 'dynamodbClient'> & FunctionCredentials): Dynamo {
  if (settings.dynamodbClient === 'sdk') return sdkDynamo(settings);
  const { mode, region, dynamodbEndpoint } = settings;
  return leanDynamo({
    endpoint: dynamodbEndpoint ?? regionalEndpoint('dynamodb', region),
    region,
    credentials: mode === 'local' ? undefined : credentialsOfProcess(settings),
  });
}
