import { addDays, dayInShanghai } from '../calendar/day.ts';
import type { Ratio } from '../indicators/indicator.ts';
import type { Decision } from '../refusal.ts';
import type { ResidencyLevel, Tally } from './resumption.ts';

/** A day whose figures a park has published, and its revisions. */

export type RevisionKind = 'PUBLICATION' | 'BACKFILL' | 'CORRECTION';

/** One revision of a day's figures. It never changes once it is visible. */
export interface Revision {
  /** 1 for the first publication; each further revision adds 1. */
  readonly revision: number;
  readonly kind: RevisionKind;
  readonly figures: DayFigures;
  /** RFC 3339, UTC: the instant from which the revision is current. */
  readonly at: string;
  /** Position among all changes of the park's published figures. */
  readonly sequence: number;
}

export interface PublishedDay {
  readonly on: string;
  /** RFC 3339, UTC: the instant at which the first revision became current. */
  readonly publishedAt: string;
  /** RFC 3339, UTC: the instant from which the day is closed. */
  readonly closesAt: string;
  /** Null while the first revision isn't visible yet. */
  readonly current: Revision | null;
  /** A revision that becomes current when the park has applied its changes up to its sequence. */
  readonly next: Revision | null;
  /** All revisions, oldest first, `next` included. */
  readonly history: readonly RevisionMark[];
}

/** The part of a revision that the day's history stores. */
export type RevisionMark = Omit<Revision, 'figures'>;

/** Grace period after a publication in days, where the park sets no other. */
export const GRACE_DAYS = 7;

export type DayStatus = 'OPEN' | 'PUBLISHED' | 'CLOSED' | 'CORRECTED';

/**
 * Returns the revision that readers see.
 * @param applied the sequence up to which the park has applied its changes
 */
export function currentRevision(day: PublishedDay | null, applied: number): Revision | null {
  if (!day) return null;
  return day.next && day.next.sequence <= applied ? day.next : day.current;
}

/** Returns whether the day is closed: only corrections change it. */
export function isClosed(day: PublishedDay | null, applied: number, now: Date): boolean {
  return day !== null && currentRevision(day, applied) !== null && day.closesAt <= now.toISOString();
}

/** Returns the status of the day at an instant at which the revision was current. */
export function statusAt(day: PublishedDay | null, revision: RevisionMark | null, instant: string): DayStatus {
  if (!day || !revision) return 'OPEN';
  if (instant < day.closesAt) return 'PUBLISHED';
  return revision.kind === 'CORRECTION' ? 'CORRECTED' : 'CLOSED';
}

/** Returns the revisions that readers see, oldest first. */
export function visibleRevisions(day: PublishedDay | null, applied: number): readonly RevisionMark[] {
  return day?.history.filter(({ sequence }) => sequence <= applied) ?? [];
}

/** Returns the revision that was current at an instant; null where the day had none. */
export function revisionAsOf(day: PublishedDay | null, applied: number, instant: string): RevisionMark | null {
  return visibleRevisions(day, applied).findLast(({ at }) => at <= instant) ?? null;
}

/** Returns the day with a further revision, which becomes current once its sequence is applied. */
export function withRevision(
  day: PublishedDay | null,
  applied: number,
  on: string,
  next: Revision,
  graceDays: number,
): PublishedDay {
  const current = currentRevision(day, applied);
  const visible = current && day ? day : null;
  const closesAt = new Date(Date.parse(next.at) + graceDays * 86_400_000).toISOString();
  const { figures: _, ...mark } = next;
  return {
    on,
    publishedAt: visible?.publishedAt ?? next.at,
    closesAt: visible?.closesAt ?? closesAt,
    current,
    next,
    history: [...visibleRevisions(visible, applied), mark],
  };
}

export type PublishingRefusal =
  | 'DAY_IN_FUTURE'
  | 'NOTHING_COUNTED'
  | 'NEEDS_BACKFILL'
  | 'DAY_CLOSED'
  | 'OTHER_FIGURES'
  | 'PUBLISHED_ALREADY';

/** The facts that decide a publication. */
export interface PublishingSituation {
  readonly day: PublishedDay | null;
  readonly applied: number;
  /** The figures counted from reports and stays; null where the park has no figures. */
  readonly computed: DayFigures | null;
  readonly graceDays: number;
  readonly now: Date;
}

/**
 * Decides whether one officer may publish a day. Within the grace period, the same day may be published again, as a
 * further revision. An older day, before yesterday, needs a backfill, which takes two persons.
 * @param seen the fingerprint of the figures that the officer read
 */
export function decidePublication(
  on: string,
  seen: string,
  { day, applied, computed, graceDays, now }: PublishingSituation,
): Decision<DayFigures, PublishingRefusal> {
  const today = dayInShanghai(now);
  const current = currentRevision(day, applied);
  if (on > today) return refuse('DAY_IN_FUTURE', 'A day can be published once it has begun.');
  if (!computed) return refuse('NOTHING_COUNTED', 'The park has no figures.');
  if (isClosed(day, applied, now)) return refuse('DAY_CLOSED', 'The day is closed. Propose a correction.');
  const days = Math.max(graceDays, 1);
  if (!current && on < addDays(today, -days)) {
    return refuse('NEEDS_BACKFILL', `The day is more than ${days} days past. Propose a backfill.`);
  }
  if (fingerprintOf(computed) !== seen) {
    return refuse('OTHER_FIGURES', 'The figures have changed since you read them. Read them again.', 'seen');
  }
  if (current && sameFigures(current.figures, computed)) {
    return refuse('PUBLISHED_ALREADY', `Revision ${current.revision} has these figures.`);
  }
  return { ok: true, value: computed };
}

function refuse(code: PublishingRefusal, message: string, field = 'on') {
  return { ok: false, refusals: [{ code, field: [field], message }] } as const;
}

/** The figures of one park and day that are computed, published and corrected. */

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
