import type { DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { log } from '../../log.ts';
import { type PrimaryKey, talentPartitions } from '../../storage/tables.ts';
import type { DeliveryRequest } from '../invoked/deliver-outbox.ts';
import type { StreamConsumer } from './hand-on.ts';
import { streamKeys } from './records.ts';

/**
 * The consumer that passes the keys of new outbox entries to the function that calls the zones' systems. It reads the
 * stream, which holds whole cases, and calls nobody. The function calls partners' addresses and can't read the stream.
 */
export const forwardOutbox: StreamConsumer = {
  name: 'forwardOutbox',
  takes: { INSERT: ['Outbox'] },
  process: forward,
};

async function forward(event: DynamoDBStreamEvent): Promise<void> {
  const entries: PrimaryKey[] = [];
  for (const { key, sequenceNumber } of streamKeys(event)) {
    if (key.pk.startsWith(talentPartitions.outbox('')) && key.sk !== '') entries.push(key);
    else log.error('A stream record is not an outbox entry', { ...key, record: sequenceNumber });
  }
  if (entries.length > 0) await deliver({ entries });
}

type Deliver = (request: DeliveryRequest) => Promise<void>;

const { deliverFunction, region } = config();
const deliver = deliverFunction === undefined ? inProcess() : byInvoke(deliverFunction);

/**
 * Delivers in this process. The module is loaded by its URL, so that this function's bundle contains no code that calls
 * partners.
 */
function inProcess(): Deliver {
  const module = new URL('../invoked/deliver-outbox.ts', import.meta.url).href;
  return async (request) => {
    const { handler }: typeof import('../invoked/deliver-outbox.ts') = await import(module);
    await handler(request);
  };
}

/**
 * Delivers by an asynchronous Invoke. Lambda stores and retries the request; the sweeper finds entries that Lambda
 * gives up.
 */
function byInvoke(functionName: string): Deliver {
  const open = async () => {
    const { InvokeCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
    return { InvokeCommand, client: new LambdaClient({ region }) };
  };
  let opening: ReturnType<typeof open> | undefined;
  return async (request) => {
    opening ??= open();
    const { InvokeCommand, client } = await opening;
    const command = new InvokeCommand({
      FunctionName: functionName,
      InvocationType: 'Event',
      Payload: JSON.stringify(request),
    });
    const { StatusCode } = await client.send(command);
    if (StatusCode !== 202)
      throw new CodedError('SUBGRAPH_UNAVAILABLE', 'Lambda did not accept the entries to deliver.');
  };
}
