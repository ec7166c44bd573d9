import {
  type AcceptedReport,
  decideOperationReport,
  type OperationReportInput,
  type OperationReportRefusal,
} from './operation-report.ts';
import { closedDaysMessage } from './published-figures/touched-days.ts';
import type { Decision, Refusal } from './refusal.ts';
import type { Residency } from './residency.ts';

/** One report of several that are taken together or not at all. */
export interface ReportInput extends OperationReportInput {
  readonly enterpriseId: string;
  /** The version that is corrected; null for the first report of the day. */
  readonly corrects: number | null;
}

/** What the reports are judged by. */
export interface ReportedBefore {
  /** All stays of an enterprise; null where there is no such enterprise. */
  residenciesOf(enterpriseId: string): readonly Residency[] | null;
  /** The newest version of a day's report; 0 where there is none. */
  versionOf(enterpriseId: string, day: string): number;
  /** Whether the figures that a park published of a day are final. */
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

export const MOST_REPORTS = 25;
/** Each park is a check in the one transaction of a call: with 25 reports of 25 enterprises there is room for as many. */
export const MAX_PARKS = 20;

/**
 * Decides whether reports are taken: all, or none. A refusal's field is `reports`, the report's place, and its field.
 * @param today the day in Asia/Shanghai
 */
export function decideOperationReports(
  reports: readonly ReportInput[],
  known: ReportedBefore,
  today: string,
): Decision<readonly AcceptedVersion[], OperationReportsRefusal> {
  if (reports.length < 1 || reports.length > MOST_REPORTS) {
    return {
      ok: false,
      refusals: [{ code: 'WRONG_NUMBER', field: ['reports'], message: `From 1 to ${MOST_REPORTS} at once.` }],
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
    refusals.push({ code: 'WRONG_NUMBER', field: ['reports'], message: `Of at most ${MAX_PARKS} parks at once.` });
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
  if (corrects === null && version > 0) {
    return refuse(
      'REPORTED_ALREADY',
      'corrects',
      `The day is reported; say which version you correct: it has ${version}.`,
    );
  }
  if (corrects !== null && corrects !== version) {
    return refuse('OTHER_VERSION', 'corrects', `You correct version ${corrects}; the newest is ${version}.`);
  }
  return { ok: true, value: { ...decision.value, enterpriseId, version: version + 1 } };
}
