/** Decides the withdrawal (撤回) of a report of an open day. */
import { decideReason, type ReasonRefusal } from '../published-figures/proposal.ts';
import type { ReportVersion } from '../published-figures/resumption.ts';
import { closedDaysMessage } from '../published-figures/touched-days.ts';
import type { Decision } from '../refusal.ts';

export interface WithdrawalInput {
  readonly day: string;
  /** The version that the caller read. */
  readonly version: number;
  readonly reason: string;
}

/** The facts that decide a withdrawal. */
export interface WithdrawalSituation {
  /** The newest version of the day's report; null where the enterprise has not reported the day. */
  readonly report: (ReportVersion & { readonly version: number }) | null;
  /** True where the park's published figures of the day are final. */
  readonly isClosed: boolean;
}

export type WithdrawalRefusal = 'NOT_REPORTED' | 'OTHER_VERSION' | 'WITHDRAWN_ALREADY' | 'DAY_CLOSED' | ReasonRefusal;

/** Returns the reason of a withdrawal without surrounding spaces, or why the report stays. */
export function decideWithdrawal(
  { report, isClosed }: WithdrawalSituation,
  { day, version, reason }: WithdrawalInput,
): Decision<string, WithdrawalRefusal> {
  if (!report) return refuse('NOT_REPORTED', 'day', 'The enterprise has not reported this day.');
  if (report.version !== version) {
    return refuse('OTHER_VERSION', 'version', `You read version ${version}; the newest is ${report.version}.`);
  }
  if (report.isWithdrawn) return refuse('WITHDRAWN_ALREADY', 'day', 'The report is withdrawn already.');
  if (isClosed) return refuse('DAY_CLOSED', 'day', closedDaysMessage([day]));
  return decideReason(reason);
}

function refuse(code: WithdrawalRefusal, field: string, message: string) {
  return { ok: false, refusals: [{ code, field: [field], message }] } as const;
}
