/** The items of the enterprises table, as they are stored. Their keys come from `enterpriseKeys` and `enterpriseIndexes`. */

import type { Sector, SizeClass } from '../../domain/enterprises/industry.ts';
import type { ResidencyStep } from '../../domain/enterprises/residency.ts';
import type { Localized } from '../../domain/locale.ts';
import type { Proposal, ProposalCourse } from '../../domain/published-figures/proposal.ts';
import type { PublishedDay, Revision } from '../../domain/published-figures/published-day.ts';
import type { OperationMode, ReportFigures, Tally } from '../../domain/published-figures/resumption.ts';
import type { RegisterEvent } from '../../domain/register/event.ts';
import type { RegisterRecord } from '../../domain/register/record.ts';
import type { PrimaryKey } from '../tables.ts';

export interface EnterpriseItem extends PrimaryKey, RegisterRecord {
  readonly type: 'Enterprise';
  /** 1 for the first; each write adds 1. */
  readonly version: number;
  readonly uscc: string;
  readonly name: Localized;
  /** GB/T 4754-2017 with its section's letter, e.g. `I6513`. */
  readonly industryCode: string;
  readonly sector: Sector;
  readonly sizeClass: SizeClass;
  readonly staffCount: number;
  readonly sites: readonly SiteRecord[];
  readonly qualifications: readonly QualificationRecord[];
  readonly supplyLinks: readonly SupplyLinkRecord[];
  readonly gsi1pk: string;
  readonly gsi1sk: string;
  /** Where somebody, or the clock, has yet to act on the enterprise's registration or move. */
  readonly gsi2pk?: string;
  readonly gsi2sk?: string;
}

export interface SiteRecord {
  readonly id: string;
  readonly kind: 'HEADQUARTERS' | 'RND_CENTRE' | 'OPERATIONS_CENTRE' | 'MANUFACTURING';
  readonly name: Localized;
  /** GB/T 2260, six digits. */
  readonly regionCode: string;
}

export interface QualificationRecord {
  readonly kind: 'HIGH_TECH_ENTERPRISE' | 'TECH_SME' | 'SPECIALISED_AND_NEW';
  readonly validFrom: string;
  /** The last day; null while it has no end. */
  readonly validTo: string | null;
}

export interface SupplyLinkRecord {
  /** Seen from the enterprise that holds it; the partner's item holds the other direction. */
  readonly direction: 'UPSTREAM' | 'DOWNSTREAM';
  readonly partnerId: string;
  readonly goods: Localized;
}

/** Which enterprise has a code. */
export interface UsccItem extends PrimaryKey {
  readonly type: 'Uscc';
  readonly uscc: string;
  readonly enterpriseId: string;
}

/** One open stay of an enterprise in a park: what the lists of a park are made of. */
export interface ResidentItem extends PrimaryKey {
  readonly type: 'Resident';
  readonly parkId: string;
  readonly enterpriseId: string;
  readonly gsi1pk: string;
  readonly gsi1sk: string;
  readonly gsi2pk: string;
  readonly gsi2sk: string;
}

/** That a park exists, and where. */
export interface KnownParkItem extends PrimaryKey {
  readonly type: 'KnownPark';
  readonly parkId: string;
  /** The zone that it is in: whose officers answer for its enterprises. */
  readonly zoneId: string;
  /** The version of the park's record that this was copied from; missing in demo data. */
  readonly sourceVersion?: number;
  /** Days from a day's publication until it is closed; `GRACE_DAYS` where the park sets none. */
  readonly graceDays?: number;
  /** Days after which a proposal is void; `PROPOSAL_DAYS` where the park sets none. */
  readonly proposalDays?: number;
  /** A zone above the park's own whose officers may accept proposals too: for a zone with one officer. */
  readonly acceptorZoneId?: string;
}

/** The newest version of an enterprise's report of a day. */
export interface OperationReportItem extends PrimaryKey {
  readonly type: 'OperationReport';
  /** 1 for the first; each correction adds 1. */
  readonly version: number;
  readonly enterpriseId: string;
  readonly on: string;
  /** The park that it counts for. */
  readonly parkId: string;
  readonly mode: OperationMode;
  readonly staffTotal: number;
  readonly staffReturned: number;
  /** Staff registered with the stay that the enterprise reports for. */
  readonly registeredStaff: number;
  /** RFC 3339, UTC. */
  readonly reportedAt: string;
}

/**
 * What a report rests on and an import may not change under it: the last reported day, and which version of the enterprise
 * last changed its stays. A report's transaction holds to the one and raises the other; an import's does the reverse.
 */
export interface ReportingItem extends PrimaryKey {
  readonly type: 'Reporting';
  readonly lastDay?: string;
  readonly staysVersion: number;
}

/** What every event of this table has: it is inserted with the change that it tells of, and later marked as counted. */
interface CountedEvent extends PrimaryKey {
  readonly at: string;
  /** RFC 3339: set in the transaction that counts the event, so that it is counted once. */
  readonly countedAt?: string;
}

