/** Calendar days as `YYYY-MM-DD`. Days compare as strings. */

const MS_A_DAY = 86_400_000;

/** An interval of days, both ends included; `to: null` where no end is known. */
export interface DayInterval {
  readonly from: string;
  readonly to: string | null;
}

function toTime(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function fromTime(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whether a text is a day that exists: `2021-02-29` is none. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = toTime(text);
  return !Number.isNaN(time) && fromTime(time) === text;
}

/** The day so many days later, or earlier where `days` is negative. */
export function addDays(day: string, days: number): string {
  return fromTime(toTime(day) + days * MS_A_DAY);
}

/** Days from one to the other: 1 from a day to the next. */
export function daysBetween(from: string, to: string): number {
  return Math.round((toTime(to) - toTime(from)) / MS_A_DAY);
}

/**
 * The corresponding day so many months later; where that month is too short, its last day (Civil Code, art. 202).
 */
export function addMonths(day: string, months: number): string {
  const first = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months);
  const lastOfMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(Number(day.slice(8)), lastOfMonth));
  return first.toISOString().slice(0, 10);
}

/** Returns the later of two days. */
export function laterDay(a: string, b: string): string {
  return a > b ? a : b;
}

export function isWithin(day: string, interval: DayInterval): boolean {
  return interval.from <= day && (interval.to === null || day <= interval.to);
}

/** The day that it is in Asia/Shanghai (UTC+8 all year since 1991) at an instant. */
export function dayInShanghai(instant: Date): string {
  return fromTime(instant.getTime() + 8 * 3_600_000);
}

/** The instant of a time of day in Asia/Shanghai, e.g. `shanghaiInstant('2020-03-16', '09:30:00')`. */
export function shanghaiInstant(day: string, time: string): Date {
  return new Date(`${day}T${time}+08:00`);
}
