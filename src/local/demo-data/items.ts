/**
 * The demo data as items of the tables. They are generated one by one, so that only one is in memory. Except for the
 * story's figures and names, all data are synthetic and say so.
 */
import type { StoreName } from '../../config.ts';
import type { CaseEvent } from '../../domain/cases/fold.ts';
import { settle } from '../../domain/enterprises/history.ts';
import { makeId } from '../../domain/ids.ts';
import type { ParkControlFacts } from '../../domain/places/control-units.ts';
import type { PolicyFacts } from '../../domain/policies/policy.ts';
import type { CaseCount } from '../../domain/statistics/counting.ts';
import { caseSecretItem } from '../../storage/credentials/items.ts';
import { untaggedReceiptsItems } from '../../storage/credentials/untagged-receipts.ts';
import { settledItems } from '../../storage/enterprises/history/items.ts';
import type { EnterpriseEvent } from '../../storage/enterprises/items.ts';
import { knownFacilitiesItem } from '../../storage/enterprises/known-facilities.ts';
import * as enterprises from '../../storage/enterprises/make-items.ts';
import { parkNeedsItems } from '../../storage/enterprises/park-needs.ts';
import { policyNoticeItems } from '../../storage/enterprises/policy-notices.ts';
import { hasPolicyTerms, policyTermsItem } from '../../storage/enterprises/simulations/policy-terms.ts';
import { hasMoved, relocatedEnterpriseItem } from '../../storage/enterprises/simulations/relocation-copies.ts';
import { parkFactsOf, policyFactsOf, subjectFactsOf, zoneFactsOf } from '../../storage/linkages/facts-of.ts';
import * as linkages from '../../storage/linkages/items.ts';
import { recognitionItem, zoneRecognitionsItem } from '../../storage/linkages/recognition-items.ts';
import {
  enterpriseRelocationsItem,
  relocationItem,
  zoneRelocationItems,
} from '../../storage/linkages/relocations/relocation-items.ts';
import { settledStayFactsItem } from '../../storage/linkages/settled-stays.ts';
import * as parks from '../../storage/parks/items.ts';
import { type PrimaryKey, talentKeys } from '../../storage/tables.ts';
import { agreementFactsItems, cardRecognitionItems } from '../../storage/talent/agreements/card-recognitions.ts';
import { caseAgreementItems } from '../../storage/talent/agreements/case-agreements.ts';
import { casePolicyItems } from '../../storage/talent/case-types/case-policies.ts';
import { documentVersionItem } from '../../storage/talent/documents/items.ts';
import * as talent from '../../storage/talent/items.ts';
import { withCounts } from './enterprises/counted.ts';
import { coursesOf } from './enterprises/courses.ts';
import { directivesOf } from './enterprises/directives.ts';
import { identityOf } from './enterprises/enterprises.ts';
import { inspectionsOf } from './enterprises/inspections.ts';
import { offersOf } from './enterprises/offers.ts';
import { reportsOf } from './enterprises/operation-reports.ts';
import { registeredOf } from './enterprises/register.ts';
import { DemoSupply } from './enterprises/supply-links.ts';
import { projectsOf, supportRequestsOf, trackingOf } from './enterprises/support.ts';
import { AGREEMENTS, COVERAGES, REPLACED_TERMS } from './parks/agreements.ts';
import { indicators, observations } from './parks/indicators.ts';
import { ledgerItems } from './parks/ledger.ts';
import { controlUnits, type DemoPark, demoParks, facilities, HEADLINE_PARK } from './parks/parks.ts';
import { policies } from './parks/policies.ts';
import { posts } from './parks/posts.ts';
import { questions } from './parks/questions.ts';
import { RECOGNITIONS } from './parks/recognitions.ts';
import { relocations } from './parks/relocations.ts';
import { sampleObservationItems } from './parks/sample-observations.ts';
import { GROUPS, zones } from './parks/zones.ts';
import type { Scale } from './scale.ts';
import { addCounts, caseFigureItems, countsOfCase } from './talent/case-figures.ts';
import { caseSecretOf } from './talent/case-secrets.ts';
import { caseTypeVersions } from './talent/case-types.ts';
import { caseDeadlineItems, demoBookmarkItem, demoWork } from './talent/case-work.ts';
import { caseOf, type DemoCase } from './talent/cases.ts';
import { sampleNameOf, versionsOf } from './talent/documents.ts';
import { earlierCounts } from './talent/earlier-cases.ts';
import { DemoPlaces } from './talent/places.ts';
import { recordedFactsItems } from './talent/recorded-facts.ts';
import type { SealedPersons } from './talent/sealed-persons.ts';

