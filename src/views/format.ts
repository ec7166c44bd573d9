import type { Locale } from '../domain/locale.ts';
import { LANGUAGES } from './language.ts';

/** Formatters of one language. */
export interface Format {
  /** Formats a count with the language's separators. */
  count(value: number): string;
  /** Formats a decimal number as the API writes it, with the language's separators and all its digits. */
  decimal(text: string): string;
  /** Formats a rate in per cent, as the API has rounded it: `87.2` becomes `87.2%`. */
  percent(rate: string): string;
  /** Formats a day (ISO 8601) with its month in words. */
  day(iso: string): string;
  /** Formats an instant (ISO 8601) in Asia/Shanghai, to the minute. */
  time(iso: string): string;
  /** Returns the formatter of an axis' days: without their year, or as months of a year where they begin months or years apart. */
  tickOf(days: readonly string[]): (iso: string) => string;
}

/** Returns the formatters of a language. They are made once. */
export function formatOf(locale: Locale): Format {
  return FORMATS[locale];
}

const FORMATS: Readonly<Record<Locale, Format>> = {
  ZH: makeFormat(LANGUAGES.ZH.tag),
  JA: makeFormat(LANGUAGES.JA.tag),
  EN: makeFormat(LANGUAGES.EN.tag),
};

function makeFormat(tag: string): Format {
  // A day of the API has no time zone: it is read and written in UTC.
  const dayOf = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
    return (iso: string) => format.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`));
  };
  const times = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' });
  const numbers = new Intl.NumberFormat(tag);
  const shortDay = dayOf({ month: 'short', day: 'numeric' });
  const month = dayOf({ year: 'numeric', month: 'short' });
  return {
    count: (value) => numbers.format(value),
    decimal(text) {
      const [, sign = '', whole, fraction = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(text) ?? [];
      return whole === undefined ? text : `${sign}${numbers.format(BigInt(whole))}${fraction}`;
    },
    percent: (rate) => `${rate}%`,
    day: dayOf({ year: 'numeric', month: 'long', day: 'numeric' }),
    time: (iso) => times.format(new Date(iso)),
    tickOf: (days) => {
      const areMonths = days.every((day) => day.endsWith('-01'));
      return areMonths || days[0]?.slice(0, 4) !== days.at(-1)?.slice(0, 4) ? month : shortDay;
    },
  };
}
