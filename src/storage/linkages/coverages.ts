import { itemLoader } from '../dynamodb/loaders/item-loader.ts';
import type { Loader } from '../dynamodb/loaders/loader.ts';
import type { Table } from '../dynamodb/table.ts';
import { linkageKeys } from '../tables.ts';
import type { CoverageItem, PolicyCoveragesItem, ZonePoliciesItem } from './items.ts';

export interface Coverages {
  readonly byId: Loader<string, CoverageItem | null>;
  /** Lists all coverages of a policy. Many policies take two BatchGets. */
  ofPolicy(policy: string): Promise<readonly CoverageItem[]>;
  /** Loads a zone's own policies, and the coverages into the zone. */
  readonly intoZone: Loader<string, ZonePoliciesItem | null>;
}

export function openCoverages(table: Table): Coverages {
  const byId = itemLoader<CoverageItem>(table, 'cov', linkageKeys.coverage);
  const idsOfPolicy = itemLoader<PolicyCoveragesItem>(table, 'policy', linkageKeys.coveragesOfPolicy);
  return {
    byId,
    async ofPolicy(policy) {
      const coverages = await byId.loadMany([...((await idsOfPolicy.load(policy))?.coverageIds ?? [])]);
      return coverages.filter((coverage) => coverage !== null);
    },
    intoZone: itemLoader<ZonePoliciesItem>(table, 'zone', linkageKeys.zonePolicies),
  };
}
