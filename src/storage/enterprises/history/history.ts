import { isSettledOn, withSettled } from '../../../domain/enterprises/history.ts';
import { emptyPage, type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import { readRange } from '../../dynamodb/read.ts';
import type { Table } from '../../dynamodb/table.ts';
import { enterpriseKeys } from '../../tables.ts';
import type { EnterpriseItem } from '../items.ts';
import type { SettledClassesItem, SettledStayItem } from './items.ts';

/** Reads the settled stays of enterprises. */
export interface EnterpriseHistory {
  /** Lists the settled stays of an enterprise, the one that ended last first. Takes no call where it has none. */
  settledStaysOf(enterprise: EnterpriseItem, page: PageRequest): Promise<Page<SettledStayItem>>;
}

export function openEnterpriseHistory(table: Table): EnterpriseHistory {
  return {
    settledStaysOf: async ({ id, settledTo }, page) =>
      settledTo === undefined
        ? emptyPage(page)
        : readPage<SettledStayItem, SettledStayItem>(table, page, {
            range: { ...staysRange(id), backwards: true },
            binding: { field: 'Enterprise.earlierResidencies', arguments: { id } },
            nodes: (stays) => stays,
          }),
  };
}

/** Concurrent reads of enterprises' histories. */
const MAX_CONCURRENT_READS = 8;

/**
 * Puts the settled stays and classes back into enterprises that are asked about settled days. Takes two Queries for
 * each such enterprise, and no call for the others.
 * @param asked enterprises by id, each with the earliest day that matters
 * @returns the enterprises by id
 */
export async function withHistories(
  table: Table,
  asked: readonly { readonly enterprise: EnterpriseItem; readonly day: string }[],
): Promise<ReadonlyMap<string, EnterpriseItem>> {
  const found = new Map(asked.map(({ enterprise }) => [enterprise.id, enterprise]));
  const waiting = asked.filter(({ enterprise, day }) => isSettledOn(enterprise, day));
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { enterprise, day } = next;
      const [stays, classes] = await Promise.all([
        readRange<SettledStayItem>(table, { ...staysRange(enterprise.id, day), consistent: true }),
        classesFrom(table, enterprise.id, day),
      ]);
      found.set(enterprise.id, withSettled(enterprise, { stays, classes }));
    }
  };
  await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT_READS, waiting.length) }, worker));
  return found;
}

/** Returns the range of an enterprise's settled stays that end on a day or later. */
function staysRange(id: string, day = '') {
  const { pk, sk } = enterpriseKeys.settledStaysTo(id, day);
  return { partition: pk, sort: { from: sk, to: enterpriseKeys.settledStaysTo(id, '9999-12-31').sk } };
}

/** Loads the settled classes from a day on. */
function classesFrom(table: Table, id: string, day: string): Promise<SettledClassesItem[]> {
  const { pk, sk } = enterpriseKeys.settledClasses(id, day);
  const sort = { from: sk, to: enterpriseKeys.settledClasses(id, '9999-12-31').sk };
  return readRange<SettledClassesItem>(table, { partition: pk, sort, consistent: true });
}
