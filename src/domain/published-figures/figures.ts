/** The figures of one park and day that are computed, published and corrected. */
import type { Ratio } from '../indicators/indicator.ts';
import type { ResidencyLevel, Tally } from './resumption.ts';

export interface DayFigures {
  /** Enterprises resident on the day. */
  readonly residents: number;
  /** Staff of the resident enterprises: as reported, else as registered. */
  readonly staff: number;
  readonly resumedOnSite: number;
  readonly resumedOnline: number;
  readonly staffReturned: number;
  /** Enterprises that reported the day. */
  readonly reported: number;
}

/** The effect of a change on a day's sums: on its tally and on its level of residency. */
export interface FiguresChange {
  readonly tally: Tally;
  readonly level: ResidencyLevel;
}

/** Returns the figures from a day's sums. */
export function dayFiguresOf(tally: Tally, level: ResidencyLevel): DayFigures {
  return {
    residents: level.residents,
    staff: level.registeredStaff - tally.registeredStaff + tally.staffTotal,
    resumedOnSite: tally.resumedOnSite,
    resumedOnline: tally.resumedOnline,
    staffReturned: tally.staffReturned,
    reported: tally.reported,
  };
}

/** Returns the figures after a change of their sums. */
export function changedFigures(before: DayFigures, { tally, level }: FiguresChange): DayFigures {
  const by = dayFiguresOf(tally, level);
  return {
    residents: before.residents + by.residents,
    staff: before.staff + by.staff,
    resumedOnSite: before.resumedOnSite + by.resumedOnSite,
    resumedOnline: before.resumedOnline + by.resumedOnline,
    staffReturned: before.staffReturned + by.staffReturned,
    reported: before.reported + by.reported,
  };
}

/**
 * Returns a text that identifies figures, so that a caller can state which ones they read. `156+50/236 5669/6750 230`
 * means 156 on site and 50 online of 236 enterprises, 5,669 of 6,750 staff, 230 reports.
 */
export function fingerprintOf(figures: DayFigures): string {
  const { residents, staff, resumedOnSite, resumedOnline, staffReturned, reported } = figures;
  return `${resumedOnSite}+${resumedOnline}/${residents} ${staffReturned}/${staff} ${reported}`;
}

export function sameFigures(a: DayFigures, b: DayFigures): boolean {
  return fingerprintOf(a) === fingerprintOf(b);
}

export interface ResumptionRatios {
  readonly production: Ratio;
  readonly returnToWork: Ratio;
}

/** Returns the production-resumption rate (复工复产率) and the return-to-work rate (返岗率) as ratios. */
export function ratiosOf({ residents, staff, staffReturned, ...resumed }: DayFigures): ResumptionRatios {
  return {
    production: { numerator: resumed.resumedOnSite + resumed.resumedOnline, denominator: residents },
    returnToWork: { numerator: staffReturned, denominator: staff },
  };
}
