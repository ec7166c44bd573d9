import type * as z from 'zod';
import { CodedError } from '../../errors.ts';

/** A server's address and who asks it; nobody in particular without a token. */
export interface GraphqlServer {
  readonly url: string;
  readonly token: string | undefined;
}

/**
 * Sends one GraphQL request, and returns its answer.
 * @param answer the answer's form
 * @throws CodedError CONFIGURATION where no server answers, or what answers is no GraphQL of this form
 */
export async function postGraphql<Form extends z.ZodType>(
  { url, token }: GraphqlServer,
  body: object,
  answer: Form,
): Promise<z.infer<Form>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  }).catch((cause) => {
    throw new CodedError('CONFIGURATION', `No server answers at ${url}.`, { cause });
  });
  const said = answer.safeParse(await response.json().catch(() => undefined));
  if (!said.success) throw new CodedError('CONFIGURATION', `The server at ${url} does not answer GraphQL.`);
  return said.data;
}
