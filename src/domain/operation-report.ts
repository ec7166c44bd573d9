import { isDay } from './day.ts';
import type { Decision, Refusal } from './refusal.ts';
import { countingResidency, type Residency } from './residency.ts';
import type { OperationMode, ReportFigures } from './resumption.ts';

/** What an enterprise says about one of its days. */
export interface OperationReportInput {
  /** `YYYY-MM-DD`, of Asia/Shanghai. */
  readonly day: string;
  readonly mode: OperationMode;
  /** Persons on the payroll that day, and how many of them worked. */
  readonly staffTotal: number;
  readonly staffReturned: number;
}

export type OperationReportRefusal =
  | 'INVALID_DAY'
  | 'DAY_IN_FUTURE'
  | 'NOT_RESIDENT'
  | 'INVALID_STAFF_TOTAL'
  | 'INVALID_STAFF_RETURNED'
  | 'MORE_RETURNED_THAN_STAFF'
  | 'RETURNED_WITHOUT_RESUMING';

/** A report as it counts, and the park that it counts for. */
export interface AcceptedReport extends ReportFigures {
  readonly day: string;
  readonly parkId: string;
}

/** More than any single employer of the world has. */
const MOST_STAFF = 10_000_000;

/** Tells whether a value is a number of persons. */
export function isHeadcount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= MOST_STAFF;
}

/**
 * Decides whether a report is taken. A day that is past may be reported, or corrected, at any time.
 * @param residencies all stays of the enterprise
 * @param today the day in Asia/Shanghai
 */
export function decideOperationReport(
  input: OperationReportInput,
  residencies: readonly Residency[],
  today: string,
): Decision<AcceptedReport, OperationReportRefusal> {
  const { day, mode, staffTotal, staffReturned } = input;
  const refusals: Refusal<OperationReportRefusal>[] = [];
  const refuse = (code: OperationReportRefusal, field: string, message: string) =>
    refusals.push({ code, field: [field], message });

  const residency = isDay(day) ? countingResidency(residencies, day) : null;
  if (!isDay(day)) refuse('INVALID_DAY', 'day', 'There is no such day.');
  else if (day > today) refuse('DAY_IN_FUTURE', 'day', 'A day can be reported when it has begun.');
  else if (!residency) refuse('NOT_RESIDENT', 'day', 'The enterprise is resident in no park on that day.');

  const totalCounts = isHeadcount(staffTotal);
  const returnedCounts = isHeadcount(staffReturned);
  if (!totalCounts) refuse('INVALID_STAFF_TOTAL', 'staffTotal', 'The staff total is no number of persons.');
  if (!returnedCounts) refuse('INVALID_STAFF_RETURNED', 'staffReturned', 'The staff returned is no number of persons.');
  if (totalCounts && returnedCounts && staffReturned > staffTotal) {
    refuse('MORE_RETURNED_THAN_STAFF', 'staffReturned', 'More staff returned than there are.');
  }
  if (mode === 'NOT_RESUMED' && returnedCounts && staffReturned > 0) {
    refuse('RETURNED_WITHOUT_RESUMING', 'staffReturned', 'Where staff returned, the enterprise has resumed.');
  }
  if (refusals.length > 0 || !residency) return { ok: false, refusals };
  const { parkId, registeredStaff } = residency;
  return { ok: true, value: { day, parkId, mode, staffTotal, staffReturned, registeredStaff } };
}
