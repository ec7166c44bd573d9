import { createPost, type Reach, type Resolve, readEndpoint } from '@bridgehead/federation';
import { CALL_MS } from '../send.ts';

/** The network that providers' addresses may lead to. */
export interface ProviderReach {
  readonly reach: Reach;
  readonly resolve?: Resolve | undefined;
}

const MAX_ANSWER_BYTES = 64 * 1_024;

/**
 * Calls a provider's address, and reads the answer as JSON.
 * @param body null for a GET
 * @throws the network's error, or SyntaxError where the answer is no JSON
 */
export async function callProvider(
  url: string,
  body: string | null,
  headers: Readonly<Record<string, string>>,
  { reach, resolve }: ProviderReach,
): Promise<unknown> {
  const post = createPost({
    url: readEndpoint('the provider', url, reach),
    reach,
    resolve,
    method: body === null ? 'GET' : 'POST',
  });
  const answer = await post({ body: body ?? '', headers, isFresh: true, signal: AbortSignal.timeout(CALL_MS) });
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer) {
    size += part.length;
    if (size > MAX_ANSWER_BYTES) throw new SyntaxError('the answer is too long');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}