/** One version of a report: its history, and the event that the park's tally follows. */
export interface OperationReportedEvent extends CountedEvent {
  readonly type: 'OperationReported';
  readonly version: number;
  readonly enterpriseId: string;
  readonly on: string;
  readonly parkId: string;
  /** What the version before had; null for the first. */
  readonly before: ReportFigures | null;
  readonly after: ReportFigures;
}

/** Where an enterprise was listed before or after a change. */
export interface Listing {
  readonly parkId: string;
  readonly sector: Sector;
  readonly sizeClass: SizeClass;
}

/** A change of who is resident where: the event that the parks' figures follow. */
export interface EnterpriseChangedEvent extends CountedEvent {
  readonly type: 'EnterpriseChanged';
  /** The enterprise's version after it. */
  readonly version: number;
  readonly enterpriseId: string;
  /** What it adds to the steps of the parks: the steps after it less those before it. */
  readonly steps: readonly ResidencyStep[];
  readonly listedBefore: readonly Listing[];
  readonly listedAfter: readonly Listing[];
}

/** An event of the register, in the enterprise's partition: never changed. */
export interface RegisterEventItem extends PrimaryKey, RegisterEvent {
  readonly type: 'RegisterEvent';
  readonly enterpriseId: string;
  /** The enterprise's version after it. */
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** An event of the register as one zone, or the administrators, are told of it. */
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

/**
 * What is kept of a park beside its days: one item, so that many parks are one BatchGet. Its counters are attributes of
 * their own (`enterprises/figures.ts`), so that a change adds to them without having read them.
 */
export interface ParkFiguresItem extends PrimaryKey {
  readonly type: 'ParkFigures';
  readonly parkId: string;
  /** The last day with a report. */
  readonly lastReportedOn?: string;
  readonly [counter: string]: string | number | undefined;
}

/**
 * What orders all changes of a park's published figures. Each change raises the version; a write of reports or stays holds
 * to the version that it was decided by, so that no day is published or closed behind its back.
 */
export interface ParkPublicationItem extends PrimaryKey {
  readonly type: 'ParkPublication';
  readonly parkId: string;
  readonly version: number;
  /** The sequence up to which changes are visible. */
  readonly applied: number;
  readonly lastPublishedOn?: string;
  /** The accepted proposal that is being applied: until it is, nobody changes reports and stays of the park. */
  readonly applying?: ProposalInHand;
}

export interface ProposalInHand {
  readonly proposal: string;
  /** What its revisions get, and `applied` when all of them are there. */
  readonly sequence: number;
  /** RFC 3339, UTC: the instant that its revisions bear, set by who applies it. */
  readonly at: string;
}

/** A proposal and how it stands. */
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

/** One revision, with the officer who answers for it. */
export interface FigureRevisionItem extends PrimaryKey, Revision {
  readonly type: 'FigureRevision';
  readonly parkId: string;
  readonly on: string;
  /** What the issuer calls the officer who published or proposed it. */
  readonly by: string;
  /** The proposal that it comes from, with its reason and who accepted it. */
  readonly proposal?: string;
}

export interface TrackingItem extends PrimaryKey {
  readonly type: 'Tracking';
  readonly version: number;
  readonly enterpriseId: string;
  /** The desk; a person's name only masked (张*). */
  readonly officer: string;
  readonly since: string;
}

export interface SupportRequestItem extends PrimaryKey {
  readonly type: 'SupportRequest';
  readonly version: number;
  readonly id: string;
  readonly enterpriseId: string;
  readonly kind: 'FINANCING' | 'SOCIAL_INSURANCE' | 'HIRING' | 'MARKET' | 'SUPPLIES' | 'DAILY_LIFE';
  readonly channel: ServiceChannel;
  readonly status: 'OPEN' | 'IN_PROGRESS' | 'RESOLVED';
  readonly openedOn: string;
  /** Oldest first. */
  readonly visits: readonly VisitRecord[];
  readonly gsi1pk: string;
  readonly gsi1sk: string;
}

export type ServiceChannel = 'ONLINE' | 'ON_SITE';

export interface VisitRecord {
  readonly on: string;
  readonly channel: ServiceChannel;
  readonly outcome: Localized;
}

export interface ProjectItem extends PrimaryKey {
  readonly type: 'Project';
  readonly version: number;
  readonly id: string;
  readonly parkId: string;
  readonly name: Localized;
  readonly stage: 'CONTACT' | 'SIGNED' | 'LANDED' | 'PRODUCING';
  readonly sector: Sector;
  readonly originZoneId: string | null;
  /** Whole fen; null where it isn't published. */
  readonly amount: string | null;
  readonly enterpriseId: string | null;
  readonly gsi1pk: string;
  readonly gsi1sk: string;
  readonly gsi2pk: string;
  readonly gsi2sk: string;
}
