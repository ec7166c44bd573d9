/**
 * Who may have made a change, read from the stored items alone: by what they say of zone, agency, applicant and enterprise.
 * Said here anew, by hand: neither the table of writes nor the relations of `src` are asked. A type of item that no rule
 * names may be changed by nobody.
 */

import {
  byAgencyRegister,
  byClaim,
  byContact,
  byCounted,
  byDigestContact,
  byEvent,
  byPlace,
  byPlaces,
  byReveal,
  bySearches,
  bySecret,
  byUpload,
  ofOneself,
} from './rules/cases.ts';
import { byCoverage, byLedgerParty, byParty, byRecognisingZone, byRelocationZone } from './rules/linkages.ts';
import {
  BY_TYPE,
  byFigures,
  byIssuer,
  byObservations,
  byPosts,
  byProposal,
  byPublisher,
  byQuestioner,
  byRecordPublisher,
  bySimulating,
  byVersioned,
} from './rules/records.ts';
import { byRegister, byReporter } from './rules/register.ts';
import { byAddressee, byCoursePlaces, byDirectiveOffice, byInspector, byStep, byTracker } from './rules/services.ts';
import { isOfficer, itemOf, type Judged, type Rule } from './rules/situation.ts';
import { byOutbox, byRedelivering, bySystem } from './rules/systems.ts';
import type { Change } from './stored.ts';

/** Returns a sentence for each change that its caller may not make. */
export function judge(judged: Judged): readonly string[] {
  return judged.changes
    .filter((change) => !isAllowed(change, judged))
    .map((change) => {
      const { store, before, after } = change;
      const { type, pk, sk } = itemOf(change);
      return `${before ? (after ? 'changed' : 'removed') : 'made'} ${store} ${String(type)} ${pk} ${sk}`;
    });
}

function isAllowed(change: Change, judged: Judged): boolean {
  const type = String(itemOf(change).type);
  return Object.hasOwn(RULES, type) && (RULES[type]?.(change, judged) ?? false);
}

/** An earlier answer is stored under its caller's own name. */
const byCaller: Rule = (change, { writer, world }) => {
  const ofHolder = writer.kind === 'caseHolder' && world.cases.home[writer.holds ?? 'draft'].id;
  const ofSystem = writer.kind === 'partner' && writer.side !== null && world.zones[writer.side];
  const name = ofHolder || ofSystem || writer.person;
  return !writer.isForged && itemOf(change).pk.includes(`"${name}"`);
};

/** The rule of each type of item. */
const RULES: Readonly<Record<string, Rule>> = {
  Budget: () => true,
  Idempotency: byCaller,
  TalentCase: byEvent,
  ApplicantCase: byEvent,
  Receipt: byReceipt,
  CaseEvent: byEvent,
  CaseDocument: byEvent,
  DocumentVersion: byEvent,
  CaseChild: byEvent,
  Opinion: byEvent,
  NewsContact: byContact,
  DigestContact: byDigestContact,
  CasePlace: byPlace,
  FacilityPlaces: byPlaces,
  Due: byEvent,
  Outbox: byOutbox,
  Delivery: byRedelivering,
  ApiKey: bySystem,
  Webhook: bySystem,
  Usage: () => true,
  Work: byClaim,
  Upload: byUpload,
  CaseSecret: bySecret,
  Person: ofOneself,
  PersonFacts: byAgencyRegister,
  PersonKeys: bySearches,
  IdNumber: ofOneself,
  SearchEntry: bySearches,
  AccessWaiting: byReveal,
  Reveals: byCounted,
  CaseType: byPublisher,
  CaseTypeVersion: byPublisher,
  Zone: byRecordPublisher,
  Park: byRecordPublisher,
  CalendarYear: byRecordPublisher,
  ObservationsProposal: byObservations,
  Observation: byObservations,
  Policy: byIssuer,
  PolicyClauses: byIssuer,
  PolicyInForce: byIssuer,
  ParkFacilities: byRecordPublisher,
  ParkControl: byRecordPublisher,
  UnitPosts: byPosts,
  Indicator: byRecordPublisher,
  SavedQuestion: byQuestioner,
  RecordVersion: byVersioned,
  Agreement: byParty,
  AgreementParty: byParty,
  OpenProposals: byParty,
  Relocation: byRelocationZone,
  EnterpriseRelocations: byRelocationZone,
  AwaitedRelocation: byRelocationZone,
  ZoneRelocation: byRelocationZone,
  Recognition: byRecognisingZone,
  ZoneRecognitions: byRecognisingZone,
  PolicyCoverage: byCoverage,
  AgreementCoverages: byCoverage,
  PolicyCoverages: byCoverage,
  ZonePolicies: byCoverage,
  ReplacedTerms: byParty,
  SigningRule: (change, judged) => isOfficer(judged, itemOf(change).zoneId, 'PUBLISH'),
  ZoneLinks: byParty,
  Ledger: byLedgerParty,
  LedgerEntry: byLedgerParty,
  LedgerAccount: byLedgerParty,
  Tracking: byTracker,
  SupportRequest: byStep,
  ...BY_TYPE,
  InspectionEntry: (change, judged) =>
    change.before === null &&
    judged.changes.some((each) => itemOf(each).type === 'Inspection' && byInspector(each, judged)),
  ZoneEntry: (change, judged) => {
    const { pk, sk } = itemOf(change).of as { readonly pk: string; readonly sk: string };
    const entered = judged.changes.find((each) => itemOf(each).pk === pk && itemOf(each).sk === sk);
    const rule = entered && BY_TYPE[String(itemOf(entered).type)];
    return change.before === null && rule !== undefined && rule(entered!, judged);
  },
  CoursePlaces: byCoursePlaces,
  DirectiveOfPark: byDirectiveOffice,
  DirectiveCounts: byAddressee,
  Enterprise: byRegister,
  EnterpriseChanged: byRegister,
  RegisterEvent: byRegister,
  RegisterNotice: byRegister,
  Uscc: byRegister,
  Resident: byRegister,
  ParkNeeds: byRegister,
  EnterpriseName: byRegister,
  Reporting: (change, judged) => byReporter(change, judged) || byRegister(change, judged),
  OperationReport: byReporter,
  OperationReported: byReporter,
  PublishedDay: byFigures,
  ParkPublication: byFigures,
  FigureRevision: byFigures,
  FiguresProposal: byProposal,
  SimulationsOfDay: bySimulating,
  Simulation: bySimulating,
};

/** A receipt leads to its case, and comes with it. */
function byReceipt(change: Change, judged: Judged): boolean {
  const { caseId } = itemOf(change);
  const made = judged.changes.find(({ after }) => after?.type === 'TalentCase' && after.id === caseId);
  return made !== undefined && byEvent(made, judged);
}
