import type { Context, ScheduledEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { log } from '../../log.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { processDueDeadlines } from '../../storage/talent/deadlines/process-due-deadlines.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';

const connection = processConnection(config());

/** Acts on the deadlines that have come due in cases. It runs every hour. */
export async function handler({ time }: Pick<ScheduledEvent, 'time'>, context?: Context): Promise<void> {
  const table = openTable(connection, 'talent', { ...invocationScope(context), owner: 'deadlines' });
  const { failed, isFinished, ...done } = await processDueDeadlines(table, new Date(time));
  for (const { caseId, error } of failed) log.error('The deadlines of a case cannot be processed', { caseId }, error);
  if (!isFinished) log.warn('Some deadlines are not processed yet', { ...done });
  else if (Object.values(done).some((count) => count > 0)) log.info('Deadlines are processed', { ...done });
}
