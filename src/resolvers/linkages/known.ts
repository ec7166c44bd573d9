import type { AgreementItem, CoverageItem } from '../../storage/linkages/items.ts';
import type { LinkagesStore } from '../../storage/linkages/store.ts';

/** Returns the agreement under a stored record. Agreements are never deleted. */
export async function knownAgreement({ agreements }: LinkagesStore, id: string): Promise<AgreementItem> {
  const agreement = await agreements.byId.load(id);
  if (!agreement) throw new Error(`${id} is referred to and not there`);
  return agreement;
}

/** Returns the coverage under a decision. */
export async function knownCoverage({ coverages }: LinkagesStore, id: string): Promise<CoverageItem> {
  const coverage = await coverages.byId.load(id);
  if (!coverage) throw new Error(`${id} is referred to and not there`);
  return coverage;
}
