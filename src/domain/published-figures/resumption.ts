import type { Rounding } from '../indicators/indicator.ts';
import type { Localized } from '../locale.ts';

/**
 * The resumption of production and work of a park on a day.
 *
 * On day D an enterprise counts if it is resident on D, by its report of day D. Without a report, it counts as not
 * resumed. Two rates follow:
 * - production = resident enterprises resumed (on site, or online-offline) / resident enterprises;
 * - return to work = staff returned / staff. A reporting enterprise counts with the staff total of its report, any
 * other with the staff registered with its residency.
 *
 * Both are exact without reading a single enterprise, from two sums per park. The day's `Tally` sums the contributions
 * of reports; a correction adds new minus old. The steps of residency (`residency.ts`) sum up to the `ResidencyLevel`
 * of D: resident enterprises and their registered staff. A contribution includes the registered staff that its report
 * replaces. So staff = registered staff of all residents - that of the reporting ones + their reported totals. The
 * level always includes the replaced number: registered staff is fixed with the residency, and only a resident
 * enterprise may report.
 */
export const OPERATION_MODES = ['ON_SITE', 'ONLINE_OFFLINE', 'NOT_RESUMED'] as const;
export type OperationMode = (typeof OPERATION_MODES)[number];

/** The figures of one enterprise's report of one day. */
export interface ReportFigures {
  readonly mode: OperationMode;
  readonly staffTotal: number;
  readonly staffReturned: number;
  /** Registered staff of the residency that the enterprise reports for. */
  readonly registeredStaff: number;
}

/** A version of a day's report. */
export interface ReportVersion extends ReportFigures {
  /** True where this version withdraws the report, whose figures it repeats. */
  readonly isWithdrawn?: boolean;
}

/** Returns the figures that count of a report; null where it is withdrawn or doesn't exist. */
export function countedFigures(report: ReportVersion | null): ReportFigures | null {
  if (report === null || report.isWithdrawn) return null;
  const { mode, staffTotal, staffReturned, registeredStaff } = report;
  return { mode, staffTotal, staffReturned, registeredStaff };
}

/** The sums over the reports of one park and day. */
export interface Tally {
  readonly reported: number;
  readonly resumedOnSite: number;
  readonly resumedOnline: number;
  readonly staffTotal: number;
  readonly staffReturned: number;
  readonly registeredStaff: number;
}

export const EMPTY_TALLY: Tally = {
  reported: 0,
  resumedOnSite: 0,
  resumedOnline: 0,
  staffTotal: 0,
  staffReturned: 0,
  registeredStaff: 0,
};

/** The resident enterprises of a park on a day and their registered staff, reported or not. */
export interface ResidencyLevel {
  readonly residents: number;
  readonly registeredStaff: number;
}

/** Returns the contribution of one report to the tally of its park and day; the empty tally for null. */
export function contributionOf(report: ReportFigures | null): Tally {
  if (report === null) return EMPTY_TALLY;
  return {
    reported: 1,
    resumedOnSite: report.mode === 'ON_SITE' ? 1 : 0,
    resumedOnline: report.mode === 'ONLINE_OFFLINE' ? 1 : 0,
    staffTotal: report.staffTotal,
    staffReturned: report.staffReturned,
    registeredStaff: report.registeredStaff,
  };
}

function combine(a: Tally, b: Tally, sign: 1 | -1): Tally {
  return {
    reported: a.reported + sign * b.reported,
    resumedOnSite: a.resumedOnSite + sign * b.resumedOnSite,
    resumedOnline: a.resumedOnline + sign * b.resumedOnline,
    staffTotal: a.staffTotal + sign * b.staffTotal,
    staffReturned: a.staffReturned + sign * b.staffReturned,
    registeredStaff: a.registeredStaff + sign * b.registeredStaff,
  };
}

export function addTallies(a: Tally, b: Tally): Tally {
  return combine(a, b, 1);
}

/** Returns the change of a tally when one version of a report replaces another; null stands for no report. */
export function tallyChange(before: ReportFigures | null, after: ReportFigures | null): Tally {
  return combine(contributionOf(after), contributionOf(before), -1);
}

/** Publication format of one of the two rates of resumption. */
export interface ResumptionRate {
  readonly rounding: Rounding;
  /** Decimals in per cent. */
  readonly decimals: number;
  /** The whole of which it is a share. */
  readonly scope: Localized;
}

/** The park publishes both truncated: 87.2 of 87.288 and 83.9 of 83.985 on 2020-03-16 (news of 2020-03-18). */
export const RESUMPTION_RATES = {
  production: {
    rounding: 'TRUNCATE',
    decimals: 1,
    scope: {
      zh: '当日入驻园区的全部企业',
      ja: '当日に入居していた全企業',
      en: 'all enterprises resident in the park on the day',
    },
  },
  returnToWork: {
    rounding: 'TRUNCATE',
    decimals: 1,
    scope: {
      zh: '当日入驻园区企业的全部员工',
      ja: '当日に入居していた企業の全従業員',
      en: 'all staff of the enterprises resident in the park on the day',
    },
  },
} as const satisfies Record<string, ResumptionRate>;
