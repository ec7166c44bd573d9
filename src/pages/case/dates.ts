/** Days and times for people, in their language and in Asia/Shanghai, wherever the phone is. */
import type { Locale } from './generated/case-screen.ts';
import { LANGUAGES } from './language.ts';

const ZONE = 'Asia/Shanghai';
const DAY = { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' } as const;

/** @param day `YYYY-MM-DD` */
export function dayText(day: string, locale: Locale): string {
  return new Intl.DateTimeFormat(LANGUAGES[locale].tag, { ...DAY, timeZone: 'UTC' }).format(Date.parse(day));
}

/** The day and the time of an instant. */
export function instantText(instant: Date, locale: Locale): string {
  const format = { ...DAY, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE } as const;
  return new Intl.DateTimeFormat(LANGUAGES[locale].tag, format).format(instant);
}

/** The time alone, of an instant that is near. */
export function timeText(instant: Date, locale: Locale): string {
  const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE } as const;
  return new Intl.DateTimeFormat(LANGUAGES[locale].tag, format).format(instant);
}

/** How far off a day is: "tomorrow", "in 5 days". */
export function distanceText(day: string, now: Date, locale: Locale): string {
  return new Intl.RelativeTimeFormat(LANGUAGES[locale].tag, { numeric: 'auto' }).format(daysUntil(day, now), 'day');
}

/** Days from today to a day; below 0 where it has passed. */
export function daysUntil(day: string, now: Date): number {
  // The day in Shanghai, UTC+8 all year.
  const today = Math.floor((now.getTime() + 8 * 3_600_000) / 86_400_000);
  return Math.round(Date.parse(day) / 86_400_000) - today;
}

/** @param fen hundredths of a yuan */
export function moneyText(fen: string, locale: Locale): string {
  const format = { style: 'currency', currency: 'CNY', trailingZeroDisplay: 'stripIfInteger' } as const;
  return new Intl.NumberFormat(LANGUAGES[locale].tag, format).format(Number(fen) / 100);
}
