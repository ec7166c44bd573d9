import { join } from 'node:path';
import { DynamoDBStreams } from '@aws-sdk/client-dynamodb-streams';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { config } from '../config.ts';
import { CodedError } from '../errors.ts';
import { readService, type StreamSource } from '../local/service.ts';
import { parseOptions } from './parse-options.ts';
import { type FailedBatch, readFailedBatch } from './redrive/failed-batch.ts';
import { type CallFunction, type RedriveOutcome, redriveBatch } from './redrive/redrive-batch.ts';
import { runCommand } from './refusals.ts';
import { readOutputs } from './stack/outputs.ts';

const USAGE = `npm run redrive -- --stack NAME [--all]

Lists the batches of streams that functions failed on at every try: the queue of the output StreamFailuresUrl.
  --all  Reads the records of each batch from their shard again and passes them to the function. A batch that succeeds
         leaves the queue. One that the stream has forgotten (after 24 hours) stays: docs/operating.md names the repair.
The caller needs sqs:ReceiveMessage and DeleteMessage, dynamodb:GetShardIterator and GetRecords, kms:Decrypt for the stream
of talent, and lambda:InvokeFunction.`;

/** Time for which a message that is looked at is hidden from others, in seconds. */
const HIDDEN_SECONDS = 300;
const SENTENCE: Readonly<Record<RedriveOutcome, string>> = {
  DONE: 'is processed and leaves the queue',
  FAILED: 'fails again: see the log of the function',
  FORGOTTEN: 'is forgotten by the stream: repair it by docs/operating.md, "The stream\'s consumers"',
};

async function main(): Promise<void> {
  const { stack, all } = parseOptions(USAGE, { stack: { type: 'string' }, all: { type: 'boolean', default: false } });
  if (stack === undefined) throw new CodedError('CONFIGURATION', USAGE);
  const { region } = config();
  const outputs = await readOutputs(stack, region);
  const queue = outputs.find(({ OutputKey }) => OutputKey === 'StreamFailuresUrl')?.OutputValue;
  if (!queue) throw new CodedError('CONFIGURATION', `The stack ${stack} has no output StreamFailuresUrl.`);
  const [sqs, lambda, streams] = [
    new SQSClient({ region }),
    new LambdaClient({ region, maxAttempts: 1 }),
    new DynamoDBStreams({ region }),
  ];
  const seen = new Set<string>();
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10, VisibilityTimeout: HIDDEN_SECONDS }),
    );
    const unseen = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
    if (unseen.length === 0) break;
    for (const { MessageId = '', Body = '', ReceiptHandle } of unseen) {
      seen.add(MessageId);
      const batch = readFailedBatch(Body);
      if (batch === undefined) {
        console.log(`${MessageId} is no message of a stream.`);
        continue;
      }
      const { functionName, records, reason, lastArrival } = batch;
      const named = `${functionName}: ${records} records until ${lastArrival} (${reason})`;
      if (!all) {
        console.log(named);
        continue;
      }
      const outcome = await redriveBatch(batch, { streams, source: sourceOf(batch), call: byInvoke(lambda) });
      console.log(`${named} ${SENTENCE[outcome]}.`);
      if (outcome === 'DONE') await sqs.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
      else process.exitCode = 1;
    }
  }
  if (seen.size === 0) console.log('No batch waits.');
}

/** Returns the subscription of the batch's function. */
function sourceOf({ functionName }: FailedBatch): StreamSource {
  const functions = readService(join(import.meta.dirname, '../../serverless.yml'));
  const source = functions.find(({ name }) => functionName.endsWith(`-${name}`))?.streams[0];
  if (!source) throw new CodedError('CONFIGURATION', `serverless.yml has no function ${functionName} with a stream.`);
  return source;
}

function byInvoke(lambda: LambdaClient): CallFunction {
  return async (FunctionName, event) => {
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    const answer = Payload?.transformToString() ?? '';
    if (FunctionError !== undefined) throw new Error(`${FunctionName} failed: ${FunctionError}`);
    return answer === '' ? null : JSON.parse(answer);
  };
}

await runCommand(main);
