import type * as z from 'zod';
import { CodedError } from '../../errors.ts';

/** A server's address and who asks it; nobody in particular without a token. */
export interface GraphqlServer {
  readonly url: string;
  readonly token: string | undefined;
  /** Set where mutations are decided by the server and nothing is written. */
  readonly validatesOnly?: boolean;
}

/** The header of a request, and of its answer, that only validates. */
const VALIDATE_ONLY = 'bridgehead-validate-only';

/**
 * Sends one GraphQL request, and returns its answer.
 * @param answer the answer's form
 * @throws CodedError CONFIGURATION where no server answers, or what answers is no GraphQL of this form
 */
export async function postGraphql<Form extends z.ZodType>(
  server: GraphqlServer,
  body: object,
  answer: Form,
): Promise<z.infer<Form>> {
  const response = await post(server, body);
  const said = answer.safeParse(await response.json().catch(() => undefined));
  if (!said.success) throw new CodedError('CONFIGURATION', `The server at ${server.url} does not answer GraphQL.`);
  return said.data;
}

/**
 * Makes sure that a server respects the wish to validate only. An older one would carry out what it is sent.
 * @throws CodedError CONFIGURATION where it does not
 */
export async function requireValidation(server: GraphqlServer): Promise<void> {
  const response = await post({ ...server, validatesOnly: true }, { query: '{ __typename }' });
  await response.body?.cancel();
  if (response.headers.get(VALIDATE_ONLY) === 'true') return;
  throw new CodedError('CONFIGURATION', `The server at ${server.url} has no dry run.`);
}

function post({ url, token, validatesOnly = false }: GraphqlServer, body: object): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(validatesOnly && { [VALIDATE_ONLY]: 'true' }),
  };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch((cause) => {
    throw new CodedError('CONFIGURATION', `No server answers at ${url}.`, { cause });
  });
}
