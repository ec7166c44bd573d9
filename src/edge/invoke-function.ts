import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Invoke } from '@bridgehead/federation';

/**
 * Invokes a Lambda function by name or ARN. The SDK and the client are loaded with the first request: a gateway that invokes
 * nothing loads neither.
 */
export function invokeFunction(functionName: string, openClient: () => Promise<Pick<LambdaClient, 'send'>>): Invoke {
  let opening: ReturnType<typeof openClient> | undefined;
  return async (payload, signal) => {
    const { InvokeCommand } = await import('@aws-sdk/client-lambda');
    opening ??= openClient();
    const command = new InvokeCommand({ FunctionName: functionName, Payload: payload });
    const answer = await (await opening).send(command, { abortSignal: signal });
    return { payload: answer.Payload?.transformToString() ?? '', functionError: answer.FunctionError };
  };
}