/** Returns the event of the publication of a policy's newest version, on its first day. */
function policyPublished(facts: PolicyFacts): parks.PolicyVersionEvent {
  const policy = parks.policyItem(facts);
  const [newest] = facts.versions;
  const at = `${newest?.validFrom}T01:00:00.000Z`;
  const event = parks.recordVersionItem(policy, facts, { at, by: 'demo', agency: null });
  return { ...event, of: 'Policy', facts: { ...facts, published: newest?.number ?? 1 } };
}

/** Yields the items of the parks table. */
function* parkItems(scale: Scale): Generator<PrimaryKey> {
  for (const zone of zones()) yield parks.zoneItem(zone);
  for (const { facts } of demoParks(scale)) yield parks.parkItem(facts);
  yield parks.parkFacilitiesItem(facilities());
  yield parks.parkControlItem(controlUnitsOf(scale));
  for (const ofUnit of posts()) yield parks.unitPostsItem(ofUnit);
  for (const { facts, clauses } of policies()) {
    const policy = parks.policyItem(facts);
    yield policy;
    yield* parks.policyInForceItems(policy);
    yield policyPublished(facts);
    if (clauses) yield parks.policyClausesItem(policy.id, clauses.number, clauses.list);
  }
  for (const indicator of indicators()) yield parks.indicatorItem(indicator);
  for (const observation of observations()) yield parks.observationItem(observation);
  yield* sampleObservationItems();
  for (const question of questions()) yield parks.questionItem(question);
}

/** Returns the park's control units. A resident of the park is its property manager. */
function controlUnitsOf(scale: Scale): ParkControlFacts {
  const { units, ...control } = controlUnits();
  const park = demoParks(scale).find(({ id }) => id === HEADLINE_PARK);
  const manager = park && { enterpriseId: identityOf(park, PROPERTY_MANAGER).id };
  return {
    ...control,
    units: units.map((unit) => (unit.kind === 'PROPERTY_MANAGER' ? { ...unit, ...manager } : unit)),
  };
}

/** The number of the property manager in the headline park. */
const PROPERTY_MANAGER = 20;

type EnterpriseTableItem = PrimaryKey | EnterpriseEvent;

function* itemsOfEnterprise(
  park: DemoPark,
  index: number,
  scale: Scale,
  anchor: string,
): Generator<EnterpriseTableItem> {
  const { enterprise, events } = registeredOf(park, index, anchor);
  const { recent, settled } = settle(enterprise, anchor);
  yield enterprises.enterpriseItem(recent);
  yield* settledItems(enterprise.id, settled);
  yield enterprises.usccItem(enterprise);
  yield* enterprises.residentItems(enterprise);
  yield* parkNeedsItems(enterprise);
  yield* enterprises.enterpriseNameItems(enterprise);
  const from = enterprise.residencies[0]?.from ?? '';
  yield* enterprises.enterpriseChanges(null, enterprise, `${from}T01:00:00.000Z`);
  yield* events;
  let before: Parameters<typeof enterprises.operationReported>[1] = null;
  for (const report of reportsOf(park, index, enterprise, scale)) {
    const isCorrection = before !== null && before.on === report.on;
    if (before && !isCorrection) yield enterprises.operationReportItem(before);
    yield enterprises.operationReported(enterprise, isCorrection ? before : null, report);
    before = report;
  }
  if (before) yield enterprises.operationReportItem(before);
  yield enterprises.reportingItem(enterprise.id, enterprise.version, before?.on);
  if (park.id !== HEADLINE_PARK) return;
  yield enterprises.trackingItem(trackingOf(enterprise.id));
  for (const request of supportRequestsOf(enterprise.id)) yield enterprises.supportRequestItem(request);
}

function* inspectionItems(park: DemoPark): Generator<EnterpriseTableItem> {
  for (const inspection of inspectionsOf(park)) {
    yield enterprises.inspectionItem(inspection);
    yield* enterprises.inspectionEntries(inspection);
  }
}

function* uncountedEnterpriseItems(scale: Scale, anchor: string): Generator<EnterpriseTableItem> {
  for (const { facts } of policies()) {
    yield* policyNoticeItems(policyPublished(facts));
    if (hasPolicyTerms(facts)) yield policyTermsItem(facts);
  }
  for (const park of demoParks(scale)) {
    yield enterprises.knownParkItem(park.id, park.facts.zoneId);
    if (park.id === HEADLINE_PARK) yield knownFacilitiesItem(facilities());
    for (let index = 0; index < park.enterprises; index++) yield* itemsOfEnterprise(park, index, scale, anchor);
    if (park.id !== HEADLINE_PARK) continue;
    for (const moved of relocations(park).filter(hasMoved)) yield relocatedEnterpriseItem(moved);
    for (const project of projectsOf(park)) yield enterprises.projectItem(project);
    yield* directivesOf(park);
    yield* coursesOf(park, anchor);
    yield* offersOf(park, anchor);
    yield* inspectionItems(park);
  }
}

