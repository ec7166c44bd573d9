/** The month that docs/cost.md computes: a zone with eight parks. Change a row, and run `npm run cost` again. */

/** An operation of the month: a shipped document with its example's variables. */
export interface MonthlyOperation {
  /** A path in `schema/operations`, without its end. */
  readonly document: string;
  readonly times: number;
}

export const OPERATIONS: readonly MonthlyOperation[] = [
  { document: 'analyst/Headline', times: 300_000 },
  { document: 'analyst/Enterprises', times: 60_000 },
  { document: 'analyst/Policies', times: 60_000 },
  { document: 'analyst/Linkages', times: 30_000 },
  { document: 'partner/ParkEnterprises', times: 50_000 },
  { document: 'mobile/CaseStatus', times: 100_000 },
  { document: 'mobile/MyCases', times: 40_000 },
  { document: 'officer/Worklist', times: 60_000 },
];

/** Runs of scheduled functions in a month of 30 days, and the milliseconds of one with nothing to do. */
export const SCHEDULED = { runs: 30 * 24 * (60 + 30 + 3) + 30, ms: 120, megabytes: 512 };

/** What a stack has whatever is asked of it. */
export const STANDING = { keys: 9, secrets: 5, alarms: 29, storedGigabytes: 5 };

/** Bytes of the log for one request: its line, with metrics, and Lambda's own three. */
export const LOG_BYTES_A_REQUEST = 1_600;
