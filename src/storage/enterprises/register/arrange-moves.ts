import { dayInShanghai } from '../../../domain/calendar/day.ts';
import type { RelocationRecord } from '../../../domain/linkages/relocation.ts';
import { arrangedMove } from '../../../domain/register/move-steps.ts';
import { batchRead } from '../../dynamodb/batch.ts';
import type { Table } from '../../dynamodb/table.ts';
import { STALE, type Stale, transact } from '../../dynamodb/transaction.ts';
import { isNew, put } from '../../dynamodb/write.ts';
import { enterpriseKeys, type PrimaryKey } from '../../tables.ts';
import type { EnterpriseItem, ReportingItem } from '../items.ts';
import { commitBehindClosedDays, handOverLapsed } from './register.ts';

/** Attempts while other requests change the enterprise. */
const MAX_ATTEMPTS = 5;

/** Arranges the move of a relocation that both zones have confirmed, once: a mark says that it has been looked at. */
export async function arrangeMove(table: Table, relocation: RelocationRecord, now: Date): Promise<void> {
  for (let attempt = 1; !(await tryToArrange(table, relocation, now)); attempt++) {
    if (attempt === MAX_ATTEMPTS) throw new Error(`the enterprise of ${relocation.id} changes all the time`);
  }
}

/** Returns false where the enterprise has changed since it was read. */
async function tryToArrange(table: Table, relocation: RelocationRecord, now: Date): Promise<boolean> {
  const { id, enterpriseId, fromZoneId, toZoneId, toParkId } = relocation;
  const markKey = enterpriseKeys.arrangedMove(enterpriseId, id);
  const keys = [markKey, enterpriseKeys.enterprise(enterpriseId), enterpriseKeys.reporting(enterpriseId)];
  const [marked = null, enterprise = null, reporting = null] = await batchRead<PrimaryKey>(table, keys, {
    consistent: true,
  });
  if (marked || toParkId === null) return true;
  const loaded = { enterprise: enterprise as EnterpriseItem | null, reporting: reporting as ReportingItem | null };
  if (await handOverLapsed(table, loaded, now)) return false;
  const mark = put<Stale>({ ...markKey, type: 'ArrangedMove' } as PrimaryKey, { when: isNew, otherwise: STALE });
  const arrangement = { fromZoneId, toZoneId, toParkId };
  const outcome = await commitBehindClosedDays(
    table,
    loaded,
    (situation) => arrangedMove(situation, arrangement, dayInShanghai(now)),
    now,
    [mark],
  );
  // A relocation that leads to no move is marked too, so that a repeated record never finds another answer.
  if (outcome === 'NOTHING_TO_DO') await transact<Stale>(table, [mark]);
  return outcome !== 'STALE';
}
