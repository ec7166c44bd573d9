import type { Table } from '../../dynamodb/table.ts';
import { transactGroups } from '../../dynamodb/transact-groups.ts';
import { isNew, put } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';
import { toBeDelivered } from '../items.ts';

/** A version of a policy that a zone's systems are told of. */
export interface PolicyEntry {
  readonly policyId: string;
  /** The number of the published version. */
  readonly number: number;
  readonly zoneId: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/**
 * Puts outbox entries, one for each zone. An entry that is stored already stays as it is, delivered or not.
 * @returns the number of new entries
 */
export async function putPolicyEntries(table: Table, entries: readonly PolicyEntry[]): Promise<number> {
  const items = entries.map(policyOutboxItem);
  // A batch of the stream may have a publication twice; a transaction writes an item once.
  const distinct = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
  const outcomes = await transactGroups(
    table,
    Array.from(distinct.values(), (item) => [put(item, { when: isNew, otherwise: 'STORED' as const })]),
  );
  return outcomes.filter(({ committed }) => committed).length;
}

function policyOutboxItem({ policyId: caseId, number: version, zoneId, at }: PolicyEntry) {
  const key = talentKeys.outboxOfLinkage(caseId, version, zoneId);
  const facts = { caseId, version, kind: 'PUBLISHED' as const, zoneId, at };
  return { ...facts, ...key, ...toBeDelivered(facts, key.sk) };
}
