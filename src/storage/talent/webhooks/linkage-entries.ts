import type { LinkageNews } from '../../../domain/webhooks/linkage-news.ts';
import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { and, exists, isNew, missingOrLess, put, type Write } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';
import { toBeDelivered } from '../items.ts';

/** Returns the outbox entry that tells one zone. */
function linkageEntryItem({ id, version, agreementId, kind, at }: LinkageNews, zoneId: string) {
  const key = talentKeys.outboxOfLinkage(id, version, zoneId);
  const facts = { caseId: id, version, ...(agreementId === null ? {} : { agreementId }), kind, zoneId, at };
  return { ...facts, ...key, ...toBeDelivered({ caseId: id, zoneId, at }, key.sk) };
}

/**
 * Returns the outbox entry of an agreement's expiry for one zone. It waits for its instant; that of an agreement without
 * one waits for nothing, and stays so that no older version brings an instant back.
 */
function expiryEntryItem({ id, version }: LinkageNews, expiresAt: string | null, zoneId: string) {
  const key = talentKeys.outboxOfExpiry(id, zoneId);
  const facts = { caseId: id, version, kind: 'EXPIRED', zoneId, ...key };
  if (expiresAt === null) return { ...facts, delivered: true, type: 'Outbox' as const };
  return { ...facts, at: expiresAt, ...toBeDelivered({ caseId: id, zoneId, at: expiresAt }, key.sk) };
}

function expiries(news: LinkageNews): readonly (readonly Write<'TOLD'>[])[] {
  const { expiresAt, version, zoneIds } = news;
  if (expiresAt === undefined) return [];
  const isOlder = missingOrLess('version', version);
  // Where nothing waits, there is nothing to take back.
  const when = expiresAt === null ? and(exists, isOlder) : isOlder;
  return zoneIds.map((zoneId) => [put<'TOLD'>(expiryEntryItem(news, expiresAt, zoneId), { when, otherwise: 'TOLD' })]);
}

/**
 * Puts an entry into the outbox for each zone that is told, once: a repeated stream record puts none. Each version of an
 * agreement moves the entry of its expiry.
 * @returns the number of new entries of events
 */
export async function tellOfLinkages(table: Table, news: readonly LinkageNews[]): Promise<number> {
  const outcomes = await transactGroups<'TOLD'>(
    table,
    news.flatMap((each) =>
      each.zoneIds.map((zoneId) => [put<'TOLD'>(linkageEntryItem(each, zoneId), { when: isNew, otherwise: 'TOLD' })]),
    ),
  );
  await transactGroups<'TOLD'>(table, newest(news).flatMap(expiries));
  return outcomes.filter(({ committed }) => committed).length;
}

/** Returns the newest version of each agreement or coverage: a transaction accepts each item once. */
function newest(news: readonly LinkageNews[]): readonly LinkageNews[] {
  const found = new Map<string, LinkageNews>();
  for (const each of news) if ((found.get(each.id)?.version ?? 0) < each.version) found.set(each.id, each);
  return [...found.values()];
}
