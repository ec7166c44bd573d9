import type { AgreementItem, CoverageItem } from '../../storage/linkages/items.ts';
import type { LinkagesStore } from '../../storage/linkages/store.ts';

/** The agreement that something stored rests on: it is never deleted. */
export async function knownAgreement({ agreements }: LinkagesStore, id: string): Promise<AgreementItem> {
  const agreement = await agreements.byId.load(id);
  if (!agreement) throw new Error(`${id} is referred to and not there`);
  return agreement;
}

/** The coverage that a decision rests on. */
export async function knownCoverage({ coverages }: LinkagesStore, id: string): Promise<CoverageItem> {
  const coverage = await coverages.byId.load(id);
  if (!coverage) throw new Error(`${id} is referred to and not there`);
  return coverage;
}
