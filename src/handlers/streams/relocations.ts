import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { arrangeMove } from '../../storage/enterprises/register/arrange-moves.ts';
import { copyRelocations } from '../../storage/enterprises/simulations/relocation-copies.ts';
import type { RelocationVersionItem } from '../../storage/linkages/relocations/relocation-items.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

/**
 * Follows the relocations in the stream of linkages, so that an enterprise whose relocation both zones have confirmed can
 * move at once, and drafts of policies can be judged by relocations. A batch may come twice.
 */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const table = openTable(connection, 'enterprises', { ...invocationScope(context), owner: 'relocations' });
  const versions = streamImages(event).flatMap(({ after }) => (isRelocation(after) ? after : []));
  for (const { event: kind, facts, publication } of versions) {
    const isArranged = kind === 'CONFIRMED' && facts.registeredOn === null;
    if (isArranged) await arrangeMove(table, facts, new Date(publication.at));
  }
  await copyRelocations(
    table,
    versions.map(({ facts }) => facts),
  );
}

const isRelocation = (item: StoredItem | null): item is RelocationVersionItem =>
  item?.type === 'RecordVersion' && 'of' in item && item.of === 'Relocation';
