/**
 * The items of the linkages table, as they are stored, each beside the function that makes it: what goes in are the facts,
 * what comes out has its keys. Facts about policies, parks and enterprises are copies, kept up by the streams of the
 * subgraphs that own them: a copy remembers the version that it was made of and is never replaced by an older one.
 */
import type { PartnerPurpose } from '../../domain/access/purpose.ts';
import type { DayInterval } from '../../domain/calendar/day.ts';
import { makeId } from '../../domain/ids.ts';
import type { AgreementStatus, CoverageCondition, SubjectKind } from '../../domain/linkages/coverage.ts';
import type { Localized } from '../../domain/locale.ts';
import type { InForceInterval } from '../../domain/policies/policy-version.ts';
import { linkageIndexes, linkageKeys } from '../tables.ts';

export type AgreementKind = 'JOINT_DEVELOPMENT' | 'BENEFIT_SHARING' | 'CROSS_COVERAGE' | 'MUTUAL_RECOGNITION';
export type PartyRole = 'ORIGIN' | 'DESTINATION' | 'OPERATOR';
/** What is recorded of an agreement; that a signed one has expired follows from the day. */
export type RecordedStatus = Exclude<AgreementStatus, 'EXPIRED'>;

/** Sorts behind every day. */
export const NO_END = '9999-12-31';

export interface PartyRecord {
  readonly zoneId: string;
  readonly role: PartyRole;
  /** Null while this party has not signed. */
  readonly signedOn: string | null;
}

export interface ShareTermRecord {
  readonly base: 'TAX' | 'GDP' | 'OUTPUT' | 'FUND';
  /** Basis points that sum to 10,000. */
  readonly shares: readonly { readonly role: PartyRole; readonly basisPoints: number }[];
  /** Whole fen: the most that the origin may get over all stages. */
  readonly cap: string | null;
  readonly years: number;
  readonly extensionYears: number;
}

export interface AgreementRecord {
  readonly id: string;
  readonly version: number;
  readonly title: Localized;
  readonly kind: AgreementKind;
  readonly status: RecordedStatus;
  /** The last day of a terminated one; null for the others. */
  readonly terminatedOn: string | null;
  readonly parties: readonly PartyRecord[];
  readonly validFrom: string;
  /** The last day; null while it has no end. */
  readonly validTo: string | null;
  /** When the last party signed. */
  readonly signedOn: string | null;
  /** What a party may use the others' data for. */
  readonly purposes: readonly PartnerPurpose[];
  readonly shareTerms: readonly ShareTermRecord[];
  /** The coverages that rest on it. */
  readonly coverageIds: readonly string[];
}

export type AgreementItem = ReturnType<typeof agreementItem>;
export function agreementItem(agreement: AgreementRecord) {
  return { ...agreement, ...linkageKeys.agreement(agreement.id), type: 'Agreement' as const };
}

/** An agreement in the lists of one of its zones. */
export type AgreementPartyItem = ReturnType<typeof agreementPartyItems>[number];
export function agreementPartyItems({ id, kind, status, validFrom, validTo, parties }: AgreementRecord) {
  return [...new Set(parties.map(({ zoneId }) => zoneId))].map((zoneId) => ({
    zoneId,
    agreementId: id,
    ...linkageKeys.party(zoneId, validFrom, id),
    ...linkageIndexes.partyOfKind(zoneId, kind, validFrom, id),
    ...linkageIndexes.partyInStatus(zoneId, status, validTo ?? NO_END, id),
    type: 'AgreementParty' as const,
  }));
}

/** As much of an agreement as a walk from zone to zone needs. */
export interface LinkRecord extends DayInterval {
  readonly zoneIds: readonly string[];
  readonly status: RecordedStatus;
  readonly terminatedOn: string | null;
}

/** A zone's agreements and groups: one item, so that many zones are one BatchGet. */
export type ZoneLinksItem = ReturnType<typeof zoneLinksItem>;
export function zoneLinksItem(zoneId: string, groupIds: readonly string[], agreements: readonly AgreementRecord[]) {
  const links = agreements.map(({ id, parties, status, terminatedOn, validFrom, validTo }): [string, LinkRecord] => [
    id,
    { zoneIds: parties.map((party) => party.zoneId), status, terminatedOn, from: validFrom, to: validTo },
  ]);
  return {
    zoneId,
    groupIds,
    /** By the agreement's id. */
    links: Object.fromEntries(links) as Readonly<Record<string, LinkRecord>>,
    ...linkageKeys.zoneLinks(zoneId),
    type: 'ZoneLinks' as const,
  };
}

export interface CoverageRecord {
  readonly id: string;
  readonly version: number;
  readonly policyId: string;
  /** The version of the policy that the parties agreed on: the coverage holds while that one is in force. */
  readonly policyVersion: { readonly number: number; readonly validFrom: string; readonly validTo: string | null };
  readonly fromZoneId: string;
  readonly toZoneId: string;
  readonly subject: SubjectKind;
  readonly conditions: readonly CoverageCondition[];
  readonly validFrom: string;
  /** The last day; null while it has no end. */
  readonly validTo: string | null;
  readonly agreementId: string;
}

