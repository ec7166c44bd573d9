/** Qualifications, sites and supply links as inputs state them. */
import { type QualificationRecord, type SupplyLinkKey, UNKNOWN_PARTNER } from '../../../domain/enterprises/holdings.ts';
import type { StatedOf } from '../../../domain/register/proposal.ts';
import { newUlid } from '../../../storage/dynamodb/new-id.ts';
import { localizedText } from '../../../subgraph/context.ts';
import type { Context } from '../context.ts';
import type {
  EndSupplyLinkInput,
  RecordQualificationInput,
  RecordSiteInput,
  RecordSupplyLinkInput,
} from '../generated/types.ts';

export function statedQualification(input: RecordQualificationInput): QualificationRecord {
  const { kind, number, issuer, validFrom, validTo, zone } = input;
  return {
    ...{ kind, number: number.trim(), issuer: localizedText(issuer), validFrom, validTo: validTo ?? null },
    ...(zone != null && { zoneId: zone }),
  };
}

/** Returns a site as stated. One without an id is new. */
export function statedSite({ site: id, kind, name, regionCode, fills }: RecordSiteInput, now: Date): StatedOf<'SITE'> {
  const site = {
    ...{ id: id ?? `site_${newUlid(now)}`, kind, name: localizedText(name), regionCode },
    ...(fills && { fills: { parkId: fills.park, sector: fills.sector, goodsCode: fills.goodsCode } }),
  };
  return { kind: 'SITE', site, isNew: id == null };
}

/** Returns the key of a supply link as stated. The rules refuse a partner of an unknown code. */
export async function statedLink(
  { direction, partner, regionCode, goodsCode }: RecordSupplyLinkInput | EndSupplyLinkInput,
  { store }: Context,
): Promise<SupplyLinkKey> {
  const enterprise = partner == null ? null : await store.enterprises.byUscc.load(partner);
  return {
    direction,
    partnerId: partner == null ? null : (enterprise?.id ?? UNKNOWN_PARTNER),
    ...(regionCode != null && { regionCode }),
    ...(goodsCode != null && { goodsCode }),
  };
}
