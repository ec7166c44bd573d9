import chineseDays from 'chinese-days';
import { addDays } from './day.ts';

/**
 * Returns the thirteen days of a year that the law itself makes holidays for everybody (全国年节及纪念日放假办法, as of
 * 2025, art. 2). They are free before the year's arrangement is published. Twelve, where Mid-Autumn falls on National
 * Day.
 * @param year e.g. `2027`
 */
export function legalHolidays(year: string): ReadonlySet<string> {
  const springFestival = lunarDay(year, '01-01');
  return new Set([
    `${year}-01-01`,
    ...[-1, 0, 1, 2].map((days) => addDays(springFestival, days)),
    chineseDays.getSolarTermDate(Number(year), 4, 'pure_brightness'),
    `${year}-05-01`,
    `${year}-05-02`,
    lunarDay(year, '05-05'),
    lunarDay(year, '08-15'),
    `${year}-10-01`,
    `${year}-10-02`,
    `${year}-10-03`,
  ]);
}

/** Returns the day of a month and day of the lunar calendar, e.g. `05-05`. */
function lunarDay(year: string, monthAndDay: string): string {
  return chineseDays.getSolarDateFromLunar(`${year}-${monthAndDay}`).date;
}