export type CoverageItem = ReturnType<typeof coverageItem>;
export function coverageItem(coverage: CoverageRecord) {
  return { ...coverage, ...linkageKeys.coverage(coverage.id), type: 'PolicyCoverage' as const };
}

/** DynamoDB has no empty set: an attribute without members isn't there. */
function idSet<Name extends string>(
  name: Name,
  ids: readonly string[],
): { readonly [N in Name]?: ReadonlySet<string> } {
  const attribute: { [N in Name]?: ReadonlySet<string> } = {};
  if (ids.length > 0) attribute[name] = new Set(ids);
  return attribute;
}

/** Which policies a zone has itself, and which coverages reach into it. Sets, which a write adds to without reading. */
export type ZonePoliciesItem = ReturnType<typeof zonePoliciesItem>;
export function zonePoliciesItem(zoneId: string, policyIds: readonly string[], coverageIds: readonly string[]) {
  return {
    zoneId,
    ...idSet('policyIds', policyIds),
    ...idSet('coverageIds', coverageIds),
    ...linkageKeys.zonePolicies(zoneId),
    type: 'ZonePolicies' as const,
  };
}

export type PolicyCoveragesItem = ReturnType<typeof policyCoveragesItem>;
export function policyCoveragesItem(policyId: string, coverageIds: readonly string[]) {
  return {
    policyId,
    ...idSet('coverageIds', coverageIds),
    ...linkageKeys.coveragesOfPolicy(policyId),
    type: 'PolicyCoverages' as const,
  };
}

export interface GroupRecord {
  readonly code: string;
  readonly name: Localized;
  readonly zoneIds: readonly string[];
}

export type LinkageGroupItem = ReturnType<typeof linkageGroupItem>;
export function linkageGroupItem(group: GroupRecord) {
  const id = makeId('lgrp', group.code);
  return { ...group, ...linkageKeys.group(id), type: 'LinkageGroup' as const, id };
}

export interface RelocationRecord {
  readonly id: string;
  readonly enterpriseId: string;
  readonly fromZoneId: string;
  readonly toZoneId: string;
  readonly registeredOn: string;
  readonly agreementId: string | null;
}

export type RelocationItem = ReturnType<typeof relocationItem>;
export function relocationItem(relocation: RelocationRecord) {
  return { ...relocation, ...linkageKeys.relocation(relocation.id), type: 'Relocation' as const };
}

export type EnterpriseRelocationsItem = ReturnType<typeof enterpriseRelocationsItem>;
export function enterpriseRelocationsItem(enterpriseId: string, relocationIds: readonly string[]) {
  return {
    enterpriseId,
    ...idSet('relocationIds', relocationIds),
    ...linkageKeys.relocationsOfEnterprise(enterpriseId),
    type: 'EnterpriseRelocations' as const,
  };
}

/** What linkages has to know of a policy. */
export interface PolicyFactsRecord {
  readonly policyId: string;
  readonly homeZoneIds: readonly string[];
  readonly subject: SubjectKind;
  /** When its versions are in force, none overlapping another. */
  readonly inForce: readonly InForceInterval[];
  /** The policy's own version. */
  readonly sourceVersion: number;
}

export type PolicyFactsItem = ReturnType<typeof policyFactsItem>;
export function policyFactsItem(facts: PolicyFactsRecord) {
  return { ...facts, ...linkageKeys.policyFacts(facts.policyId), type: 'PolicyFacts' as const };
}

/** Where a park is. */
export interface ParkFactsRecord {
  readonly parkId: string;
  readonly zoneId: string;
  /** GB/T 2260, six digits. */
  readonly regionCode: string;
  readonly sourceVersion: number;
}

export type ParkFactsItem = ReturnType<typeof parkFactsItem>;
export function parkFactsItem(facts: ParkFactsRecord) {
  return { ...facts, ...linkageKeys.parkFacts(facts.parkId), type: 'ParkFacts' as const };
}

/** What linkages has to know of an enterprise. */
export interface SubjectFactsRecord {
  readonly enterpriseId: string;
  readonly uscc: string;
  readonly sector: string;
  readonly residencies: readonly (DayInterval & { readonly parkId: string })[];
  readonly qualifications: readonly (DayInterval & { readonly kind: string })[];
  readonly sites: readonly { readonly id: string; readonly kind: string; readonly regionCode: string }[];
  readonly sourceVersion: number;
}

/** The same facts under each name that a subject may be asked for by: one read finds them, whichever it is. */
export type SubjectFactsItem = ReturnType<typeof subjectFactsItems>[number];
export function subjectFactsItems(facts: SubjectFactsRecord) {
  return [facts.enterpriseId, facts.uscc, ...facts.sites.map(({ id }) => id)].map((name) => ({
    ...facts,
    ...linkageKeys.subjectFacts(name),
    type: 'SubjectFacts' as const,
  }));
}
