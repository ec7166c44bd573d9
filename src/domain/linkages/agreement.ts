/** Agreements between zones: their terms, their status on a day, and the links between their parties. */

import type { PartnerPurpose } from '../access/purpose.ts';
import { type DayInterval, laterDay } from '../calendar/day.ts';
import type { Localized } from '../locale.ts';
import type { Versioned } from '../records/record.ts';
import type { AgreementStatus } from './coverage.ts';

export type AgreementKind = 'JOINT_DEVELOPMENT' | 'BENEFIT_SHARING' | 'CROSS_COVERAGE' | 'MUTUAL_RECOGNITION';
export type PartyRole = 'ORIGIN' | 'DESTINATION' | 'OPERATOR';
/** The recorded status of an agreement. The day decides whether a signed one has expired. */
export type RecordedStatus = Exclude<AgreementStatus, 'EXPIRED'>;

export interface PartyFacts {
  readonly zoneId: string;
  readonly role: PartyRole;
}

export interface PartyRecord extends PartyFacts {
  /** Null until this party has signed. */
  readonly signedOn: string | null;
}

export interface ShareTermRecord {
  readonly base: 'TAX' | 'GDP' | 'OUTPUT' | 'FUND';
  /** Basis points that sum to 10,000. */
  readonly shares: readonly { readonly role: PartyRole; readonly basisPoints: number }[];
  /** Whole fen: upper bound of the origin's share over all stages. */
  readonly cap: string | null;
  readonly years: number;
  readonly extensionYears: number;
}

/** The part of an agreement that its parties sign. */
export interface AgreementTerms {
  readonly title: Localized;
  readonly kind: AgreementKind;
  readonly parties: readonly PartyFacts[];
  readonly validFrom: string;
  /** The last day; null without an end. */
  readonly validTo: string | null;
  /** The purposes for which a party may use the others' data. */
  readonly purposes: readonly PartnerPurpose[];
  readonly shareTerms: readonly ShareTermRecord[];
}

export interface AgreementRecord extends Versioned, AgreementTerms {
  readonly id: string;
  readonly status: RecordedStatus;
  /** The last day of a terminated agreement; null for others. */
  readonly terminatedOn: string | null;
  readonly parties: readonly PartyRecord[];
  /** The day on which the last party signed. */
  readonly signedOn: string | null;
  /** The zone that proposed it. Absent for seeded agreements. */
  readonly proposedBy?: string;
  /** The coverages that rest on it. */
  readonly coverageIds: readonly string[];
}

/**
 * Returns the first day on which an agreement is in force: its first day, or the day of the last signature where that is
 * later.
 */
export function firstDayInForce({ validFrom, signedOn }: Pick<AgreementRecord, 'validFrom' | 'signedOn'>): string {
  return signedOn === null ? validFrom : laterDay(validFrom, signedOn);
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
