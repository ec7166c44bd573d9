/** Counts of cases in a period: sums only, in fixed buckets, so that any two can be added. */
import { WAITED_FOR, type WaitedFor } from '../cases/state.ts';

/** Upper ends of the buckets of a decision's working days; longer decisions have one more bucket. */
export const DECISION_DAYS = [5, 10, 15, 20, 25, 30, 45, 60] as const;

export interface CaseTally {
  /** Applications received. */
  readonly received: number;
  readonly approved: number;
  /** Rejected or not accepted. */
  readonly rejected: number;
  /** Decided by the promised day, and after it. */
  readonly onTime: number;
  readonly late: number;
  /** Decisions by their working days: a count for each of `DECISION_DAYS`, and one beyond. */
  readonly decisionDays: readonly number[];
  /** Open cases at the end of the period, by the party that has to act. */
  readonly waiting: Readonly<Record<WaitedFor, number>>;
}

export const EMPTY_CASE_TALLY: CaseTally = {
  received: 0,
  approved: 0,
  rejected: 0,
  onTime: 0,
  late: 0,
  decisionDays: new Array(DECISION_DAYS.length + 1).fill(0),
  waiting: { APPLICANT: 0, EMPLOYER: 0, AGENCY: 0, OTHER_ZONE: 0, NOBODY: 0 },
};

/**
 * Returns the tally of two periods, or of two places, together. For consecutive periods use `thenTally`, since
 * `waiting` is a level.
 */
export function addCaseTallies(a: CaseTally, b: CaseTally): CaseTally {
  const waiting = { ...a.waiting };
  for (const whom of WAITED_FOR) waiting[whom] += b.waiting[whom];
  return {
    received: a.received + b.received,
    approved: a.approved + b.approved,
    rejected: a.rejected + b.rejected,
    onTime: a.onTime + b.onTime,
    late: a.late + b.late,
    decisionDays: a.decisionDays.map((count, i) => count + (b.decisionDays[i] ?? 0)),
    waiting,
  };
}

/** Returns the tally of a period and its next one. Their `waiting` is the later period's. */
export function thenTally(earlier: CaseTally, later: CaseTally): CaseTally {
  return { ...addCaseTallies(earlier, later), waiting: later.waiting };
}

/** Returns the bucket of `decisionDays` that a number of working days is counted in. */
export function decisionBucket(workingDays: number): number {
  const bucket = DECISION_DAYS.findIndex((end) => workingDays <= end);
  return bucket < 0 ? DECISION_DAYS.length : bucket;
}

/**
 * Returns the working days within which a share of the decisions was made: the upper end of its bucket.
 * @param share above 0 and below 1
 * @param threshold persons needed on either side, so that it identifies nobody
 * @returns null where too few were decided, or it took longer than the last bucket's end
 */
export function decisionDaysOf(decisionDays: readonly number[], share: number, threshold: number): number | null {
  const decided = decisionDays.reduce((sum, count) => sum + count, 0);
  if (decided * share < threshold || decided * (1 - share) < threshold) return null;
  let within = 0;
  for (const [bucket, count] of decisionDays.entries()) {
    within += count;
    if (within >= decided * share) return DECISION_DAYS[bucket] ?? null;
  }
  return null;
}
