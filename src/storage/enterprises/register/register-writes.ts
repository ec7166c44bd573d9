/** Changes of enterprises, checked against the published days of its parks. */
import { closedDaysMessage } from '../../../domain/published-figures/touched-days.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { commitOnce, type OnceOutcome, type OnceRequest } from '../../dynamodb/idempotency.ts';
import type { Table } from '../../dynamodb/table.ts';
import type { Stale } from '../../dynamodb/transaction.ts';
import type { Write } from '../../dynamodb/write.ts';
import { loadClosedDays } from '../published-figures/closed-days.ts';
import { changeWrites, type EnterpriseWrite, touchedBy } from './change-writes.ts';

export type DayClosed = Refusal<'DAY_CLOSED'>;

/** The writes of a change, or the closed days whose figures it would affect. */
export interface CheckedWrites {
  readonly writes: readonly Write<Stale>[];
  readonly closedDays: readonly string[];
}

export async function checkedWrites(table: Table, change: EnterpriseWrite, now: Date): Promise<CheckedWrites> {
  const touched = touchedBy(change);
  const closed = await loadClosedDays(table, touched, now);
  const closedDays = [...new Set(touched.flatMap(closed.within))].sort();
  return { closedDays, writes: closedDays.length > 0 ? [] : [...changeWrites(change, now), ...closed.checks(touched)] };
}

/** Commits changes in one transaction with the key's record, or refuses them because of closed days. The answer is the first. */
export async function commitChange(
  table: Table,
  once: OnceRequest,
  change: EnterpriseWrite,
  others: readonly EnterpriseWrite[] = [],
): Promise<OnceOutcome<Stale | DayClosed>> {
  const checked = await Promise.all([change, ...others].map((each) => checkedWrites(table, each, once.now)));
  const closedDays = checked.flatMap((each) => each.closedDays);
  if (closedDays.length === 0) {
    const writes = checked.flatMap((each) => each.writes);
    return commitOnce<Stale>(table, once, [change.after.id], writes);
  }
  const refusal: DayClosed = { code: 'DAY_CLOSED', field: [], message: closedDaysMessage(closedDays) };
  return { committed: false, refusals: [{ write: 0, refusal }] };
}
