/** Makes items from their facts: keys, types and events follow from them. */

import { type Classified, classesOn } from '../../domain/enterprises/classification.ts';
import { firstCharacters, searchedNames } from '../../domain/enterprises/name-search.ts';
import { changeOfSteps, classifiedSteps } from '../../domain/enterprises/residency.ts';
import { nextDueDay } from '../../domain/inspections/inspection.ts';
import type { Proposal, ProposalCourse } from '../../domain/published-figures/proposal.ts';
import type { PublishedDay } from '../../domain/published-figures/published-day.ts';
import { countedFigures } from '../../domain/published-figures/resumption.ts';
import type { RegisterEvent } from '../../domain/register/event.ts';
import { isLapsing } from '../../domain/register/move.ts';
import { hasEnded } from '../../domain/register/succession.ts';
import { enterpriseIndexes, enterpriseKeys } from '../tables.ts';
import type {
  EnterpriseChangedEvent,
  EnterpriseItem,
  EnterpriseNameItem,
  FigureRevisionItem,
  FiguresProposalItem,
  InspectionItem,
  KnownParkItem,
  Listing,
  OperationReportedEvent,
  OperationReportItem,
  ParkPublicationItem,
  ProjectItem,
  PublishedDayItem,
  RegisterEventItem,
  RegisterNoticeItem,
  ReportingItem,
  ResidentItem,
  SupportRequestItem,
  TrackingItem,
  UsccItem,
} from './items.ts';

type KeyAttribute = 'type' | 'pk' | 'sk' | 'gsi1pk' | 'gsi1sk' | 'gsi2pk' | 'gsi2sk';
/** The facts of an item, without keys. */
export type RecordOf<Item> = Omit<Item, KeyAttribute>;

export function enterpriseItem(record: RecordOf<EnterpriseItem> & Partial<EnterpriseItem>): EnterpriseItem {
  const { gsi1pk: _, gsi1sk: __, gsi2pk: ___, gsi2sk: ____, ...facts } = record;
  return {
    ...facts,
    ...enterpriseKeys.enterprise(facts.id),
    ...(hasEnded(facts) ? {} : enterpriseIndexes.enterprisesOfSector(facts.sector, facts.id)),
    ...awaited(facts),
    type: 'Enterprise',
  };
}

/** Returns the index keys of an enterprise that awaits an actor or a deadline; none for any other. */
function awaited({ id, homeZoneId, registration, move }: RecordOf<EnterpriseItem>) {
  if (move && isLapsing(move) && move.dueOn !== null) return enterpriseIndexes.moveDueOn(move.dueOn, id);
  if (registration === 'CHALLENGED') return enterpriseIndexes.enterpriseToDecide(id);
  return registration === 'UNCONFIRMED' ? enterpriseIndexes.unconfirmed(homeZoneId, id) : {};
}

/** The recipient of notices to the administrators. */
export const ADMINISTRATORS = 'ADMINISTRATORS';

/** Returns an event of the register, and a notice of it for each zone concerned and for the administrators. */
export function registerEventItems(
  { id, version }: Pick<EnterpriseItem, 'id' | 'version'>,
  event: RegisterEvent,
  at: string,
): readonly (RegisterEventItem | RegisterNoticeItem)[] {
  const recipients = [...new Set(event.zoneIds), ...(event.isForAdministrators ? [ADMINISTRATORS] : [])];
  const facts = { ...event, enterpriseId: id, version, at };
  return [
    { ...facts, ...enterpriseKeys.registerEvent(id, version), type: 'RegisterEvent' },
    ...recipients.map(
      (each): RegisterNoticeItem => ({
        ...facts,
        ...enterpriseKeys.registerNotice(each, at, id, version),
        type: 'RegisterNotice',
      }),
    ),
  ];
}

export function usccItem({ id, uscc }: Pick<EnterpriseItem, 'id' | 'uscc'>): UsccItem {
  return { ...enterpriseKeys.uscc(uscc), type: 'Uscc', uscc, enterpriseId: id };
}

/** Returns an item for each name by which the enterprise is found. */
export function enterpriseNameItems(
  enterprise: Pick<EnterpriseItem, 'id' | 'name'> & Partial<EnterpriseItem>,
): EnterpriseNameItem[] {
  return searchedNames(enterprise).map(({ locale, text }) => ({
    ...enterpriseKeys.enterpriseName(locale, firstCharacters(text) ?? '', text, enterprise.id),
    type: 'EnterpriseName',
    enterpriseId: enterprise.id,
  }));
}

/** Returns an item for each park in which the enterprise has a stay without an end. */
export function residentItems(enterprise: RecordOf<EnterpriseItem>): ResidentItem[] {
  const { id, sector, sizeClass } = enterprise;
  return listingsOf(enterprise).map(({ parkId }) => ({
    ...enterpriseKeys.resident(parkId, id),
    ...enterpriseIndexes.residentsOfSector(parkId, sector, id),
    ...enterpriseIndexes.residentsOfSize(parkId, sizeClass, id),
    type: 'Resident',
    parkId,
    enterpriseId: id,
  }));
}

/** Steps of one event. Each adds to at most nine items, in the one transaction that counts the event. */
const STEPS_AN_EVENT = 8;

