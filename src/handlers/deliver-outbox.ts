import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../config.ts';
import { log } from '../log.ts';
import { deliverEntries } from '../notify/deliver.ts';
import { openNotifier } from '../notify/notifier.ts';
import { keyringOf } from '../storage/person-keys/keyring.ts';
import { talentPartitions } from '../storage/tables.ts';
import { processConnection } from './process-connection.ts';
import { type StreamKey, streamKeys } from './stream-keys.ts';
import { streamScope } from './stream-scope.ts';

const settings = config();
const connection = processConnection(settings);
const keyring = keyringOf(settings);

/**
 * Tells the zones' systems of what has just come into the outbox. A receiver that fails is no failure here: the sweeper tries
 * it again. What can't be read keeps nothing else from being told.
 */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse> {
  const [entries, strange] = partition(streamKeys(event));
  for (const { key, sequenceNumber } of strange) {
    log.error('A record of the stream is no entry of the outbox', { ...key, record: sequenceNumber });
  }
  const notifier = openNotifier(settings, connection, keyring, streamScope(context));
  const failed = await deliverEntries(
    notifier,
    entries.map(({ key }) => key),
  );
  const isFailed = ({ key }: StreamKey) => failed.some(({ pk, sk }) => pk === key.pk && sk === key.sk);
  return {
    batchItemFailures: entries.filter(isFailed).map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber })),
  };
}

function partition(records: readonly StreamKey[]): [entries: StreamKey[], strange: StreamKey[]] {
  const isEntry = ({ key }: StreamKey) => key.pk.startsWith(talentPartitions.outbox('')) && key.sk !== '';
  return [records.filter(isEntry), records.filter((record) => !isEntry(record))];
}
