/**
 * The items of the parks table, as stored, each beside the function that makes it from its facts. The id of a zone, a
 * park, a policy or an indicator is its code with a prefix.
 */

import type { QuestionBinding } from '../../domain/access/write-relation.ts';
import type { ArrangementFacts } from '../../domain/calendar/arrangement.ts';
import { makeId } from '../../domain/ids.ts';
import type { IndicatorFacts } from '../../domain/indicators/definition.ts';
import type { ObservationFacts } from '../../domain/observations/observation.ts';
import type { ObservationsProposalFacts } from '../../domain/observations/proposal.ts';
import type { ParkControlFacts } from '../../domain/places/control-units.ts';
import type { ParkFacilitiesFacts } from '../../domain/places/facilities.ts';
import type { ParkFacts } from '../../domain/places/park.ts';
import type { UnitPostsFacts } from '../../domain/places/posts.ts';
import type { ZoneFacts } from '../../domain/places/zone.ts';
import type { ClauseRecord, PolicyFacts } from '../../domain/policies/policy.ts';
import { inForceEntries } from '../../domain/policies/policy-version.ts';
import type { SavedQuestion } from '../../domain/questions/saved-question.ts';
import type { Publication } from '../../domain/records/publication.ts';
import type { Versioned } from '../../domain/records/record.ts';
import { type PrimaryKey, parkIndexes, parkKeys } from '../tables.ts';

export type ZoneItem = ReturnType<typeof zoneItem>;
export function zoneItem(zone: ZoneFacts) {
  const id = makeId('zone', zone.code);
  return {
    ...zone,
    ...parkKeys.zone(id),
    ...parkIndexes.zones(zone.code),
    ...parkIndexes.zonesOfKind(zone.kind, zone.code),
    type: 'Zone' as const,
    id,
  };
}

export type ParkItem = ReturnType<typeof parkItem>;
export function parkItem(park: ParkFacts) {
  const id = makeId('park', park.code);
  return {
    ...park,
    ...parkKeys.park(id),
    ...parkIndexes.parks(park.code),
    ...parkIndexes.parksOfZone(park.zoneId, park.code),
    type: 'Park' as const,
    id,
  };
}

/** All facilities of a park: one item, so that many parks take one BatchGet. */
export type ParkFacilitiesItem = ReturnType<typeof parkFacilitiesItem>;
export function parkFacilitiesItem(facts: ParkFacilitiesFacts) {
  return { ...facts, ...parkKeys.facilities(facts.parkId), type: 'ParkFacilities' as const };
}

/** All control units of a park: one item, so that many parks take one BatchGet. */
export type ParkControlItem = ReturnType<typeof parkControlItem>;
export function parkControlItem(facts: ParkControlFacts) {
  return { ...facts, ...parkKeys.control(facts.parkId), type: 'ParkControl' as const };
}

/** The posts of a control unit: an item a unit, so that units publish beside each other. */
export type UnitPostsItem = ReturnType<typeof unitPostsItem>;
export function unitPostsItem(facts: UnitPostsFacts) {
  return { ...facts, ...parkKeys.posts(facts.parkId, facts.unitCode), type: 'UnitPosts' as const };
}

export type PolicyItem = ReturnType<typeof policyItem>;
export function policyItem(policy: PolicyFacts) {
  const id = makeId('policy', policy.code);
  const newest = policy.versions[0];
  if (!newest) throw new RangeError(`${id} has no version`);
  const order = `${newest.validFrom}#${id}`;
  return {
    ...policy,
    ...parkKeys.policy(id),
    ...parkIndexes.policies(order),
    ...parkIndexes.policiesOfIssuer(policy.issuer.code, order),
    ...parkIndexes.policiesForSubject(policy.subject, order),
    type: 'Policy' as const,
    id,
  };
}

/** The clauses of one version of a policy. */
export type PolicyClausesItem = ReturnType<typeof policyClausesItem>;
export function policyClausesItem(policyId: string, number: number, clauses: readonly ClauseRecord[]) {
  return { policyId, number, clauses, ...parkKeys.clauses(policyId, number), type: 'PolicyClauses' as const };
}

/** An entry of a policy version that is in force on every day of a bucket (a year, a month, a day, or open end). */
export type PolicyInForceItem = ReturnType<typeof policyInForceItems>[number];
/**
 * Returns the items by which `policies(inForceOn)` finds a policy. One transaction writes and deletes them with its
 * versions.
 */
export function policyInForceItems(policy: PolicyItem) {
  return inForceEntries(policy.versions).map(({ bucket, from, number }) => ({
    policyId: policy.id,
    number,
    ...parkKeys.inForce(bucket, from, policy.id),
    ...parkIndexes.inForceOfIssuer(policy.issuer.code, bucket, from, policy.id),
    ...parkIndexes.inForceForSubject(policy.subject, bucket, from, policy.id),
    type: 'PolicyInForce' as const,
  }));
}

export type IndicatorItem = ReturnType<typeof indicatorItem>;
export function indicatorItem(indicator: IndicatorFacts) {
  const id = makeId('ind', indicator.code);
  return {
    ...indicator,
    ...parkKeys.indicator(id),
    ...parkIndexes.indicators(indicator.code),
    type: 'Indicator' as const,
    id,
  };
}

/** The arrangement of a year's holidays. */
export type CalendarYearItem = ReturnType<typeof calendarYearItem>;
export function calendarYearItem(facts: ArrangementFacts) {
  return { ...facts, ...parkKeys.calendarYear(`${facts.year}`), type: 'CalendarYear' as const };
}

/** A saved question. One that is withdrawn is in no list. */
export type QuestionItem = ReturnType<typeof questionItem>;
export function questionItem(question: SavedQuestion) {
  const { id, isWithdrawn } = question;
  return {
    ...question,
    ...parkKeys.question(id),
    ...(isWithdrawn ? {} : parkIndexes.questions(questionList(question), id)),
    type: 'SavedQuestion' as const,
  };
}

/** Returns the name of the list that a question is in. */
export const questionList = ({ audience, savedBy, zoneId }: QuestionBinding): string =>
  audience === 'PUBLIC' ? audience : `${audience}#${audience === 'OWN' ? savedBy : zoneId}`;

export type ObservationItem = ReturnType<typeof observationItem>;
export function observationItem(observation: ObservationFacts) {
  const { geographyId, indicatorId, period, basis } = observation;
  return {
    ...observation,
    ...parkKeys.observation(geographyId, period.unit, period.to, indicatorId, basis),
    ...parkIndexes.observationsOfIndicator(geographyId, indicatorId, period.unit, period.to, basis),
    type: 'Observation' as const,
  };
}

/** The newest proposal of a park's observations. */
export type ObservationsProposalItem = ReturnType<typeof observationsProposalItem>;
export function observationsProposalItem(facts: ObservationsProposalFacts) {
  return { ...facts, ...parkKeys.observationsProposal(facts.parkId), type: 'ObservationsProposal' as const };
}

/** One published version of a record: the event of its publication, never changed. */
export function recordVersionItem(
  current: PrimaryKey & Versioned & { readonly type: string },
  facts: Versioned,
  publication: Publication,
) {
  const { type: of, version } = current;
  return {
    ...parkKeys.recordVersion(current, version),
    type: 'RecordVersion' as const,
    of,
    version,
    facts,
    publication,
  };
}

/** The event of a policy's publication or withdrawal. */
export type PolicyVersionEvent = ReturnType<typeof recordVersionItem> & {
  readonly of: 'Policy';
  /** `published` is the number of the version that is new; missing for a withdrawal. */
  readonly facts: PolicyFacts & { readonly published?: number };
};
