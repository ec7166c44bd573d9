import type { Context, ScheduledEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { log } from '../../log.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { handOverDue } from '../../storage/enterprises/register/hand-over-due.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';

const connection = processConnection(config());

/** Carries out the moves of home that lapsed by silence. It runs every hour. */
export async function handler({ time }: Pick<ScheduledEvent, 'time'>, context?: Context): Promise<void> {
  const table = openTable(connection, 'enterprises', { ...invocationScope(context), owner: 'moves' });
  const { failed } = await handOverDue(table, new Date(time));
  for (const { enterpriseId, error } of failed) {
    log.error('The move of an enterprise cannot be carried out', { enterpriseId }, error);
  }
}
