/**
 * Versions of a policy and the days on which they are in force. A later version replaces earlier ones from its first
 * day on, even those without an end. A withdrawn version never counts.
 */
import { addDays, type DayInterval, isWithin } from '../calendar/day.ts';
import type { Rule } from '../rules/rule.ts';

export interface PolicyVersionFacts {
  readonly number: number;
  readonly status: 'PUBLISHED' | 'WITHDRAWN';
  readonly validFrom: string;
  /** The last day; null without an end. */
  readonly validTo: string | null;
}

export interface InForceInterval extends DayInterval {
  readonly number: number;
}

export interface InForceWithTerms extends InForceInterval {
  /** The terms of the version; null where it is open to all, missing where they are not recorded. */
  readonly rule?: Rule | null;
}

/** A policy as other subgraphs copy it. */
export interface CopiedPolicy {
  readonly policyId: string;
  readonly homeZoneIds: readonly string[];
  /** The intervals in which its versions are in force; none overlaps another. */
  readonly inForce: readonly InForceWithTerms[];
  /** The policy's own version. */
  readonly sourceVersion: number;
}

/** Returns the interval in which each version is in force, by number. No two overlap. */
export function inForceIntervals(versions: readonly PolicyVersionFacts[]): readonly InForceInterval[] {
  const published = versions.filter(({ status }) => status === 'PUBLISHED').sort((a, b) => a.number - b.number);
  return published.flatMap(({ number, validFrom: from, validTo }) => {
    const replacedOn = published.filter((later) => later.number > number).map((later) => later.validFrom);
    const ends = [...replacedOn.map((day) => addDays(day, -1)), ...(validTo === null ? [] : [validTo])].sort();
    const to = ends[0] ?? null;
    return to !== null && to < from ? [] : [{ number, from, to }];
  });
}

/** Returns the version in force on a day; undefined where there is none. */
export function versionInForce<Version extends PolicyVersionFacts>(
  versions: readonly Version[],
  day: string,
): Version | undefined {
  const interval = inForceIntervals(versions).find((candidate) => isWithin(day, candidate));
  return interval && versions.find(({ number }) => number === interval.number);
}

/** The bucket of all intervals without an end. */
export const OPEN_END = 'OPEN';

/**
 * Returns the calendar years, months and days that together make up an interval, as `YYYY`, `YYYY-MM` and `YYYY-MM-DD`.
 * An interval without an end is in `OPEN` alone. So a day is in an interval if one of its three buckets is, or if
 * `OPEN` is and the interval begins by that day.
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

/** Returns the year, the month and the day of a day. */
export function bucketsOfDay(day: string): readonly string[] {
  return [day.slice(0, 4), day.slice(0, 7), day];
}

/** A bucket of days on which a version is in force. */
export interface InForceEntry {
  readonly bucket: string;
  /** The first day of the version's interval. */
  readonly from: string;
  readonly number: number;
}

/** Returns the entries of all intervals in which versions are in force. No two have both bucket and first day in common. */
export function inForceEntries(versions: readonly PolicyVersionFacts[]): readonly InForceEntry[] {
  return inForceIntervals(versions).flatMap(({ number, from, to }) =>
    inForceBuckets({ from, to }).map((bucket) => ({ bucket, from, number })),
  );
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
