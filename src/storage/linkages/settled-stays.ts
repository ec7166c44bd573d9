/** Copies of enterprises' settled stays, by which policies apply on settled days. They never change. */
import { isWithin } from '../../domain/calendar/day.ts';
import { readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { put } from '../dynamodb/write.ts';
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

export async function copySettledStays(table: Table, stays: readonly SettledStayItem[]): Promise<void> {
  await transactGroups(
    table,
    stays.map((stay) => [put(settledStayFactsItem(stay))]),
  );
}

/** Returns the settled stays of an enterprise on a day. */
export async function settledStaysOn(table: Table, id: string, day: string): Promise<readonly SettledStayFactsItem[]> {
  const { pk: partition, sk: from } = linkageKeys.settledStay(id, `SETTLED_STAY#${day}`);
  const to = linkageKeys.settledStay(id, 'SETTLED_STAY#9999').sk;
  const stays = await readRange<SettledStayFactsItem>(table, { partition, sort: { from, to } });
  return stays.filter((stay) => isWithin(day, stay));
}
