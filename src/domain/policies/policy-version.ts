/**
 * Which version of a policy is in force on a day. A later version replaces the earlier ones from its first day on, even
 * where these had no end; a withdrawn version never counts.
 */
import { addDays, type DayInterval, isWithin } from '../calendar/day.ts';

export interface PolicyVersionFacts {
  readonly number: number;
  readonly status: 'PUBLISHED' | 'WITHDRAWN';
  readonly validFrom: string;
  /** The last day; null while it has no end. */
  readonly validTo: string | null;
}

export interface InForceInterval extends DayInterval {
  readonly number: number;
}

/** When each version is really in force: none overlaps another, by number. */
export function inForceIntervals(versions: readonly PolicyVersionFacts[]): readonly InForceInterval[] {
  const published = versions.filter(({ status }) => status === 'PUBLISHED').sort((a, b) => a.number - b.number);
  return published.flatMap(({ number, validFrom: from, validTo }) => {
    const replacedOn = published.filter((later) => later.number > number).map((later) => later.validFrom);
    const ends = [...replacedOn.map((day) => addDays(day, -1)), ...(validTo === null ? [] : [validTo])].sort();
    const to = ends[0] ?? null;
    return to !== null && to < from ? [] : [{ number, from, to }];
  });
}

/** The version in force on a day; undefined where there is none. */
export function versionInForce<Version extends PolicyVersionFacts>(
  versions: readonly Version[],
  day: string,
): Version | undefined {
  const interval = inForceIntervals(versions).find((candidate) => isWithin(day, candidate));
  return interval && versions.find(({ number }) => number === interval.number);
}

/** The bucket of all that has no end. */
export const OPEN_END = 'OPEN';

/**
 * The calendar years, months and days that together make up an interval exactly, as `YYYY`, `YYYY-MM` and `YYYY-MM-DD`;
 * an interval without an end is in `OPEN` alone. So a day is within the interval if and only if one of the day's own three
 * buckets is among them, or `OPEN` is and the interval begins on that day or before.
 */
export function inForceBuckets({ from, to }: DayInterval): readonly string[] {
  if (to === null) return [OPEN_END];
  const buckets: string[] = [];
  for (let day = from; day <= to; ) {
    const bucket = [`${day.slice(0, 4)}`, day.slice(0, 7), day].find(
      (candidate) => day === firstDayOf(candidate) && lastDayOf(candidate) <= to,
    );
    if (bucket === undefined) break;
    buckets.push(bucket);
    day = addDays(lastDayOf(bucket), 1);
  }
  return buckets;
}

/** The year, the month and the day that a day is in. */
export function bucketsOfDay(day: string): readonly string[] {
  return [day.slice(0, 4), day.slice(0, 7), day];
}

function firstDayOf(bucket: string): string {
  return `${bucket}-01-01`.slice(0, 10);
}

function lastDayOf(bucket: string): string {
  if (bucket.length === 10) return bucket;
  if (bucket.length === 4) return `${bucket}-12-31`;
  const inNextMonth = addDays(`${bucket}-28`, 4);
  return addDays(`${inNextMonth.slice(0, 7)}-01`, -1);
}
