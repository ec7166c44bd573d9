/** The month that docs/cost.md computes: a zone with eight parks. Change a row, and run `npm run cost` again. */
import { WATCHED } from '../../src/cli/stack/watched.ts';

/** An operation of the month: a shipped document with its example's variables. */
export interface MonthlyOperation {
  /** A path in `schema/operations`, without its end. */
  readonly document: string;
  readonly times: number;
}

export const QUERIES: readonly MonthlyOperation[] = [
  { document: 'analyst/Headline', times: 300_000 },
  { document: 'analyst/Enterprises', times: 60_000 },
  { document: 'analyst/Policies', times: 60_000 },
  { document: 'analyst/Linkages', times: 30_000 },
  { document: 'partner/ParkEnterprises', times: 50_000 },
  { document: 'mobile/CaseStatus', times: 100_000 },
  { document: 'mobile/MyCases', times: 40_000 },
  { document: 'officer/Worklist', times: 60_000 },
];

/** A thousand cases from their opening to the delivered result, and a report of each of 1,000 enterprises on working days. */
export const MUTATIONS: readonly MonthlyOperation[] = [
  { document: 'mobile/OpenCase', times: 1_000 },
  { document: 'mobile/GiveConsent', times: 1_000 },
  { document: 'mobile/RequestUpload', times: 1_000 },
  { document: 'mobile/SupplyDocument', times: 1_000 },
  { document: 'mobile/SubmitCase', times: 1_000 },
  { document: 'officer/AcceptCase', times: 1_000 },
  { document: 'officer/StartReview', times: 1_000 },
  { document: 'officer/GiveOpinion', times: 1_000 },
  { document: 'officer/DecideCase', times: 1_000 },
  { document: 'officer/DeliverResult', times: 1_000 },
  { document: 'clerk/ReportOperations', times: 22_000 },
];

export const OPERATIONS = [...QUERIES, ...MUTATIONS];

/** Runs of scheduled functions in a month of 30 days, and the milliseconds of one with nothing to do. */
export const SCHEDULED = { runs: 30 * 24 * (60 + 30 + 3) + 30, ms: 120, megabytes: 512 };

/** The parts of a stack that cost the same whatever is asked of it. An alarm over several metrics costs one for each. */
export const STANDING = {
  keys: 9,
  secrets: 5,
  alarms: WATCHED.reduce((sum, { sources }) => sum + sources.length, 0),
  storedGigabytes: 5,
};

/** Bytes of the log for one request: its line, with metrics, and Lambda's own three. */
export const LOG_BYTES_A_REQUEST = 1_600;
