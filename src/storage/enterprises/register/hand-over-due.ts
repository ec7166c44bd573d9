import { addDays, dayInShanghai } from '../../../domain/calendar/day.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import { readRange } from '../../dynamodb/read.ts';
import { isOver } from '../../dynamodb/send.ts';
import type { Table } from '../../dynamodb/table.ts';
import { enterpriseIndexes, enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type { EnterpriseItem, ReportingItem } from '../items.ts';
import { handOverLapsed } from './register.ts';

/** Sorts before any day. DynamoDB accepts no empty string as a key. */
const FIRST_DAY = '0000-00-00';

/** The result of a run. */
export interface HandedOver {
  /** The enterprises whose moves were completed, with the zones of the move. */
  readonly moved: readonly MovedEnterprise[];
  /** The enterprises whose moves failed. The next run tries again. */
  readonly failed: readonly { readonly enterpriseId: string; readonly error: unknown }[];
}

interface MovedEnterprise {
  readonly enterpriseId: string;
  readonly fromZone: string;
  readonly toZone: string;
}

/**
 * Completes all moves that lapsed by silence, each once, however often and concurrently it runs. A mutation that comes
 * first has completed its own.
 */
export async function handOverDue(table: Table, now: Date): Promise<HandedOver> {
  const yesterday = addDays(dayInShanghai(now), -1);
  const { gsi2pk: partition } = enterpriseIndexes.moveDueOn('', '');
  const due = await readRange<PrimaryKey>(table, {
    index: 'gsi2',
    partition,
    sort: { from: FIRST_DAY, to: enterpriseIndexes.moveDueOn(yesterday, '\uffff').gsi2sk },
  });
  const moved: MovedEnterprise[] = [];
  const failed: { enterpriseId: string; error: unknown }[] = [];
  for (const { pk: enterpriseId } of due) {
    if (isOver(table)) break;
    try {
      const move = await handOver(table, enterpriseId, now);
      if (move) moved.push(move);
    } catch (error) {
      if (!isOver(table)) failed.push({ enterpriseId, error });
    }
  }
  return { moved, failed };
}

async function handOver(table: Table, id: string, now: Date): Promise<MovedEnterprise | null> {
  const keys = [enterpriseKeys.enterprise(id), enterpriseKeys.reporting(id)];
  const [enterprise = null, reporting = null] = await batchRead<PrimaryKey>(table, keys, { consistent: true });
  const loaded = { enterprise: enterprise as EnterpriseItem | null, reporting: reporting as ReportingItem | null };
  const move = loaded.enterprise?.move;
  if (!move || !(await handOverLapsed(table, loaded, now))) return null;
  return { enterpriseId: id, fromZone: move.fromZoneId, toZone: move.toZoneId };
}
