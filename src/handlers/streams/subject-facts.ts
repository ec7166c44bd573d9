import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import type { SettledStayItem } from '../../storage/enterprises/history/items.ts';
import type { EnterpriseItem } from '../../storage/enterprises/items.ts';
import { subjectFactsOf, suppliedCopyOf } from '../../storage/linkages/facts-of.ts';
import { registerMoves } from '../../storage/linkages/relocations/register-moves.ts';
import { type CompletedMove, completedMoveOf } from '../../storage/linkages/relocations/relocation-items.ts';
import { copySettledStays } from '../../storage/linkages/settled-stays.ts';
import { storeSubjectFacts } from '../../storage/linkages/store-facts.ts';
import { storeSupply } from '../../storage/linkages/supply-chains/store-supply.ts';
import { copyEndedEmployers } from '../../storage/talent/employers/ended-employers.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';
import { type StoredItem, streamImages } from './records.ts';

const connection = processConnection(config());

/**
 * Copies the facts about enterprises that linkages and talent need, from the stream of enterprises, and records their
 * completed moves as relocations. A batch may come twice.
 */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<void> {
  const scope = invocationScope(context);
  const table = openTable(connection, 'linkages', scope);
  const changed = streamImages(event).flatMap(({ before, after }) => {
    if (!isEnterprise(after)) return [];
    return { before: isEnterprise(before) ? before : null, after };
  });
  await copySettledStays(
    table,
    streamImages(event).map(({ before, after }) => ({
      before: isSettledStay(before) ? before : null,
      after: isSettledStay(after) ? after : null,
    })),
  );
  await storeSubjectFacts(
    table,
    changed.map(({ before, after }) => ({
      facts: subjectFactsOf(after),
      formerSiteIds: before?.sites.map(({ id }) => id) ?? [],
    })),
  );
  await registerMoves(table, changed.flatMap(completedMove), new Date());
  await storeSupply(
    table,
    changed.map(({ before, after }) => ({ before: before && suppliedCopyOf(before), after: suppliedCopyOf(after) })),
  );
  await copyEndedEmployers(openTable(connection, 'talent', scope), changed);
}

interface ChangedEnterprise {
  readonly before: EnterpriseItem | null;
  readonly after: EnterpriseItem;
}

/** Returns the move that a change of an enterprise has completed, if it has. */
function completedMove({ before, after }: ChangedEnterprise): readonly CompletedMove[] {
  const [move, earlier] = [completedMoveOf(after), before && completedMoveOf(before)];
  const isKnown = earlier?.completedOn === move?.completedOn && earlier?.toParkId === move?.toParkId;
  return move === null || isKnown ? [] : [move];
}

const isSettledStay = (item: StoredItem | null): item is SettledStayItem => item?.type === 'SettledStay';
const isEnterprise = (item: StoredItem | null): item is EnterpriseItem => item?.type === 'Enterprise';
