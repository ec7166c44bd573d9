/** The facts of other subgraphs' entities that linkages copies. */
import { inForceIntervals } from '../../domain/policies/policy-version.ts';
import { type LinkedEnterprise, supplyFactsOf } from '../../domain/supply-chains/supply.ts';
import type { EnterpriseItem } from '../enterprises/items.ts';
import type { ParkItem, PolicyItem, ZoneItem } from '../parks/items.ts';
import type { ParkFactsRecord, PolicyFactsRecord, SubjectFactsRecord, ZoneFactsRecord } from './items.ts';
import type { SuppliedCopy } from './supply-chains/items.ts';

export function zoneFactsOf({ id, version }: ZoneItem): ZoneFactsRecord {
  return { zoneId: id, sourceVersion: version };
}

export function parkFactsOf({ id, zoneId, regionCode, version }: ParkItem): ParkFactsRecord {
  return { parkId: id, zoneId, regionCode, sourceVersion: version };
}

export function policyFactsOf({ id, homeZoneIds, subject, versions, version }: PolicyItem): PolicyFactsRecord {
  const inForce = inForceIntervals(versions).map((interval) => {
    const terms = versions.find(({ number }) => number === interval.number)?.terms;
    return { ...interval, ...(terms && { rule: terms.rule }) };
  });
  return { policyId: id, homeZoneIds, subject, inForce, sourceVersion: version };
}

type Copied =
  | 'id'
  | 'uscc'
  | 'sector'
  | 'sizeClass'
  | 'residencies'
  | 'qualifications'
  | 'sites'
  | 'settledTo'
  | 'version';

export function subjectFactsOf(enterprise: Pick<EnterpriseItem, Copied>): SubjectFactsRecord {
  const { id, uscc, sector, sizeClass, residencies, qualifications, sites, settledTo, version } = enterprise;
  return {
    enterpriseId: id,
    uscc,
    sector,
    sizeClass,
    residencies: residencies.map(({ parkId, from, to }) => ({ parkId, from, to })),
    qualifications: qualifications.map(({ kind, validFrom, validTo, zoneId }) => ({
      ...{ kind, from: validFrom, to: validTo },
      ...(zoneId !== undefined && { zoneId }),
    })),
    sites: sites.map(({ id, kind, regionCode }) => ({ id, kind, regionCode })),
    ...(settledTo !== undefined && { settledTo }),
    sourceVersion: version,
  };
}

export function suppliedCopyOf(enterprise: LinkedEnterprise & { readonly version: number }): SuppliedCopy {
  return { ...supplyFactsOf(enterprise), sourceVersion: enterprise.version };
}
