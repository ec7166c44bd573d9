/** The items of the enterprises table, as stored. `enterpriseKeys` and `enterpriseIndexes` make their keys. */

import type { Classification, Classified } from '../../domain/enterprises/classification.ts';
import type { EnterpriseFacts } from '../../domain/enterprises/facts.ts';
import type { Holdings } from '../../domain/enterprises/holdings.ts';
import type { Sector, SizeClass } from '../../domain/enterprises/industry.ts';
import type { ClassifiedStep } from '../../domain/enterprises/residency.ts';
import type { Inspection } from '../../domain/inspections/inspection.ts';
import type { Project } from '../../domain/projects/project.ts';
import type { Proposal, ProposalCourse } from '../../domain/published-figures/proposal.ts';
import type { PublishedDay, Revision } from '../../domain/published-figures/published-day.ts';
import type { OperationMode, ReportFigures, Tally } from '../../domain/published-figures/resumption.ts';
import type { RegisterEvent } from '../../domain/register/event.ts';
import type { RegisterRecord } from '../../domain/register/record.ts';
import type { SupportRequest } from '../../domain/support/request.ts';
import type { Tracking } from '../../domain/support/tracking.ts';
import type { ViewerKind } from '../../domain/viewer.ts';
import type { PrimaryKey } from '../tables.ts';

export interface EnterpriseItem extends PrimaryKey, RegisterRecord, Classified, EnterpriseFacts, Holdings {
  readonly type: 'Enterprise';
  /** 1 for the first version; each write adds 1. */
  readonly version: number;
  readonly uscc: string;
  /** Absent once the enterprise has ended by a succession: the lists show it no more. */
  readonly gsi1pk?: string;
  readonly gsi1sk?: string;
  /** Set while the registration or the move awaits an actor or a deadline. */
  readonly gsi2pk?: string;
  readonly gsi2sk?: string;
}

/** The attributes of an enterprise that lists usually show: a third of its item. */
export const CARD_ATTRIBUTES = [
  'pk',
  'sk',
  'id',
  'uscc',
  'name',
  'industryCode',
  'sector',
  'sizeClass',
] as const satisfies readonly (keyof EnterpriseItem)[];

export type EnterpriseCard = Pick<EnterpriseItem, (typeof CARD_ATTRIBUTES)[number]>;

/** The enterprise of a unified social credit code. */
export interface UsccItem extends PrimaryKey {
  readonly type: 'Uscc';
  readonly uscc: string;
  readonly enterpriseId: string;
}

/** A name of an enterprise, for the search by its beginning. */
export interface EnterpriseNameItem extends PrimaryKey {
  readonly type: 'EnterpriseName';
  readonly enterpriseId: string;
}

/** One stay of an enterprise in a park without an end, for the park's lists. */
export interface ResidentItem extends PrimaryKey {
  readonly type: 'Resident';
  readonly parkId: string;
  readonly enterpriseId: string;
  readonly gsi1pk: string;
  readonly gsi1sk: string;
  readonly gsi2pk: string;
  readonly gsi2sk: string;
}

/** A park that exists, and its settings. */
export interface KnownParkItem extends PrimaryKey {
  readonly type: 'KnownPark';
  readonly parkId: string;
  /** The zone of the park, whose officers handle its enterprises. */
  readonly zoneId: string;
  /** The version of the park's record that this was copied from; absent in demo data. */
  readonly sourceVersion?: number;
  /** Days from a day's publication until it is closed; `GRACE_DAYS` where absent. */
  readonly graceDays?: number;
  /** Days after which a proposal is void; `PROPOSAL_DAYS` where absent. */
  readonly proposalDays?: number;
  /** A zone above the park's zone whose officers may accept proposals too, for a zone with one officer. */
  readonly acceptorZoneId?: string;
}

