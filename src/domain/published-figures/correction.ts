/** Corrections of closed days: the request, its facts, and the resulting changes. */

import type { Residency } from '../enterprises/residency.ts';
import type { Refusal } from '../refusal.ts';
import type { RegisterRecord } from '../register/record.ts';
import type { OperationReportInput } from '../reports/operation-report.ts';
import { currentRevision, type DayFigures, isClosed, type PublishedDay } from './published-day.ts';
import type { ReportFigures, ReportVersion } from './resumption.ts';

/** Upper bound of a proposal's days. One item stores the figures of each day before and after. */
export const MAX_PROPOSED_DAYS = 800;

/** The corrected report of a closed day. */
export interface CorrectedReport extends OperationReportInput {
  readonly enterpriseId: string;
  /** The version that it corrects; null for the first report of the day. */
  readonly corrects: number | null;
}

/** A report of a closed day that is withdrawn. */
export interface WithdrawnReport {
  readonly enterpriseId: string;
  readonly day: string;
  /** The version that the officer read. */
  readonly version: number;
}

export type StatedStay = Omit<Residency, 'parkId'>;

/** The first and last of some settled days. */
export interface SettledDays {
  readonly from: string;
  readonly to: string;
}

/** The stays of an enterprise in the park, as corrected: all that aren't settled, or the settled ones of some days. */
export interface CorrectedStays {
  readonly enterpriseId: string;
  /** The version of the enterprise that the officer read. */
  readonly version: number;
  readonly stays: readonly StatedStay[];
  /** Days whose stays are replaced; absent for all days that aren't settled. */
  readonly settledDays?: SettledDays;
}

export interface Correction {
  readonly parkId: string;
  readonly reports: readonly CorrectedReport[];
  /** Absent in proposals from before reports could be withdrawn. */
  readonly withdrawals?: readonly WithdrawnReport[];
  readonly stays: readonly CorrectedStays[];
  /** Closed days whose figures are counted again from reports and stays. */
  readonly recount: readonly string[];
}

/** The newest version of the report of an enterprise and day. */
export interface KnownReport extends ReportVersion {
  readonly day: string;
  readonly parkId: string;
  readonly version: number;
}

/** The facts of an enterprise that corrections read. */
export interface CorrectedEnterprise
  extends Pick<RegisterRecord, 'homeZoneId' | 'move' | 'registration' | 'residencies' | 'settledTo'> {
  readonly version: number;
}

/** The facts that decide a correction. */
export interface CorrectionSituation {
  enterpriseOf(id: string): CorrectedEnterprise | null;
  /** The zone of the park. */
  readonly zoneId: string;
  reportsOf(id: string): readonly KnownReport[];
  /** The published days of the park. */
  readonly days: readonly PublishedDay[];
  readonly applied: number;
  /** Returns the figures counted from reports and stays. */
  computedOf(day: string): DayFigures;
  /** Returns the last published day of any park; null where it has none. */
  lastPublishedOn(parkId: string): string | null;
  readonly now: Date;
}

/** A new version of a day's report, which replaces the newest one. */
export interface NewVersion extends KnownReport {
  /** The replaced figures; null where no report counted. */
  readonly before: ReportFigures | null;
}

/** The change of one enterprise, applied by one transaction. */
export interface EnterpriseCorrection {
  readonly enterpriseId: string;
  /** Its stays in the park that aren't settled, or those of `settledDays`; null where they don't change. */
  readonly stays: readonly Residency[] | null;
  readonly settledDays?: SettledDays;
  readonly reports: readonly NewVersion[];
}

/** The change of one day's figures. */
export interface DayChange {
  readonly on: string;
  /** The revision that the officer read; 0 where the day isn't published. */
  readonly revision: number;
  readonly before: DayFigures | null;
  readonly after: DayFigures;
}

export interface DecidedCorrection {
  readonly changes: readonly EnterpriseCorrection[];
  readonly days: readonly DayChange[];
}

export type CorrectionRefusal =
  | 'WRONG_NUMBER'
  | 'TWICE_IN_ONE_CALL'
  | 'UNKNOWN_ENTERPRISE'
  | 'OTHER_ZONE'
  | 'NOT_CONFIRMED'
  | 'OTHER_VERSION'
  | 'INVALID_STAY'
  | 'STAYS_SETTLED'
  | 'INVALID_REPORT'
  | 'OTHER_PARK'
  | 'DAYS_REPORTED'
  | 'DAY_NOT_CLOSED'
  | 'NOTHING_CHANGED';

export class Refused extends Error {
  readonly refusal: Refusal<CorrectionRefusal>;
  constructor(code: CorrectionRefusal, field: readonly string[], message: string) {
    super(message);
    this.refusal = { code, field, message };
  }
}

/** Returns the current revision of a closed day; null for any other day. */
export function closedDay(on: string, { days, applied, now }: CorrectionSituation) {
  const day = days.find((one) => one.on === on) ?? null;
  return isClosed(day, applied, now) ? currentRevision(day, applied) : null;
}

export function wrongNumber(field: string, message: string): Refused {
  return new Refused('WRONG_NUMBER', [field], message);
}
