import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SingleBar } from 'cli-progress';
import { type Config, STORES } from '../../config.ts';
import { sdkSettings } from '../../storage/dynamodb/client/sdk-client.ts';

/** Returns a bar of the items read, for a terminal. A pass reads at most all tables; the bar is full when it ends earlier. */
export async function progressBar(settings: Config) {
  const client = new DynamoDBClient(sdkSettings(settings));
  const found = await Promise.all(
    STORES.map((store) => client.send(new DescribeTableCommand({ TableName: settings.tables[store] }))),
  );
  client.destroy();
  const total = found.reduce((sum, { Table }) => sum + (Table?.ItemCount ?? 0), 0);
  const bar = new SingleBar({ format: '{bar} {percentage}% | {value} items read | {eta_formatted}' });
  return {
    start: () => bar.start(total, 0),
    add: (items: number) => bar.increment(items),
    stop() {
      if (!bar.isActive) return;
      bar.update(total);
      bar.stop();
    },
  };
}