/** The newest version of an enterprise's report of a day. */
export interface OperationReportItem extends PrimaryKey {
  readonly type: 'OperationReport';
  /** 1 for the first version; each correction adds 1. */
  readonly version: number;
  readonly enterpriseId: string;
  readonly on: string;
  /** The park that it counts for. */
  readonly parkId: string;
  readonly mode: OperationMode;
  readonly staffTotal: number;
  readonly staffReturned: number;
  /** Registered staff of the stay that the enterprise reports for. */
  readonly registeredStaff: number;
  /** RFC 3339, UTC. */
  readonly reportedAt: string;
  /** Set where this version withdraws the report, whose figures it repeats. */
  readonly withdrawalReason?: string;
}

/**
 * The facts on which reports and changes of stays conflict: the last reported day, and the enterprise's version of the
 * last change of stays. A report checks `staysVersion` and adds to `reportsVersion`; a change of stays does the reverse.
 */
export interface ReportingItem extends PrimaryKey {
  readonly type: 'Reporting';
  /** The last day with a report that is not withdrawn. */
  readonly lastDay?: string;
  readonly staysVersion: number;
  /** Counts the writes of reports; absent before the first. */
  readonly reportsVersion?: number;
}

/** An event, inserted with its change, and later marked as counted. */
interface CountedEvent extends PrimaryKey {
  readonly at: string;
  /** RFC 3339. The transaction that counts the event sets it, so that it is counted once. */
  readonly countedAt?: string;
}

/** One version of a report: its history, and the event that the park's tally follows. */
export interface OperationReportedEvent extends CountedEvent {
  readonly type: 'OperationReported';
  readonly version: number;
  readonly enterpriseId: string;
  readonly on: string;
  readonly parkId: string;
  /** The enterprise's sector on the day, which never changes once the day is reported. */
  readonly sector: Sector;
  /** The enterprise's size class on the day, likewise. */
  readonly sizeClass: SizeClass;
  /** The figures that counted before; null where none did. */
  readonly before: ReportFigures | null;
  /** The figures that count from then on; null where the report is withdrawn. */
  readonly after: ReportFigures | null;
  readonly withdrawalReason?: string;
}

/** A place of an enterprise in the lists of a park. */
export interface Listing extends Classification {
  readonly parkId: string;
}

/** A change of stays: the event that the parks' figures follow. */
export interface EnterpriseChangedEvent extends CountedEvent {
  readonly type: 'EnterpriseChanged';
  /** The enterprise's version after it. */
  readonly version: number;
  readonly enterpriseId: string;
  /** The steps that it adds to the parks: those after it less those before it. */
  readonly steps: readonly ClassifiedStep[];
  readonly listedBefore: readonly Listing[];
  readonly listedAfter: readonly Listing[];
}

