import { itemLoader, type Loader } from '../../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../../dynamodb/page.ts';
import type { Table } from '../../dynamodb/table.ts';
import { linkageKeys } from '../../tables.ts';
import { NO_END } from '../items.ts';
import type { EnterpriseRelocationsItem, RelocationItem, ZoneRelocationItem } from './relocation-items.ts';
import { openRelocationRecords, type RelocationRecords } from './relocation-records.ts';

export interface Relocations {
  readonly byId: Loader<string, RelocationItem | null>;
  /** Lists the ids of the relocations of an enterprise. */
  idsOfEnterprise(enterprise: string): Promise<readonly string[]>;
  /**
   * Lists the relocations of an enterprise, newest first, after those that wait for the move. Many enterprises take two
   * BatchGets.
   */
  ofEnterprise(enterprise: string): Promise<readonly RelocationItem[]>;
  /** Lists the relocations from a zone or to it, the last opened first: one Query and one BatchGet a page. */
  ofZone(zone: string, direction: 'IN' | 'OUT', page: PageRequest): Promise<Page<RelocationItem>>;
  readonly records: RelocationRecords;
}

export function openRelocations(table: Table): Relocations {
  const byId = itemLoader<RelocationItem>(table, 'reloc', linkageKeys.relocation);
  const idsByEnterprise = itemLoader<EnterpriseRelocationsItem>(table, 'ent', linkageKeys.relocationsOfEnterprise);
  const idsOf = async (enterprise: string) => [...((await idsByEnterprise.load(enterprise))?.relocationIds ?? [])];
  return {
    byId,
    idsOfEnterprise: idsOf,
    async ofEnterprise(enterprise) {
      const relocations = await byId.loadMany(await idsOf(enterprise));
      return relocations.filter((relocation) => relocation !== null).sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
    },
    ofZone: (zone, direction, page) =>
      readPage<ZoneRelocationItem, RelocationItem>(table, page, {
        range: { partition: linkageKeys.relocationOfZone(zone, direction, '').pk, backwards: true },
        binding: { field: 'Zone.relocations', arguments: { zone, direction } },
        nodes: (listed) => byId.loadMany(listed.map(({ relocationId }) => relocationId)),
      }),
    records: openRelocationRecords(table),
  };
}

const orderOf = ({ registeredOn, id }: RelocationItem) => `${registeredOn ?? NO_END}#${id}`;
