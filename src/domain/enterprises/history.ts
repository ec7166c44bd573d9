/**
 * The older stays and classes of an enterprise, which are settled: only a correction that names their days changes stays
 * of them. They are stored beside the enterprise, so that its own record stays bounded however often it changes.
 */
import { addDays, earlierDay, laterDay } from '../calendar/day.ts';
import type { Classified, FormerClassification } from './classification.ts';
import type { Residency } from './residency.ts';

/** Upper bound of the ended stays, and of the replaced classes, that an enterprise's record has. */
export const MAX_RECENT = 20;

/** Ended stays or replaced classes that remain once there are more than `MAX_RECENT`. */
const RECENT_AFTER_SETTLING = 10;

/** A stay that has ended. */
export type EndedStay = Residency & { readonly to: string };

export interface HasHistory extends Classified {
  /** Newest first. */
  readonly residencies: readonly Residency[];
  /**
   * The last settled day. Stays and classes that end on it or before are stored beside the record. Absent before there
   * is one.
   */
  readonly settledTo?: string;
}

/** Stays and classes that have ended on a settled day. */
export interface Settled {
  readonly stays: readonly EndedStay[];
  /** Oldest first. */
  readonly classes: readonly FormerClassification[];
}

/** Parts an enterprise's record from the stays and classes that are settled with it. */
export function settle<Enterprise extends HasHistory>(
  of: Enterprise,
  today: string,
): { readonly recent: Enterprise; readonly settled: Settled } {
  const { residencies, formerClasses = [], settledTo: before = '' } = of;
  const ends = residencies.flatMap(({ to }) => (to !== null && to > before && to < today ? to : []));
  const classEnds = formerClasses.flatMap(({ to }) => (to > before ? to : []));
  const settledTo = [lastSettled(ends), lastSettled(classEnds), before]
    .map((day) => earlierDay(day, addDays(today, -1)))
    .reduce(laterDay);
  if (settledTo === '') return { recent: of, settled: { stays: [], classes: [] } };
  const settled = settledIn({ ...of, settledTo });
  const kept = formerClasses.slice(settled.classes.length);
  const { formerClasses: _, ...rest } = of;
  return {
    recent: {
      ...(rest as Enterprise),
      ...(kept.length > 0 && { formerClasses: kept }),
      residencies: residencies.filter(({ to }) => to === null || to > settledTo),
      settledTo,
    },
    settled,
  };
}

/** Returns the settled stays and classes that an enterprise's record has. */
export function settledIn({ residencies, formerClasses = [], settledTo = '' }: HasHistory): Settled {
  return {
    stays: residencies.filter((stay): stay is EndedStay => stay.to !== null && stay.to <= settledTo),
    classes: formerClasses.filter(({ to }) => to <= settledTo),
  };
}

/** Returns the last day to settle so that the newest ends remain; empty where there are few. */
function lastSettled(ends: readonly string[]): string {
  return ends.length > MAX_RECENT ? (ends.toSorted().at(-RECENT_AFTER_SETTLING - 1) ?? '') : '';
}

/** Returns an enterprise with settled stays and classes put back, so that it can be asked about their days. */
export function withSettled<Enterprise extends HasHistory>(of: Enterprise, { stays, classes }: Settled): Enterprise {
  const formerClasses = [...classes, ...(of.formerClasses ?? [])];
  return {
    ...of,
    ...(formerClasses.length > 0 && { formerClasses }),
    residencies: [...of.residencies, ...stays].sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0)),
  };
}

/**
 * Returns the last day whose stays no command changes: reported days and settled ones.
 * @param lastReported the last day that the enterprise has reported; null where none
 */
export function lastFixedDay({ settledTo }: Pick<HasHistory, 'settledTo'>, lastReported: string | null): string | null {
  return settledTo === undefined ? lastReported : laterDay(settledTo, lastReported ?? '');
}

/** Returns whether a day's stays and classes may be among the settled ones. */
export function isSettledOn({ settledTo }: Pick<HasHistory, 'settledTo'>, day: string): boolean {
  return settledTo !== undefined && day <= settledTo;
}
