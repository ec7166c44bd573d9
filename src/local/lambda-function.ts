import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import { CodedError } from '../errors.ts';
import type { ServiceFunction } from './service.ts';

/** A handler in Lambda's form: from event and context to a promise of JSON. */
export type Invoke = (event: unknown, requestId?: string) => Promise<unknown>;

/**
 * Loads a handler that `serverless.yml` names, from source, relative to the project's root.
 * @throws CodedError CONFIGURATION if the file exports no such function
 */
export async function loadFunction(declared: ServiceFunction, root: string): Promise<Invoke> {
  const [path = '', exported = ''] = declared.handler.split('.');
  const module: Record<string, unknown> = await import(pathToFileURL(resolve(root, `${path}.ts`)).href);
  const handler = module[exported];
  if (typeof handler !== 'function') {
    throw new CodedError('CONFIGURATION', `${path}.ts exports no function ${exported}, which serverless.yml names.`);
  }
  return async (event, requestId = randomUUID()) => handler(event, contextOf(declared, requestId));
}

function contextOf(declared: ServiceFunction, requestId: string): Omit<Context, 'done' | 'fail' | 'succeed'> {
  const deadline = Date.now() + declared.timeoutSeconds * 1_000;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: declared.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `local:${declared.name}`,
    memoryLimitInMB: String(declared.memoryMegabytes),
    awsRequestId: requestId,
    logGroupName: declared.name,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
