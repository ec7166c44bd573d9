import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { isSameHash } from '../../auth/same-hash.ts';
import { CodedError } from '../../errors.ts';

/** Headers that CloudFront sets, whatever a client sent under these names: `serverless.yml`. */
export const ORIGIN_SECRET_HEADER = 'bridgehead-origin-secret';
export const CLIENT_ADDRESS_HEADER = 'bridgehead-client-address';

/**
 * Returns the caller's address: the one that the HTTP API saw, or behind CloudFront the one that CloudFront saw.
 * @param originSecrets accepted values of CloudFront's header; undefined without CloudFront
 * @throws CodedError FORBIDDEN for a request that bypassed CloudFront
 */
export function callerAddress(
  { headers, requestContext }: Pick<APIGatewayProxyEventV2, 'headers' | 'requestContext'>,
  originSecrets: readonly string[] | undefined,
): string {
  if (originSecrets === undefined) return requestContext.http.sourceIp ?? '';
  const sent = headers[ORIGIN_SECRET_HEADER] ?? '';
  if (!originSecrets.some((secret) => isSameHash(sent, secret))) {
    throw new CodedError('FORBIDDEN', "Clients must use the service's public address.");
  }
  return headers[CLIENT_ADDRESS_HEADER] ?? '';
}
