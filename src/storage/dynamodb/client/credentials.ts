import type { Config } from '../../../config.ts';
import type { CredentialSource } from './signed-posts.ts';

/** The setting of a function's credentials, which processes elsewhere lack. */
export type FunctionCredentials = Partial<Pick<Config, 'functionCredentials'>>;

/**
 * Returns the credentials of this process: those that Lambda has given a function, else those that the SDK's default chain
 * finds and renews. The chain is loaded at the first call.
 */
export function credentialsOfProcess({ functionCredentials }: FunctionCredentials): CredentialSource {
  if (functionCredentials) return async () => functionCredentials;
  let chain: Promise<CredentialSource> | undefined;
  return async (options) => {
    chain ??= import('@aws-sdk/credential-provider-node').then(({ defaultProvider }) => defaultProvider());
    return (await chain)(options);
  };
}

/** Returns the address of a service in a region. */
export function regionalEndpoint(service: string, region: string): string {
  return `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
