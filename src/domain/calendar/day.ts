/** Calendar days as `YYYY-MM-DD`. Days compare as strings. */

const MS_A_DAY = 86_400_000;

/** An interval of days, both ends included; `to` is null while its end is unknown. */
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

/** Returns whether a text is a day that exists; `2021-02-29` doesn't. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = toTime(text);
  return !Number.isNaN(time) && fromTime(time) === text;
}

/** Returns the day `days` later, or earlier where `days` is negative. */
export function addDays(day: string, days: number): string {
  return fromTime(toTime(day) + days * MS_A_DAY);
}

/** Returns the days from one day to another: 1 from a day to the next. */
export function daysBetween(from: string, to: string): number {
  return Math.round((toTime(to) - toTime(from)) / MS_A_DAY);
}

/**
 * Returns the same day of the month `months` later, or the last day of a month that is too short (Civil Code, art.
 * 202).
 */
export function addMonths(day: string, months: number): string {
  const first = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months);
  const lastOfMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(Number(day.slice(8)), lastOfMonth));
  return first.toISOString().slice(0, 10);
}

/**
 * Returns the whole years from a birth date to a day, the birthday included. A child born on 29 February turns older on
 * 1 March.
 */
export function ageOn(bornOn: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years;
}

/** Returns the later of two days. */
export function laterDay(a: string, b: string): string {
  return a > b ? a : b;
}

/** Returns the earlier of two days. */
export function earlierDay(a: string, b: string): string {
  return a < b ? a : b;
}

export function isWithin(day: string, interval: DayInterval): boolean {
  return interval.from <= day && (interval.to === null || day <= interval.to);
}

/** Returns the day in Asia/Shanghai (UTC+8 all year since 1991) at an instant. */
export function dayInShanghai(instant: Date): string {
  return fromTime(instant.getTime() + 8 * 3_600_000);
}

/** Returns the day of the week (0 for Monday) and the time (`HH:MM`) in Asia/Shanghai at an instant. */
export function shanghaiClock(instant: Date): { readonly weekday: number; readonly time: string } {
  const there = new Date(instant.getTime() + 8 * 3_600_000);
  return { weekday: (there.getUTCDay() + 6) % 7, time: there.toISOString().slice(11, 16) };
}

/** Returns the instant of a time of day in Asia/Shanghai, e.g. `shanghaiInstant('2020-03-16', '09:30:00')`. */
export function shanghaiInstant(day: string, time: string): Date {
  return new Date(`${day}T${time}+08:00`);
}
