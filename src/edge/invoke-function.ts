import { setTimeout as sleep } from 'node:timers/promises';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Invoke } from '@bridgehead/federation';

/** How often a throttled invocation is tried in all. */
const MAX_TRIES = 5;
/** Longest pause before the first repetition; it doubles with each further one. */
const PAUSE_MS = 60;

/**
 * Invokes a Lambda function by name or ARN. The SDK and the client are loaded with the first request: a gateway that invokes
 * nothing loads neither. A throttled invocation never ran, so it is repeated, mutations too; no other failure is.
 */
export function invokeFunction(functionName: string, openClient: () => Promise<Pick<LambdaClient, 'send'>>): Invoke {
  let opening: ReturnType<typeof openClient> | undefined;
  return async (payload, signal) => {
    const { InvokeCommand } = await import('@aws-sdk/client-lambda');
    opening ??= openClient();
    const command = new InvokeCommand({ FunctionName: functionName, Payload: payload });
    const client = await opening;
    for (let tries = 1; ; tries++) {
      try {
        const answer = await client.send(command, { abortSignal: signal });
        return { payload: answer.Payload?.transformToString() ?? '', functionError: answer.FunctionError };
      } catch (error) {
        if (tries === MAX_TRIES || !isThrottled(error)) throw error;
        // A random pause, so that instances that were refused together don't come back together.
        await sleep(Math.random() * PAUSE_MS * 2 ** (tries - 1), undefined, { signal });
      }
    }
  };
}

function isThrottled(error: unknown): boolean {
  return error instanceof Error && error.name === 'TooManyRequestsException';
}
