/** Notices that a version of a policy is published, for the enterprises of the zones where it holds. */
import { type Page, type PageRequest, pageOf, readEntries, sliceOf } from '../dynamodb/page.ts';
import type { Table } from '../dynamodb/table.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { put } from '../dynamodb/write.ts';
import type { PolicyVersionEvent } from '../parks/items.ts';
import { enterpriseKeys, type PrimaryKey } from '../tables.ts';

/**
 * One item for each zone: the enterprises that it concerns are read from where they reside, not written one by one. A
 * `CoveredPolicyNotice` is of a zone to which a coverage led on the day of the publication. It follows from no other item.
 */
export interface PolicyNoticeItem<Type extends string = 'PolicyNotice' | 'CoveredPolicyNotice'> extends PrimaryKey {
  readonly type: Type;
  readonly zoneId: string;
  readonly policyId: string;
  /** The version of the policy's record that the publication made. */
  readonly policyVersion: number;
  /** The number of the published version. */
  readonly number: number;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** Returns the notices of a publication in the policy's own zones; none of a withdrawal, and none of a policy for persons. */
export function policyNoticeItems(event: PolicyVersionEvent): PolicyNoticeItem<'PolicyNotice'>[] {
  return noticesIn(event.facts.homeZoneIds, event, 'PolicyNotice');
}

function noticesIn<Type extends PolicyNoticeItem['type']>(
  zoneIds: readonly string[],
  { pk: policyId, version, facts, publication }: PolicyVersionEvent,
  type: Type,
): PolicyNoticeItem<Type>[] {
  const { published: number, subject } = facts;
  if (number === undefined || subject === 'PERSON') return [];
  const { at } = publication;
  return zoneIds.map((zoneId) => ({
    ...enterpriseKeys.policyNotice(zoneId, at, policyId, number),
    type,
    zoneId,
    policyId,
    policyVersion: version,
    number,
    at,
  }));
}

/** A publication, and the zones to which coverages lead the policy. */
export interface ToldPublication {
  readonly event: PolicyVersionEvent;
  readonly coveredZoneIds: readonly string[];
}

/** Writes the notices of publications. The same publication gives the same items, so that a record may come twice. */
export async function storePolicyNotices(table: Table, publications: readonly ToldPublication[]): Promise<void> {
  const items = publications.flatMap(({ event, coveredZoneIds }): PolicyNoticeItem[] => [
    ...noticesIn(coveredZoneIds, event, 'CoveredPolicyNotice'),
    ...policyNoticeItems(event),
  ]);
  const notices = new Map(items.map((item) => [`${item.pk} ${item.sk}`, item]));
  await transactGroups(
    table,
    Array.from(notices.values(), (item) => [put(item)]),
  );
}

export interface PolicyNotices {
  /** Lists the notices of the zones in which an enterprise resides, newest first, each version once. */
  listOfEnterprise(
    enterpriseId: string,
    zoneIds: readonly string[],
    page: PageRequest,
  ): Promise<Page<PolicyNoticeItem>>;
}

export function openPolicyNotices(table: Table): PolicyNotices {
  return {
    async listOfEnterprise(enterpriseId, zoneIds, page) {
      const slice = sliceOf(page);
      const { size, isBackward, cursor } = slice;
      const binding = { field: 'Enterprise.policyNotices', arguments: { enterpriseId }, owner: table.owner };
      const from = cursor === null ? undefined : table.cursors.read(binding, cursor).sk;
      const noticesFrom = async (place: string | undefined, newestFirst: boolean, limit: number) => {
        const lists = await Promise.all(zoneIds.map((id) => noticesOfZone(table, id, place, newestFirst, limit)));
        // A version that holds in several zones has the same sort key in each.
        const notices = [...new Map(lists.flat().map((item) => [item.sk, item])).values()];
        return notices.toSorted((a, b) => (a.sk < b.sk === newestFirst ? 1 : -1)).slice(0, limit);
      };
      const found = await noticesFrom(from, !isBackward, size + 1);
      const entries = found.slice(0, size);
      const edge = entries[0]?.sk ?? from;
      return pageOf(
        {
          slice,
          entries,
          hasMore: found.length > size,
          hasPassed: async () => (await noticesFrom(edge, isBackward, 1)).length > 0,
        },
        (item) => item,
        ({ sk }) => table.cursors.write(binding, { sk }),
      );
    },
  };
}

/** Reads at most `limit` notices of a zone behind a sort key: one Query. */
async function noticesOfZone(
  table: Table,
  zoneId: string,
  from: string | undefined,
  newestFirst: boolean,
  limit: number,
): Promise<readonly PolicyNoticeItem[]> {
  const partition = enterpriseKeys.policyNotice(zoneId, '', '', 0).pk;
  const after = from === undefined ? undefined : { pk: partition, sk: from };
  const range = { partition, backwards: newestFirst };
  return (await readEntries<PolicyNoticeItem>(table, range, after, limit)).entries;
}