/** Returns the events of a change that affects a park's figures: mostly one, and none for any other change. */
export function enterpriseChanges(
  before: RecordOf<EnterpriseItem> | null,
  after: RecordOf<EnterpriseItem>,
  at: string,
): readonly EnterpriseChangedEvent[] {
  const steps = changeOfSteps(before ? classifiedSteps(before) : [], classifiedSteps(after));
  const listedBefore = before ? listingsOf(before) : [];
  const listedAfter = listingsOf(after);
  if (steps.length === 0 && JSON.stringify(listedBefore) === JSON.stringify(listedAfter)) return [];
  const { id: enterpriseId, version } = after;
  return Array.from({ length: Math.max(1, Math.ceil(steps.length / STEPS_AN_EVENT)) }, (_, part) => ({
    ...enterpriseKeys.enterpriseChange(enterpriseId, version, part),
    type: 'EnterpriseChanged',
    version,
    enterpriseId,
    steps: steps.slice(part * STEPS_AN_EVENT, (part + 1) * STEPS_AN_EVENT),
    listedBefore: part === 0 ? listedBefore : [],
    listedAfter: part === 0 ? listedAfter : [],
    at,
  }));
}

export function operationReportItem(record: RecordOf<OperationReportItem>): OperationReportItem {
  return { ...record, ...enterpriseKeys.report(record.enterpriseId, record.on), type: 'OperationReport' };
}

/** Returns a stored report as the rules read it. */
export function versionOf<Report extends Pick<OperationReportItem, 'withdrawalReason'>>(report: Report) {
  return { ...report, isWithdrawn: report.withdrawalReason !== undefined };
}

/**
 * Returns the event of a report's first or next version.
 * @param of the enterprise, as the report was decided on it
 */
export function operationReported(
  of: Classified,
  before: RecordOf<OperationReportItem> | null,
  after: RecordOf<OperationReportItem>,
): OperationReportedEvent {
  const { enterpriseId, on, version, parkId, reportedAt, withdrawalReason } = after;
  return {
    ...enterpriseKeys.reportVersion(enterpriseId, on, version),
    type: 'OperationReported',
    version,
    enterpriseId,
    on,
    parkId,
    ...classesOn(of, on),
    before: before && countedFigures(versionOf(before)),
    after: countedFigures(versionOf(after)),
    ...(withdrawalReason === undefined ? {} : { withdrawalReason }),
    at: reportedAt,
  };
}

/**
 * Returns the reporting item of an enterprise.
 * @param lastDay the last day that the enterprise has reported, if any
 */
export function reportingItem(enterpriseId: string, staysVersion: number, lastDay?: string): ReportingItem {
  return {
    ...enterpriseKeys.reporting(enterpriseId),
    type: 'Reporting',
    staysVersion,
    ...(lastDay === undefined ? {} : { lastDay }),
  };
}

export function knownParkItem(parkId: string, zoneId: string): KnownParkItem {
  return { ...enterpriseKeys.knownPark(parkId), type: 'KnownPark', parkId, zoneId };
}

export function publishedDayItem(parkId: string, day: PublishedDay): PublishedDayItem {
  return { ...day, ...enterpriseKeys.publishedDay(parkId, day.on), type: 'PublishedDay', parkId };
}

export function figureRevisionItem(record: RecordOf<FigureRevisionItem>): FigureRevisionItem {
  const { parkId, on, revision } = record;
  return { ...record, ...enterpriseKeys.figureRevision(parkId, on, revision), type: 'FigureRevision' };
}

export function figuresProposalItem(record: Proposal & ProposalCourse): FiguresProposalItem {
  return { ...record, ...enterpriseKeys.figuresProposal(record.parkId, record.id), type: 'FiguresProposal' };
}

export function parkPublicationItem(record: RecordOf<ParkPublicationItem>): ParkPublicationItem {
  return { ...record, ...enterpriseKeys.parkPublication(record.parkId), type: 'ParkPublication' };
}

export function trackingItem(record: RecordOf<TrackingItem>): TrackingItem {
  return { ...record, ...enterpriseKeys.tracking(record.enterpriseId), type: 'Tracking' };
}

export function supportRequestItem(record: RecordOf<SupportRequestItem>): SupportRequestItem {
  const { id, enterpriseId } = record;
  return {
    ...record,
    ...enterpriseKeys.supportRequest(id),
    ...enterpriseIndexes.supportOfEnterprise(enterpriseId, id),
    type: 'SupportRequest',
  };
}

export function inspectionItem(record: RecordOf<InspectionItem> & Partial<InspectionItem>): InspectionItem {
  const { gsi2pk: _, gsi2sk: __, ...facts } = record;
  const { id, parkId } = facts;
  const dueOn = nextDueDay(facts);
  return {
    ...facts,
    ...enterpriseKeys.inspection(id),
    ...enterpriseIndexes.inspectionsOfPark(parkId, id),
    ...(dueOn !== null && enterpriseIndexes.inspectionsDue(parkId, dueOn, id)),
    type: 'Inspection',
  };
}

/** Returns the entry of an inspection in the list of the enterprise that mends; none where the park does. */
export function inspectionEntries({ id, enterpriseId }: Pick<InspectionItem, 'id' | 'enterpriseId'>) {
  if (enterpriseId === null) return [];
  const key = enterpriseKeys.inspectionOfEnterprise(enterpriseId, id);
  return [{ ...key, inspectionId: id, type: 'InspectionEntry' as const }];
}

export function projectItem(record: RecordOf<ProjectItem>): ProjectItem {
  const { id, parkId, stage } = record;
  return {
    ...record,
    ...enterpriseKeys.project(id),
    ...enterpriseIndexes.projectsOfPark(parkId, id),
    ...enterpriseIndexes.projectsInStage(parkId, stage, id),
    type: 'Project',
  };
}

function listingsOf({ residencies, sector, sizeClass }: RecordOf<EnterpriseItem>): Listing[] {
  const parks = new Set(residencies.filter(({ to }) => to === null).map(({ parkId }) => parkId));
  return [...parks].sort().map((parkId) => ({ parkId, sector, sizeClass }));
}
