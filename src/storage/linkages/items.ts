/**
 * The items of the linkages table, as stored, each beside the function that makes it from its facts. Facts of policies,
 * parks and enterprises are copies, updated from the streams of the owning subgraphs. A copy stores its source version,
 * and an older one never replaces it.
 */
import type { DayInterval } from '../../domain/calendar/day.ts';
import { makeId } from '../../domain/ids.ts';
import {
  type AgreementKind,
  type AgreementRecord,
  firstDayInForce,
  type RecordedStatus,
  type ReplacedTerms,
} from '../../domain/linkages/agreement.ts';
import type { SubjectKind } from '../../domain/linkages/coverage.ts';
import type { CoverageRecord } from '../../domain/linkages/covering.ts';
import type { AgreementEvent } from '../../domain/linkages/linkage-event.ts';
import type { SigningRule } from '../../domain/linkages/signing-rule.ts';
import type { Localized } from '../../domain/locale.ts';
import type { CopiedPolicy } from '../../domain/policies/policy-version.ts';
import type { Publication } from '../../domain/records/publication.ts';
import { linkageIndexes, linkageKeys } from '../tables.ts';

export type { AgreementRecord, PartyRecord, ShareTermRecord } from '../../domain/linkages/agreement.ts';
export type { CoverageRecord } from '../../domain/linkages/covering.ts';

/** Sorts after every day. */
export const NO_END = '9999-12-31';

export type AgreementItem = ReturnType<typeof agreementItem>;
export function agreementItem(agreement: AgreementRecord) {
  return { ...agreement, ...linkageKeys.agreement(agreement.id), type: 'Agreement' as const };
}

/**
 * A version of an agreement, with the officer who made it. It is never changed.
 * @param event the event that its parties are told of; null where they are told of none
 */
export type AgreementVersionItem = ReturnType<typeof agreementVersionItem>;
export function agreementVersionItem(
  agreement: AgreementRecord,
  publication: Publication,
  event: AgreementEvent | null,
) {
  const { version } = agreement;
  return {
    ...linkageKeys.recordVersion(linkageKeys.agreement(agreement.id), version),
    type: 'RecordVersion' as const,
    of: 'Agreement' as const,
    version,
    event,
    facts: agreement,
    publication,
  };
}

/** The terms that amendments of an agreement have replaced, oldest first. */
export type ReplacedTermsItem = ReturnType<typeof replacedTermsItem>;
export function replacedTermsItem(agreementId: string, terms: readonly ReplacedTerms[]) {
  return { agreementId, terms, ...linkageKeys.replacedTerms(agreementId), type: 'ReplacedTerms' as const };
}

/** The rule by which a zone signs. */
export type SigningRuleItem = ReturnType<typeof signingRuleItem>;
export function signingRuleItem(rule: SigningRule) {
  return { ...rule, ...linkageKeys.signingRule(rule.zoneId), type: 'SigningRule' as const };
}

