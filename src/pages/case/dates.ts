/** Days and times in the reader's language and in Asia/Shanghai, wherever the phone is. */

import { LANGUAGES } from '../../views/language.ts';
import type { Locale } from './generated/case-screen.ts';

const ZONE = 'Asia/Shanghai';
const DAY = { year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' } as const;

/**
 * Formats a day.
 * @param day `YYYY-MM-DD`
 */
export function dayText(day: string, locale: Locale): string {
  return new Intl.DateTimeFormat(LANGUAGES[locale].tag, { ...DAY, timeZone: 'UTC' }).format(Date.parse(day));
}

/** Formats the day and time of an instant. */
export function instantText(instant: Date, locale: Locale): string {
  const format = { ...DAY, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE } as const;
  return new Intl.DateTimeFormat(LANGUAGES[locale].tag, format).format(instant);
}

/** Formats the time of a near instant. */
export function timeText(instant: Date, locale: Locale): string {
  const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: ZONE } as const;
  return new Intl.DateTimeFormat(LANGUAGES[locale].tag, format).format(instant);
}

/** Formats the distance of a day: "tomorrow", "in 5 days". */
export function distanceText(day: string, now: Date, locale: Locale): string {
  return new Intl.RelativeTimeFormat(LANGUAGES[locale].tag, { numeric: 'auto' }).format(daysUntil(day, now), 'day');
}

/** Returns the days from today to a day; below 0 if it has passed. */
export function daysUntil(day: string, now: Date): number {
  // Shanghai is at UTC+8 all year.
  const today = Math.floor((now.getTime() + 8 * 3_600_000) / 86_400_000);
  return Math.round(Date.parse(day) / 86_400_000) - today;
}

/**
 * Formats an amount.
 * @param fen hundredths of a yuan
 */
export function moneyText(fen: string, locale: Locale): string {
  const format = { style: 'currency', currency: 'CNY', trailingZeroDisplay: 'stripIfInteger' } as const;
  return new Intl.NumberFormat(LANGUAGES[locale].tag, format).format(Number(fen) / 100);
}
