/** Agreements between zones: their terms, their status on a day, and the links between their parties. */

import type { PartnerPurpose } from '../access/purpose.ts';
import { type DayInterval, laterDay } from '../calendar/day.ts';
import type { Localized } from '../locale.ts';
import type { Versioned } from '../records/record.ts';
import type { CaseTerms } from './case-terms.ts';
import type { AgreementFacts, AgreementStatus } from './coverage.ts';

export type AgreementKind = 'JOINT_DEVELOPMENT' | 'BENEFIT_SHARING' | 'CROSS_COVERAGE' | 'MUTUAL_RECOGNITION';
export type PartyRole = 'ORIGIN' | 'DESTINATION' | 'OPERATOR';
/** The recorded status of an agreement. The day decides whether a signed one has expired. */
export type RecordedStatus = Exclude<AgreementStatus, 'EXPIRED'>;

export interface PartyFacts {
  readonly zoneId: string;
  readonly role: PartyRole;
}

/** A zone that signs, and its signature. */
export interface Signer {
  readonly zoneId: string;
  /** Null until the zone has signed. */
  readonly signedOn: string | null;
  /** The officer who has signed first, while a zone that signs by two officers waits for the second. */
  readonly firstOfficer?: string;
}

export interface PartyRecord extends PartyFacts, Signer {}

export interface ShareTermRecord {
  readonly base: 'TAX' | 'GDP' | 'OUTPUT' | 'FUND';
  /** Basis points that sum to 10,000. */
  readonly shares: readonly { readonly role: PartyRole; readonly basisPoints: number }[];
  /** Whole fen: upper bound of the origin's share over all stages. */
  readonly cap: string | null;
  readonly years: number;
  readonly extensionYears: number;
}

/** The terms that an amendment may change. */
export interface AmendableTerms {
  readonly title: Localized;
  /** The last day; null without an end. */
  readonly validTo: string | null;
  /** The purposes for which a party may use the others' data. */
  readonly purposes: readonly PartnerPurpose[];
  readonly shareTerms: readonly ShareTermRecord[];
  /** Days of notice after which one party may end the agreement. Absent where all parties must sign its end. */
  readonly noticeDays?: number;
  /** Terms on cases across zones. Absent without the purpose for them. */
  readonly caseTerms?: CaseTerms;
}

/** The part of an agreement that its parties sign. */
export interface AgreementTerms extends AmendableTerms {
  readonly kind: AgreementKind;
  readonly parties: readonly PartyFacts[];
  readonly validFrom: string;
}

/** A change of a signed agreement that waits for signatures. */
export type PendingChange = {
  /** The zone that proposed it. */
  readonly proposedBy: string;
  /** All parties; at the end by notice, only the party that ends it. */
  readonly signers: readonly Signer[];
} & (
  | { readonly kind: 'AMENDMENT'; readonly terms: AmendableTerms }
  /** @property lastDay the agreement's last day in force */
  | { readonly kind: 'TERMINATION'; readonly lastDay: string }
);

/** Terms that an amendment has replaced. */
export interface ReplacedTerms extends AmendableTerms {
  readonly number: number;
  /** The day on which all parties had signed them. */
  readonly signedOn: string;
  /** The day on which the next terms took their place. */
  readonly replacedOn: string;
}

export interface AgreementRecord extends Versioned, AgreementTerms {
  readonly id: string;
  readonly status: RecordedStatus;
  /** The last day of a terminated agreement; null for others. */
  readonly terminatedOn: string | null;
  readonly parties: readonly PartyRecord[];
  /** The day on which the last party signed. */
  readonly signedOn: string | null;
  /** The number of amendments, and the day of the last. Absent before the first. */
  readonly amended?: { readonly times: number; readonly on: string };
  /** Absent while nothing waits for signatures. */
  readonly change?: PendingChange;
  /** The zone that proposed it. Absent for seeded agreements. */
  readonly proposedBy?: string;
}

/**
 * Returns the first day on which an agreement is in force: its first day, or the day of the last signature where that is
 * later.
 */
export function firstDayInForce({ validFrom, signedOn }: Pick<AgreementRecord, 'validFrom' | 'signedOn'>): string {
  return signedOn === null ? validFrom : laterDay(validFrom, signedOn);
}

/** Returns the facts of an agreement that decide what rests on it. A zone that has not signed is no party yet. */
export function agreementFacts(agreement: AgreementRecord): AgreementFacts {
  const { id, status, terminatedOn, parties, validTo: to } = agreement;
  const partyZoneIds = parties.filter(({ signedOn }) => signedOn !== null).map(({ zoneId }) => zoneId);
  return { id, status, terminatedOn, partyZoneIds, from: firstDayInForce(agreement), to };
}

/**
 * Returns the status of an agreement on a day. A signed agreement expires after its last day without being recorded.
 */
export function agreementStatusOn(
  { status, to }: Pick<DayInterval, 'to'> & { readonly status: AgreementStatus },
  day: string,
): AgreementStatus {
  return status === 'SIGNED' && to !== null && to < day ? 'EXPIRED' : status;
}

/**
 * Returns a link from each zone of origin to each other party. Without an origin, it links all parties in their listed
 * order.
 */
export function linkageEdges(
  parties: readonly PartyFacts[],
): readonly { readonly from: string; readonly to: string }[] {
  const origins = parties.filter(({ role }) => role === 'ORIGIN');
  const others = parties.filter(({ role }) => role !== 'ORIGIN');
  const pairs =
    origins.length > 0
      ? origins.flatMap((from) => others.map((to) => [from, to] as const))
      : others.flatMap((from, i) => others.slice(i + 1).map((to) => [from, to] as const));
  return pairs
    .filter(([from, to]) => from.zoneId !== to.zoneId)
    .map(([from, to]) => ({ from: from.zoneId, to: to.zoneId }));
}
