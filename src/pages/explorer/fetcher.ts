import type { FetcherOpts, FetcherParams } from '@graphiql/toolkit';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { SignIn } from '../sign-in/sign-in.ts';
import { isAnswer } from './answer/answer.ts';

/** Time limit, longer than the gateway's own deadline: its answer names the part that was late. */
const PATIENCE_MS = 32_000;

type Fetch = (params: FetcherParams, options?: FetcherOpts) => Promise<ExecutionResult>;

/**
 * Makes the function that asks this origin's gateway as the person signed in. It never throws: a network failure or a
 * non-GraphQL answer becomes an answer with one error and its code, so that pane and table show it alike. After a
 * sign-in has ended, it asks anonymously only on request.
 */
export function fetcherFor(signIn: SignIn | null): Fetch {
  return async (params, options) => {
    const session = signIn?.current() ?? null;
    if (signIn?.state().ended) {
      return fault('SIGN_IN_ENDED', 'Your sign-in has ended, so this was not asked. Sign in again, or go on without.');
    }
    const headers = new Headers(options?.headers);
    headers.set('content-type', 'application/json');
    headers.set('accept', 'application/graphql-response+json, application/json;q=0.9');
    // A header in the pane takes precedence.
    const isOurs = session !== null && !headers.has('authorization');
    if (isOurs) headers.set('authorization', `Bearer ${session.token}`);
    try {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers,
        body: JSON.stringify(params),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (isOurs && response.status === 401) signIn?.refused(session);
      const answer: unknown = await response.json().catch(() => undefined);
      // The pane prints it unchanged.
      if (isAnswer(answer)) return answer as ExecutionResult;
      return fault('NOT_GRAPHQL', `The gateway answered with status ${response.status}, and not with GraphQL.`);
    } catch (error) {
      return error instanceof DOMException && error.name === 'TimeoutError'
        ? fault('TIMEOUT', `The gateway did not answer within ${PATIENCE_MS / 1000} seconds.`)
        : fault('NETWORK', 'The gateway could not be reached. Check the connection, then run the query again.');
    }
  };
}

const fault = (code: string, message: string): ExecutionResult => ({
  errors: [new GraphQLError(message, { extensions: { code } })],
});
