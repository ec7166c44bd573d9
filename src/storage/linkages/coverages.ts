import { itemLoader, type Loader } from '../dynamodb/loader.ts';
import type { Table } from '../dynamodb/table.ts';
import { linkageKeys } from '../tables.ts';
import { type CoverageRecords, openCoverageRecords } from './coverage-records.ts';
import type { AgreementCoveragesItem, CoverageItem, PolicyCoveragesItem, ZonePoliciesItem } from './items.ts';

export interface Coverages {
  readonly byId: Loader<string, CoverageItem | null>;
  readonly records: CoverageRecords;
  /** Lists all coverages of a policy. Many policies take two BatchGets. */
  ofPolicy(policy: string): Promise<readonly CoverageItem[]>;
  /** Lists all coverages under an agreement. Many agreements take two BatchGets. */
  ofAgreement(agreement: string): Promise<readonly CoverageItem[]>;
  /** Loads a zone's own policies, and the coverages into the zone. */
  readonly intoZone: Loader<string, ZonePoliciesItem | null>;
}

export function openCoverages(table: Table): Coverages {
  const byId = itemLoader<CoverageItem>(table, 'cov', linkageKeys.coverage);
  const idsOfPolicy = itemLoader<PolicyCoveragesItem>(table, 'policy', linkageKeys.coveragesOfPolicy);
  const idsOfAgreement = itemLoader<AgreementCoveragesItem>(table, 'agr', linkageKeys.coveragesOfAgreement);
  const listed = async (ids: ReadonlySet<string> | undefined) => {
    const coverages = await byId.loadMany([...(ids ?? [])]);
    return coverages.filter((coverage) => coverage !== null);
  };
  return {
    byId,
    records: openCoverageRecords(table),
    ofPolicy: async (policy) => listed((await idsOfPolicy.load(policy))?.coverageIds),
    ofAgreement: async (agreement) => listed((await idsOfAgreement.load(agreement))?.coverageIds),
    intoZone: itemLoader<ZonePoliciesItem>(table, 'zone', linkageKeys.zonePolicies),
  };
}
