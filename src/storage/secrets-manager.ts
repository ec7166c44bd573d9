import type { Config } from '../config.ts';
import { credentialsOfProcess, type FunctionCredentials, regionalEndpoint } from './dynamodb/client/credentials.ts';
import { retriesOf } from './dynamodb/client/dynamo.ts';
import { signedPosts } from './dynamodb/client/signed-posts.ts';

const SERVICE = 'secretsmanager';

/**
 * Makes a function that fetches a secret of AWS Secrets Manager by its name or ARN and returns its JSON. It calls as the client
 * of DynamoDB does, so that a function's first request loads no SDK.
 */
export function secretsManager(
  settings: Pick<Config, 'region' | 'secretsEndpoint'> & FunctionCredentials,
): (id: string) => Promise<unknown> {
  const { region, secretsEndpoint = regionalEndpoint(SERVICE, region) } = settings;
  const { post, isMended } = signedPosts({
    name: SERVICE,
    endpoint: secretsEndpoint,
    region,
    credentials: credentialsOfProcess(settings),
    version: '1.1',
  });
  const { run } = retriesOf();
  return async (id) => {
    const body = JSON.stringify({ SecretId: id });
    const { SecretString } = JSON.parse(await run(() => post(`${SERVICE}.GetSecretValue`, body), isMended));
    try {
      return JSON.parse(SecretString);
    } catch {
      // The parser's message quotes the secret.
      throw new Error('The secret is not JSON.');
    }
  };
}
