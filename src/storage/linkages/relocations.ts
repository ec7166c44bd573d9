import { itemLoader } from '../dynamodb/loaders/item-loader.ts';
import type { Loader } from '../dynamodb/loaders/loader.ts';
import type { Table } from '../dynamodb/table.ts';
import { linkageKeys } from '../tables.ts';
import type { EnterpriseRelocationsItem, RelocationItem } from './items.ts';

export interface Relocations {
  readonly byId: Loader<string, RelocationItem | null>;
  /** Lists the ids of the relocations of an enterprise. */
  idsOfEnterprise(enterprise: string): Promise<readonly string[]>;
  /** Lists the relocations of an enterprise, newest first. Many enterprises take two BatchGets. */
  ofEnterprise(enterprise: string): Promise<readonly RelocationItem[]>;
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
      return relocations
        .filter((relocation) => relocation !== null)
        .sort((a, b) => (a.registeredOn < b.registeredOn ? 1 : -1));
    },
  };
}