/** A version of a zone's rule of signing, with the officer who made it. It is never changed. */
export function signingRuleVersionItem(rule: SigningRule, publication: Publication) {
  const { version } = rule;
  return {
    ...linkageKeys.recordVersion(linkageKeys.signingRule(rule.zoneId), version),
    type: 'RecordVersion' as const,
    of: 'SigningRule' as const,
    version,
    facts: rule,
    publication,
  };
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

/** The part of an agreement that a walk from zone to zone reads. */
export interface LinkRecord extends DayInterval {
  readonly kind: AgreementKind;
  readonly zoneIds: readonly string[];
  readonly status: RecordedStatus;
  readonly terminatedOn: string | null;
}

/** The agreements and groups of a zone: one item, so that many zones take one BatchGet. */
export type ZoneLinksItem = ReturnType<typeof zoneLinksItem>;
export function zoneLinksItem(zoneId: string, groupIds: readonly string[], agreements: readonly AgreementRecord[]) {
  return {
    zoneId,
    groupIds,
    /** By agreement id. */
    links: Object.fromEntries(agreements.map(linkOf)) as Readonly<Record<string, LinkRecord>>,
    ...linkageKeys.zoneLinks(zoneId),
    type: 'ZoneLinks' as const,
  };
}

/** Returns an agreement's id and its part in `LINKS` items. */
export function linkOf(agreement: AgreementRecord): readonly [id: string, link: LinkRecord] {
  const { id, kind, parties, status, terminatedOn, validTo: to } = agreement;
  const zoneIds = parties.map(({ zoneId }) => zoneId);
  return [id, { zoneIds, kind, status, terminatedOn, from: firstDayInForce(agreement), to }];
}

export type CoverageItem = ReturnType<typeof coverageItem>;
export function coverageItem(coverage: CoverageRecord) {
  return { ...coverage, ...linkageKeys.coverage(coverage.id), type: 'PolicyCoverage' as const };
}

/** A version of a coverage, with the officer who made it. It is never changed. */
export type CoverageVersionItem = ReturnType<typeof coverageVersionItem>;
export function coverageVersionItem(coverage: CoverageRecord, publication: Publication) {
  const { version } = coverage;
  return {
    ...linkageKeys.recordVersion(linkageKeys.coverage(coverage.id), version),
    type: 'RecordVersion' as const,
    of: 'PolicyCoverage' as const,
    version,
    event: version === 1 ? ('ADDED' as const) : ('ENDED' as const),
    facts: coverage,
    publication,
  };
}

/** The ids of the coverages that rest on an agreement. */
export type AgreementCoveragesItem = ReturnType<typeof agreementCoveragesItem>;
export function agreementCoveragesItem(agreementId: string, coverageIds: readonly string[]) {
  return {
    agreementId,
    ...idSet('coverageIds', coverageIds),
    ...linkageKeys.coveragesOfAgreement(agreementId),
    type: 'AgreementCoverages' as const,
  };
}

/** Returns an attribute with a set of ids. DynamoDB has no empty set, so the attribute is absent without members. */
export function idSet<Name extends string>(
  name: Name,
  ids: readonly string[],
): { readonly [N in Name]?: ReadonlySet<string> } {
  const attribute: { [N in Name]?: ReadonlySet<string> } = {};
  if (ids.length > 0) attribute[name] = new Set(ids);
  return attribute;
}

/** A zone's own policies, and the coverages into the zone: sets, to which a write adds without a read. */
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

/** The facts of a policy that linkages copies. */
export interface PolicyFactsRecord extends CopiedPolicy {
  readonly subject: SubjectKind;
}

export type PolicyFactsItem = ReturnType<typeof policyFactsItem>;
export function policyFactsItem(facts: PolicyFactsRecord) {
  return { ...facts, ...linkageKeys.policyFacts(facts.policyId), type: 'PolicyFacts' as const };
}

/** The location of a park. */
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

/** A zone that exists. */
export interface ZoneFactsRecord {
  readonly zoneId: string;
  readonly sourceVersion: number;
}

export type ZoneFactsItem = ReturnType<typeof zoneFactsItem>;
export function zoneFactsItem(facts: ZoneFactsRecord) {
  return { ...facts, ...linkageKeys.zoneFacts(facts.zoneId), type: 'ZoneFacts' as const };
}

/** The facts of an enterprise that linkages copies. */
export interface SubjectFactsRecord {
  readonly enterpriseId: string;
  readonly uscc: string;
  readonly sector: string;
  readonly sizeClass: string;
  /** Without the settled ones. */
  readonly residencies: readonly (DayInterval & { readonly parkId: string })[];
  /** The last settled day; absent before there is one. */
  readonly settledTo?: string;
  readonly qualifications: readonly (DayInterval & { readonly kind: string; readonly zoneId?: string })[];
  readonly sites: readonly { readonly id: string; readonly kind: string; readonly regionCode: string }[];
  readonly sourceVersion: number;
}

/** The same facts under each name that a query may use for a subject, so that one read finds them. */
export type SubjectFactsItem = ReturnType<typeof subjectFactsItems>[number];
export function subjectFactsItems(facts: SubjectFactsRecord) {
  return [facts.enterpriseId, facts.uscc, ...facts.sites.map(({ id }) => id)].map((name) => ({
    ...facts,
    ...linkageKeys.subjectFacts(name),
    type: 'SubjectFacts' as const,
  }));
}