function countedEvent(caseId: string, event: CaseEvent): talent.CountedEventItem {
  return { ...talent.caseEventItem(caseId, event), countedAt: event.at };
}

/** Cases whose counts are buffered before they are added up. */
const CASES_ADDED_UP = 1_000;

/**
 * Yields the items of the talent table.
 * @param anchor the day, `YYYY-MM-DD`, that counts as today for pending cases
 */
function* talentItems(scale: Scale, anchor: string, persons: SealedPersons): Generator<PrimaryKey> {
  const types = caseTypeVersions(anchor);
  const currents = new Map(types.map((type) => [type.id, type]));
  const versions = new Map(types.map((type) => [`${type.id} ${type.version}`, type]));
  for (const type of types) yield talent.caseTypeVersionItem(type);
  for (const type of currents.values()) yield talent.caseTypeItem(type);
  const byPolicy = Map.groupBy(currents.values(), ({ policyId }) => policyId);
  for (const [policyId, ofPolicy] of byPolicy) {
    const ids = ofPolicy.map(({ id }) => id);
    if (policyId !== null) yield talent.policyCaseTypesItem(policyId, ids);
  }
  const where = demoParks(scale);
  const work = demoWork(anchor);
  const places = new DemoPlaces();
  let counts: readonly CaseCount[] = [];
  let further: CaseCount[] = [];
  for (let number = 1; number <= scale.cases; number++) {
    const made = caseOf(number, anchor, types, where);
    const { facts, events, documents, opinions, child } = made;
    further.push(...countsOfCase(made));
    if (number % CASES_ADDED_UP === 0 || number === scale.cases) {
      counts = addCounts(counts, further);
      further = [];
    }
    yield talent.caseItem(facts);
    yield talent.receiptItem(facts.receiptNumber, facts.id);
    yield talent.applicantCaseItem(facts);
    // Counted here, because an import makes no stream records.
    for (const event of events) yield countedEvent(facts.id, event);
    for (const document of documents) yield documentOf(facts, document, persons);
    yield* documentVersions(made, persons);
    for (const opinion of opinions) yield talent.opinionItem(facts.id, opinion);
    if (child) yield talent.caseChildItem(facts.id, child);
    yield* recordedFactsItems(number, made, persons);
    const place = places.of(made);
    if (place) yield place;
    const caseType = versions.get(`${facts.caseTypeId} ${facts.caseTypeVersion}`);
    if (!caseType) throw new Error(`case ${number} is of no type`);
    yield* caseDeadlineItems(made, caseType, anchor);
    yield* work.of(made, caseType);
  }
  for (const { facts } of policies()) yield* casePolicyItems(parks.policyItem(facts));
  for (const agreement of AGREEMENTS) {
    yield* caseAgreementItems(agreement);
    yield* agreementFactsItems(agreement);
  }
  for (const recognition of RECOGNITIONS) yield* cardRecognitionItems(recognition);
  yield* work.sums();
  yield* places.sums();
  yield demoBookmarkItem(anchor);
  yield* persons.records();
  yield* caseFigureItems(counts, anchor, earlierCounts(anchor, where));
}

/** Yields the submitted documents, each file name encrypted under the applicant's key. */
function* documentVersions(made: DemoCase, persons: SealedPersons): Generator<PrimaryKey> {
  const { id, applicantId } = made.facts;
  for (const version of versionsOf(made)) {
    const key = talentKeys.documentVersion(id, version.code, version.version);
    const sealed = persons.into(applicantId, key, { fileName: sampleNameOf(version) });
    yield documentVersionItem(id, { ...version, sealed });
  }
}

const SAMPLE_NOTE = '背面的签发机关看不清，请在光线充足处重新拍照。';

/** Returns a document, with a note to the applicant where it is asked for again. */
function documentOf({ id, applicantId }: talent.CaseFacts, document: talent.CaseDocumentFacts, persons: SealedPersons) {
  if (document.status !== 'REFUSED') return talent.caseDocumentItem(id, document);
  const sealed = persons.into(applicantId, talentKeys.document(id, document.code), { note: SAMPLE_NOTE });
  return talent.caseDocumentItem(id, { ...document, sealed });
}

function* linkageFactItems(scale: Scale, anchor: string): Generator<PrimaryKey> {
  for (const zone of zones()) yield linkages.zoneFactsItem(zoneFactsOf(parks.zoneItem(zone)));
  for (const { facts } of policies()) {
    const policy = parks.policyItem(facts);
    yield linkages.policyFactsItem(policyFactsOf(policy));
    const ids = COVERAGES.filter(({ policyId }) => policyId === policy.id).map(({ id }) => id);
    if (ids.length > 0) yield linkages.policyCoveragesItem(policy.id, ids);
  }
  const supply = new DemoSupply();
  for (const park of demoParks(scale)) {
    yield linkages.parkFactsItem(parkFactsOf(parks.parkItem(park.facts)));
    for (let index = 0; index < park.enterprises; index++) {
      const { recent: enterprise, settled } = settle(registeredOf(park, index, anchor).enterprise, anchor);
      yield* linkages.subjectFactsItems(subjectFactsOf(enterprise));
      for (const item of settledItems(enterprise.id, settled)) {
        if (item.type === 'SettledStay') yield settledStayFactsItem(item);
      }
      yield* supply.of(enterprise);
    }
  }
  yield* supply.lists();
}

