import type { LinkageNews } from '../../../domain/webhooks/linkage-news.ts';
import { isNew } from '../../dynamodb/condition.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { put } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';
import { toBeDelivered } from '../items.ts';

/** Returns the outbox entry that tells one zone. */
function linkageEntryItem({ id, version, agreementId, kind, at }: LinkageNews, zoneId: string) {
  const key = talentKeys.outboxOfLinkage(id, version, zoneId);
  const facts = { caseId: id, version, ...(agreementId === null ? {} : { agreementId }), kind, zoneId, at };
  return { ...facts, ...key, ...toBeDelivered({ caseId: id, zoneId, at }, key.sk) };
}

/**
 * Puts an entry into the outbox for each zone that is told, once: a repeated stream record puts none.
 * @returns the number of new entries
 */
export async function tellOfLinkages(table: Table, news: readonly LinkageNews[]): Promise<number> {
  const outcomes = await transactGroups<'TOLD'>(
    table,
    news.flatMap((each) =>
      each.zoneIds.map((zoneId) => [put<'TOLD'>(linkageEntryItem(each, zoneId), { when: isNew, otherwise: 'TOLD' })]),
    ),
  );
  return outcomes.filter(({ committed }) => committed).length;
}