/** An event of the register, in the enterprise's partition. It never changes. */
export interface RegisterEventItem extends PrimaryKey, RegisterEvent {
  readonly type: 'RegisterEvent';
  readonly enterpriseId: string;
  /** The enterprise's version after it. */
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** An event of the register as reported to one zone, or to the administrators. */
export interface RegisterNoticeItem extends PrimaryKey, RegisterEvent {
  readonly type: 'RegisterNotice';
  readonly enterpriseId: string;
  readonly version: number;
  readonly at: string;
}

export type EnterpriseEvent = OperationReportedEvent | EnterpriseChangedEvent;

/** The sums over the reports of one park and day. */
export interface ParkDayItem extends PrimaryKey, Tally {
  readonly type: 'ParkDay';
  readonly parkId: string;
  readonly on: string;
}

/** The sums over the reports of one park and day by sector, size class and mode, e.g. `ON_SITE/staffReturned`. */
export interface ParkDayPartsItem extends PrimaryKey {
  readonly type: 'ParkDayParts';
  readonly parkId: string;
  readonly on: string;
  readonly [counter: string]: string | number;
}

/**
 * The sums over the reports of one park and day by sector, mode and size class together, and counts of enterprises by
 * the bound of their contribution, e.g. `OTHER/ON_SITE/MICRO/staff/32` (`day-shares.ts`). No field of the schema shows
 * them.
 */
export interface ParkDaySharesItem extends PrimaryKey {
  readonly type: 'ParkDayShares';
  readonly parkId: string;
  readonly on: string;
  readonly [counter: string]: string | number;
}

/** The sums of residency steps of one park in one period, a counter for each of its parts (`levels.ts`). */
export interface ParkStepsItem extends PrimaryKey {
  readonly type: 'ParkSteps';
  readonly parkId: string;
  readonly [counter: string]: string | number;
}

export type CountedItem = ParkDayItem | ParkDayPartsItem | ParkDaySharesItem | ParkFiguresItem | ParkStepsItem;

/** The counts of a park's lists (`counting.ts`). It exists for each park that an enterprise ever stayed in. */
export interface ParkFiguresItem extends PrimaryKey {
  readonly type: 'ParkFigures';
  readonly parkId: string;
  /** The last day that was ever reported: no later day has a report. */
  readonly lastReportedOn?: string;
  readonly [counter: string]: string | number | undefined;
}

/**
 * The order of all changes of a park's published figures. Each change raises the version. A write of reports or stays
 * checks the version that it was decided on, so that no day is published or closed meanwhile.
 */
export interface ParkPublicationItem extends PrimaryKey {
  readonly type: 'ParkPublication';
  readonly parkId: string;
  readonly version: number;
  /** The sequence up to which changes are visible. */
  readonly applied: number;
  readonly lastPublishedOn?: string;
  /** The accepted proposal that is being applied. Until it is, reports and stays of the park don't change. */
  readonly applying?: ProposalInHand;
}

export interface ProposalInHand {
  readonly proposal: string;
  /** The sequence of its revisions. `applied` gets it when all of them are written. */
  readonly sequence: number;
  /** RFC 3339, UTC: the instant of its revisions, set by the instance that applies it. */
  readonly at: string;
}

/** A proposal and its course. */
export interface FiguresProposalItem extends PrimaryKey, Proposal, ProposalCourse {
  readonly type: 'FiguresProposal';
}

export interface AppliedChangeItem extends PrimaryKey {
  readonly type: 'AppliedChange';
  /** False where the enterprise has changed so that nothing could be applied to it. */
  readonly applied: boolean;
}

/** A published day with the revision that readers see. */
export interface PublishedDayItem extends PrimaryKey, PublishedDay {
  readonly type: 'PublishedDay';
  readonly parkId: string;
}

/** One revision, with the responsible officer. */
export interface FigureRevisionItem extends PrimaryKey, Revision {
  readonly type: 'FigureRevision';
  readonly parkId: string;
  readonly on: string;
  /** The officer who published or proposed it, as the issuer names them. */
  readonly by: string;
  /** The proposal behind it, which has the reason and the acceptor. */
  readonly proposal?: string;
}

export interface TrackingItem extends PrimaryKey, Tracking {
  readonly type: 'Tracking';
}

/** A version of a tracking, a support request or a project: the event of its change, never changed. */
export interface RecordVersionItem extends PrimaryKey {
  readonly type: 'RecordVersion';
  /** The type of the current item. */
  readonly of: string;
  readonly version: number;
  readonly facts: Readonly<Record<string, unknown>>;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The caller's kind, and what the issuer calls them. */
  readonly by: { readonly kind: ViewerKind; readonly person: string };
}

export interface SupportRequestItem extends PrimaryKey, SupportRequest {
  readonly type: 'SupportRequest';
  readonly gsi1pk: string;
  readonly gsi1sk: string;
}

export interface InspectionItem extends PrimaryKey, Inspection {
  readonly type: 'Inspection';
  readonly gsi1pk: string;
  readonly gsi1sk: string;
  /** Only while a finding is to be mended. */
  readonly gsi2pk?: string;
  readonly gsi2sk?: string;
}

export interface ProjectItem extends PrimaryKey, Project {
  readonly type: 'Project';
  readonly gsi1pk: string;
  readonly gsi1sk: string;
  readonly gsi2pk: string;
  readonly gsi2sk: string;
}
