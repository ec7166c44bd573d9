import type { Rounding } from '../indicators/indicator.ts';
import type { Localized } from '../locale.ts';

/**
 * How far a park has resumed production and work on a day.
 *
 * On day D an enterprise counts if it is resident on D, by its report of day D; where it reported nothing it counts as not
 * resumed. Two rates follow:
 * - production = resident enterprises resumed (on site, or online-offline) / resident enterprises;
 * - return to work = staff returned / staff, where an enterprise that reported counts with the staff total of its report
 *   and one that didn't with the staff registered with its residency.
 *
 * Both are exact without reading a single enterprise, from two things kept per park: the day's `Tally`, to which each
 * report adds its contribution (a correction adds new minus old), and the steps of residency (`residency.ts`), whose sum up
 * to D is the `ResidencyLevel`: enterprises resident, and their registered staff. A contribution carries the registered
 * staff that its report replaces, so that staff = registered staff of all residents - that of those who reported + the
 * totals that they reported. It can replace nothing else than what the level holds, because an enterprise's registered
 * staff is fixed with its residency, and a report is taken only from an enterprise that is resident on its day.
 */
export const OPERATION_MODES = ['ON_SITE', 'ONLINE_OFFLINE', 'NOT_RESUMED'] as const;
export type OperationMode = (typeof OPERATION_MODES)[number];

/** What counts of one enterprise's report of one day. */
export interface ReportFigures {
  readonly mode: OperationMode;
  readonly staffTotal: number;
  readonly staffReturned: number;
  /** The staff registered with the residency that the enterprise reports for. */
  readonly registeredStaff: number;
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

/** What is resident in a park on a day, whether it reports or not. */
export interface ResidencyLevel {
  readonly residents: number;
  readonly registeredStaff: number;
}

/** What one report adds to the tally of its park and day; nothing where there is none. */
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

/** What is to be added to a tally when a report takes the place of an earlier one; `null` where there was none before. */
export function tallyChange(before: ReportFigures | null, after: ReportFigures): Tally {
  return combine(contributionOf(after), contributionOf(before), -1);
}

/** How one of the two rates of resumption is published. */
export interface ResumptionRate {
  readonly rounding: Rounding;
  /** Decimals in per cent. */
  readonly decimals: number;
  /** What it is a share of. */
  readonly scope: Localized;
}

/** The park publishes both truncated: 87.2 of 87.288 and 83.9 of 83.985 on 2020-03-16 (the news of 2020-03-18). */
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
