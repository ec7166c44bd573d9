import { isDay } from '../calendar/day.ts';
import { countingResidency, type Residency } from '../enterprises/residency.ts';
import type { OperationMode, ReportFigures } from '../published-figures/resumption.ts';
import { closedDaysMessage } from '../published-figures/touched-days.ts';
import type { Decision, Refusal } from '../refusal.ts';

/** An enterprise's report of one of its days. */
export interface OperationReportInput {
  /** `YYYY-MM-DD`, in Asia/Shanghai. */
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
const MAX_STAFF = 10_000_000;

/** Returns whether a value is a number of persons. */
export function isHeadcount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= MAX_STAFF;
}

/**
 * Validates a report. A past day may be reported, or corrected, at any time.
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
  else if (day > today) refuse('DAY_IN_FUTURE', 'day', 'A day can be reported once it has begun.');
  else if (!residency) refuse('NOT_RESIDENT', 'day', 'The enterprise is resident in no park on that day.');

  const totalCounts = isHeadcount(staffTotal);
  const returnedCounts = isHeadcount(staffReturned);
  if (!totalCounts) refuse('INVALID_STAFF_TOTAL', 'staffTotal', 'The staff total is not a number of persons.');
  if (!returnedCounts)
    refuse('INVALID_STAFF_RETURNED', 'staffReturned', 'The staff returned is not a number of persons.');
  if (totalCounts && returnedCounts && staffReturned > staffTotal) {
    refuse('MORE_RETURNED_THAN_STAFF', 'staffReturned', 'More staff returned than there are.');
  }
  if (mode === 'NOT_RESUMED' && returnedCounts && staffReturned > 0) {
    refuse('RETURNED_WITHOUT_RESUMING', 'staffReturned', 'An enterprise whose staff returned has resumed.');
  }
  if (refusals.length > 0 || !residency) return { ok: false, refusals };
  const { parkId, registeredStaff } = residency;
  return { ok: true, value: { day, parkId, mode, staffTotal, staffReturned, registeredStaff } };
}

/** One report of several that are accepted together or not at all. */
export interface ReportInput extends OperationReportInput {
  readonly enterpriseId: string;
  /** The version that it corrects; null for the first report of the day. */
  readonly corrects: number | null;
}

/** The facts that decide about reports. */
export interface ReportedBefore {
  /** Returns all stays of an enterprise; null where there is no such enterprise. */
  residenciesOf(enterpriseId: string): readonly Residency[] | null;
  /** Returns the newest version of a day's report; 0 where there is none. */
  versionOf(enterpriseId: string, day: string): number;
  /** Returns whether the newest version of a day's report withdraws it. */
  isWithdrawn(enterpriseId: string, day: string): boolean;
  /** Returns whether a park's published figures of a day are final. */
  isClosed(parkId: string, day: string): boolean;
}

export interface AcceptedVersion extends AcceptedReport {
  readonly enterpriseId: string;
  /** 1 for the first report of the day; each correction adds 1. */
  readonly version: number;
}

export type OperationReportsRefusal =
  | OperationReportRefusal
  | 'WRONG_NUMBER'
  | 'TWICE_IN_ONE_CALL'
  | 'UNKNOWN_ENTERPRISE'
  | 'REPORTED_ALREADY'
  | 'OTHER_VERSION'
  | 'DAY_CLOSED';

export const MAX_REPORTS = 25;
/**
 * Upper bound of parks. Each park adds a check to the call's one transaction, which has room for 20 beside 25 reports
 * of 25 enterprises.
 */
export const MAX_PARKS = 20;

/**
 * Validates reports: accepts all or none. A refusal's field is `reports`, the report's index, and the report's field.
 * @param today the day in Asia/Shanghai
 */
export function decideOperationReports(
  reports: readonly ReportInput[],
  known: ReportedBefore,
  today: string,
): Decision<readonly AcceptedVersion[], OperationReportsRefusal> {
  if (reports.length < 1 || reports.length > MAX_REPORTS) {
    return {
      ok: false,
      refusals: [{ code: 'WRONG_NUMBER', field: ['reports'], message: `Send 1 to ${MAX_REPORTS} reports at once.` }],
    };
  }
  const accepted: AcceptedVersion[] = [];
  const refusals: Refusal<OperationReportsRefusal>[] = [];
  const seen = new Set<string>();
  for (const [place, report] of reports.entries()) {
    const decision = decideOne(report, known, today, seen);
    if (decision.ok) accepted.push(decision.value);
    else
      refusals.push(...decision.refusals.map((one) => ({ ...one, field: ['reports', String(place), ...one.field] })));
  }
  if (new Set(accepted.map(({ parkId }) => parkId)).size > MAX_PARKS) {
    refusals.push({
      code: 'WRONG_NUMBER',
      field: ['reports'],
      message: `Send reports of at most ${MAX_PARKS} parks at once.`,
    });
  }
  return refusals.length === 0 ? { ok: true, value: accepted } : { ok: false, refusals };
}

function decideOne(
  report: ReportInput,
  known: ReportedBefore,
  today: string,
  seen: Set<string>,
): Decision<AcceptedVersion, OperationReportsRefusal> {
  const { enterpriseId, day, corrects } = report;
  const refuse = (code: OperationReportsRefusal, field: string, message: string) =>
    ({ ok: false, refusals: [{ code, field: [field], message }] }) as const;

  if (seen.has(`${enterpriseId} ${day}`)) {
    return refuse('TWICE_IN_ONE_CALL', 'day', 'This enterprise and day are in another report of this call.');
  }
  seen.add(`${enterpriseId} ${day}`);
  const residencies = known.residenciesOf(enterpriseId);
  if (!residencies) return refuse('UNKNOWN_ENTERPRISE', 'enterpriseId', 'There is no such enterprise.');
  const decision = decideOperationReport(report, residencies, today);
  if (!decision.ok) return decision;
  if (known.isClosed(decision.value.parkId, day)) return refuse('DAY_CLOSED', 'day', closedDaysMessage([day]));
  const version = known.versionOf(enterpriseId, day);
  if (corrects === null && version > 0 && !known.isWithdrawn(enterpriseId, day)) {
    return refuse(
      'REPORTED_ALREADY',
      'corrects',
      `The day is reported already, in version ${version}. State the version that you correct.`,
    );
  }
  if (corrects !== null && corrects !== version) {
    return refuse('OTHER_VERSION', 'corrects', `You correct version ${corrects}; the newest is ${version}.`);
  }
  return { ok: true, value: { ...decision.value, enterpriseId, version: version + 1 } };
}
