import { InvokeCommand, LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import type { Emulator } from './emulator.ts';
import { clientOf, type Stack } from './stack.ts';

/** The scheduled functions. */
export const SCHEDULED = ['AccessLogUpkeep', 'PublishStatistics', 'SweepOutbox', 'Deadlines', 'Moves', 'AccessLogSeal'];

/** Invokes a function as its schedule does. Returns the error that it ended with; undefined if it succeeded. */
export async function invoke(emulator: Emulator, stack: Stack, name: string): Promise<string | undefined> {
  const client = new LambdaClient(clientOf(emulator));
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({
      FunctionName: stack.resources.get(`${name}LambdaFunction`),
      Payload: JSON.stringify({ time: new Date().toISOString() }),
    }),
  );
  client.destroy();
  return FunctionError === undefined ? undefined : `${FunctionError} ${Payload?.transformToString()}`;
}

/** Returns what each stream mapping last did: the function's name and a result such as `OK - 3 records`. */
export async function streamResults(emulator: Emulator): Promise<[functionName: string, result: string][]> {
  const client = new LambdaClient(clientOf(emulator));
  const found: [string, string][] = [];
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client }, {})) {
    for (const { FunctionArn = '', LastProcessingResult = '' } of EventSourceMappings) {
      found.push([FunctionArn.split(':').at(-1) ?? '', LastProcessingResult]);
    }
  }
  client.destroy();
  return found;
}
