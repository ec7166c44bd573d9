import { itemLoader } from '../dynamodb/item-loader.ts';
import type { Loader } from '../dynamodb/loader.ts';
import type { Table } from '../dynamodb/table.ts';
import { linkageKeys } from '../tables.ts';
import type { EnterpriseRelocationsItem, RelocationItem } from './items.ts';

export interface Relocations {
  readonly byId: Loader<string, RelocationItem | null>;
  /** Lists the relocations of an enterprise, newest first. Many enterprises take two BatchGets. */
  ofEnterprise(enterprise: string): Promise<readonly RelocationItem[]>;
}

export function openRelocations(table: Table): Relocations {
  const byId = itemLoader<RelocationItem>(table, 'reloc', linkageKeys.relocation);
  const idsOfEnterprise = itemLoader<EnterpriseRelocationsItem>(table, 'ent', linkageKeys.relocationsOfEnterprise);
  return {
    byId,
    async ofEnterprise(enterprise) {
      const relocations = await byId.loadMany([...((await idsOfEnterprise.load(enterprise))?.relocationIds ?? [])]);
      return relocations
        .filter((relocation) => relocation !== null)
        .sort((a, b) => (a.registeredOn < b.registeredOn ? 1 : -1));
    },
  };
}
