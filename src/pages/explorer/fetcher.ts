import type { FetcherOpts, FetcherParams } from '@graphiql/toolkit';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { isAnswer } from './answer.ts';

/** Longer than the gateway's own deadline: its answer about a late part is worth waiting for. */
const PATIENCE_MS = 32_000;

/**
 * Asks this origin's gateway. Never throws: a network failure, or an answer that is not GraphQL's, comes back in the form
 * of an answer with one error and its code, so that the pane and the table say it in one way.
 */
export async function fetchAnswer(params: FetcherParams, options?: FetcherOpts): Promise<ExecutionResult> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        ...options?.headers,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
      },
      body: JSON.stringify(params),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    // The pane prints it as it came: nothing looks inside.
    if (isAnswer(answer)) return answer as ExecutionResult;
    return fault('NOT_GRAPHQL', `The gateway answered with status ${response.status}, and not with GraphQL.`);
  } catch (error) {
    return error instanceof DOMException && error.name === 'TimeoutError'
      ? fault('TIMEOUT', `The gateway did not answer within ${PATIENCE_MS / 1000} seconds.`)
      : fault('NETWORK', 'The gateway could not be reached. Check the connection, then run the query again.');
  }
}

const fault = (code: string, message: string): ExecutionResult => ({
  errors: [new GraphQLError(message, { extensions: { code } })],
});
