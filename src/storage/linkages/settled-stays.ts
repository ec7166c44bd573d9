/** Copies of enterprises' settled stays, by which policies apply on settled days. Only corrections replace them. */
import { isWithin } from '../../domain/calendar/day.ts';
import { readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { put, remove } from '../dynamodb/write.ts';
import type { SettledStayItem } from '../enterprises/history/items.ts';
import { linkageKeys } from '../tables.ts';

export type SettledStayFactsItem = ReturnType<typeof settledStayFactsItem>;
export function settledStayFactsItem({ enterpriseId, sk, parkId, from, to }: SettledStayItem) {
  return {
    ...linkageKeys.settledStay(enterpriseId, sk),
    type: 'SettledStayFacts' as const,
    enterpriseId,
    parkId,
    from,
    to,
  };
}

/** A settled stay before and after a write; null if there was or is none. */
export interface SettledStayWritten {
  readonly before: SettledStayItem | null;
  readonly after: SettledStayItem | null;
}

/** Copies settled stays, and removes the copies of those that a correction has replaced. The last write of a stay counts. */
export async function copySettledStays(table: Table, written: readonly SettledStayWritten[]): Promise<void> {
  const last = new Map(
    written.flatMap(({ before, after }) => {
      const stay = after ?? before;
      return stay ? [[`${stay.pk} ${stay.sk}`, { stay, isStored: after !== null }] as const] : [];
    }),
  );
  await transactGroups(
    table,
    Array.from(last.values(), ({ stay, isStored }) => {
      const copy = settledStayFactsItem(stay);
      return [isStored ? put(copy) : remove(copy)];
    }),
  );
}

/** Returns the settled stays of an enterprise on a day. */
export async function settledStaysOn(table: Table, id: string, day: string): Promise<readonly SettledStayFactsItem[]> {
  const { pk: partition, sk: from } = linkageKeys.settledStay(id, `SETTLED_STAY#${day}`);
  const to = linkageKeys.settledStay(id, 'SETTLED_STAY#9999').sk;
  const stays = await readRange<SettledStayFactsItem>(table, { partition, sort: { from, to } });
  return stays.filter((stay) => isWithin(day, stay));
}
