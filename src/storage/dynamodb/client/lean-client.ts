import { type Dynamo, dynamoOf } from './dynamo.ts';
import { answerOf, bodyOf, targetOf } from './protocol.ts';
import { type JsonService, signedPosts } from './signed-posts.ts';

/**
 * Returns a client that does what Bridgehead needs of the SDK's, for a fraction of its CPU time: the JSON protocol over
 * connections that are kept, signatures, retries, time limits.
 */
export function leanDynamo(settings: Pick<JsonService, 'endpoint' | 'region' | 'credentials'>): Dynamo {
  const { post, isMended, close } = signedPosts({ ...settings, name: 'dynamodb', version: '1.0' });
  return dynamoOf({
    attempt: async (command, { abortSignal }) => answerOf(await post(targetOf(command), bodyOf(command), abortSignal)),
    isMended,
    destroy: close,
  });
}
