import type { Context, ScheduledEvent } from 'aws-lambda';
import { config } from '../../config.ts';
import { dayInShanghai } from '../../domain/calendar/day.ts';
import { CASE_KINDS } from '../../domain/case-types/case-type.ts';
import { publishableMonth } from '../../domain/statistics/period.ts';
import { log } from '../../log.ts';
import { openTable } from '../../storage/dynamodb/connection.ts';
import { publishStatistics } from '../../storage/talent/statistics/publish.ts';
import { invocationScope } from '../invocation-scope.ts';
import { processConnection } from '../process.ts';

const connection = processConnection(config());

/** Publishes the case statistics of closed months. It runs often and publishes once a month. */
export async function handler({ time }: Pick<ScheduledEvent, 'time'>, context?: Context): Promise<void> {
  const now = new Date(time);
  const table = openTable(connection, 'talent', invocationScope(context));
  for (const kind of CASE_KINDS) {
    const periods = await publishStatistics(table, kind, publishableMonth(dayInShanghai(now)), now);
    if (periods.length > 0) log.info('Published case statistics', { kind, periods });
  }
}