/** Yields the items of the linkages table, with its copies of other subgraphs' data. */
function* linkageItems(scale: Scale, anchor: string): Generator<PrimaryKey> {
  for (const agreement of AGREEMENTS) {
    yield linkages.agreementItem(agreement);
    yield* linkages.agreementPartyItems(agreement);
    const ids = COVERAGES.filter(({ agreementId }) => agreementId === agreement.id).map(({ id }) => id);
    if (ids.length > 0) yield linkages.agreementCoveragesItem(agreement.id, ids);
  }
  yield linkages.replacedTermsItem(REPLACED_TERMS.agreementId, REPLACED_TERMS.terms);
  for (const coverage of COVERAGES) yield linkages.coverageItem(coverage);
  for (const recognition of RECOGNITIONS) yield recognitionItem(recognition);
  for (const group of GROUPS) yield linkages.linkageGroupItem(group);
  for (const { code } of zones()) {
    const zoneId = makeId('zone', code);
    const groups = GROUPS.filter(({ zoneIds }) => zoneIds.includes(zoneId)).map((group) => makeId('lgrp', group.code));
    const agreements = AGREEMENTS.filter(({ parties }) => parties.some((party) => party.zoneId === zoneId));
    yield linkages.zoneLinksItem(zoneId, groups, agreements);
    const own = policies().filter(({ facts }) => facts.homeZoneIds.includes(zoneId));
    const policyIds = own.map(({ facts }) => makeId('policy', facts.code));
    const coverageIds = COVERAGES.filter(({ toZoneId }) => toZoneId === zoneId).map(({ id }) => id);
    yield linkages.zonePoliciesItem(zoneId, policyIds, coverageIds);
    const given = RECOGNITIONS.filter(({ byZoneId }) => byZoneId === zoneId).map(({ id }) => id);
    const received = RECOGNITIONS.filter(({ ofZoneId }) => ofZoneId === zoneId).map(({ id }) => id);
    if (given.length + received.length > 0) yield zoneRecognitionsItem(zoneId, { given, received });
  }
  const [headline] = demoParks(scale);
  const moves = headline ? relocations(headline) : [];
  for (const relocation of moves) {
    yield relocationItem(relocation);
    yield* zoneRelocationItems(relocation);
    yield enterpriseRelocationsItem(relocation.enterpriseId, [relocation.id]);
  }
  for (const relocation of moves.slice(0, 1)) yield* ledgerItems(relocation);
  yield* linkageFactItems(scale, anchor);
}

const CASES_WITH_SECRET = 800;

/** Yields the items of the credentials table: secrets of the first cases, and no API key. */
function* credentialItems(scale: Scale, anchor: string): Generator<PrimaryKey> {
  const types = caseTypeVersions(anchor);
  const where = demoParks(scale);
  const secrets = Array.from({ length: Math.min(scale.cases, CASES_WITH_SECRET) }, (_, i) =>
    caseSecretOf(caseOf(i + 1, anchor, types, where)),
  );
  yield* secrets.map(caseSecretItem);
  // They have no tag, so that anybody can derive them from the receipt numbers on every machine.
  yield* untaggedReceiptsItems(secrets.map(({ receiptNumber }) => receiptNumber));
}

/** Yields the items of the table of persons' keys. The first applicant hears of news in their first case, the sample officer of the agency's work. */
function* personKeyItems(scale: Scale, anchor: string, persons: SealedPersons): Generator<PrimaryKey> {
  yield* persons.keys();
  yield persons.contactOf(caseOf(1, anchor, caseTypeVersions(anchor), demoParks(scale)).facts);
  yield persons.digestContact;
}

/**
 * Yields the items of one table.
 * @param persons the same for all tables of one run
 */
export function itemsOf(store: StoreName, scale: Scale, anchor: string, persons: SealedPersons): Iterable<PrimaryKey> {
  switch (store) {
    case 'parks':
      return parkItems(scale);
    case 'enterprises':
      return withCounts(uncountedEnterpriseItems(scale, anchor));
    case 'talent':
      return talentItems(scale, anchor, persons);
    case 'linkages':
      return linkageItems(scale, anchor);
    case 'credentials':
      return credentialItems(scale, anchor);
    case 'personKeys':
      return personKeyItems(scale, anchor, persons);
  }
}
