/** The arrangement of a year's holidays (放假安排), as the General Office of the State Council announces it. */
import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import type { Localized } from '../locale.ts';
import {
  type RecordRefusal,
  type RecordRefusalCode,
  refusePublisher,
  refuseText,
  refuseVersion,
  unless,
  type Versioned,
} from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import { type ArrangedYear, type Calendar, calendarWith, isWeekend } from './calendar.ts';
import { addDays, daysBetween } from './day.ts';
import { legalHolidays } from './legal-holidays.ts';

/** A published arrangement. */
export interface ArrangementFacts extends Versioned, ArrangedYear {
  /** The announcement that it comes from. */
  readonly source: { readonly title: Localized; readonly publishedOn: string };
}

/** An arrangement as an administrator states it. */
export interface StatedArrangement extends Omit<ArrangementFacts, 'version'> {
  /** The version that was seen; null for the first one of the year. */
  readonly seen: number | null;
}

/** The years after this one whose arrangement may be published. */
const MAX_YEARS_AHEAD = 2;
const MAX_HOLIDAYS = 60;
const MAX_WORKED_WEEKEND_DAYS = 20;

/**
 * Decides the next version of a year's arrangement. A day that is over stays as it was, so that no limit that has ended
 * and no published statistic changes.
 * @param others the published arrangements of the years beside it
 */
export function decideArrangement(
  { seen, ...stated }: StatedArrangement,
  { before, others }: { readonly before: ArrangementFacts | null; readonly others: readonly ArrangedYear[] },
  { viewer, today }: { readonly viewer: Viewer; readonly today: string },
): Decision<ArrangementFacts, RecordRefusalCode> {
  const after = { ...stated, version: (before?.version ?? 0) + 1 };
  const thisYear = Number(today.slice(0, 4));
  const refusals = [
    ...refusePublisher(mayWrite(viewer, 'publishCalendarYear', recordRelation(viewer, null))),
    ...refuseVersion(seen, before),
    ...unless(
      stated.year >= thisYear && stated.year <= thisYear + MAX_YEARS_AHEAD,
      'INVALID_VALUE',
      ['year'],
      `The year is ${thisYear} to ${thisYear + MAX_YEARS_AHEAD}.`,
    ),
    ...refuseText(stated.source.title, ['source', 'title']),
    ...unless(
      stated.source.publishedOn <= today,
      'INVALID_VALUE',
      ['source', 'publishedOn'],
      'A source is published today at the latest.',
    ),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const inForce = calendarWith(before ? [...others, before] : others);
  const refused = [...refuseDays(after), ...refusePast(inForce, calendarWith([...others, after]), stated.year, today)];
  return refused.length > 0 ? { ok: false, refusals: refused } : { ok: true, value: after };
}

function refuseDays({ year, holidays, workedWeekendDays }: ArrangedYear): readonly RecordRefusal[] {
  const [first, last] = [`${year - 1}-12-01`, `${year}-12-31`];
  const isOfYear = (day: string) => day >= first && day <= last;
  const lacking = [...legalHolidays(`${year}`)].filter((day) => !holidays.includes(day));
  return [
    ...refuseList(holidays, MAX_HOLIDAYS, 'holidays', isOfYear),
    ...refuseList(workedWeekendDays, MAX_WORKED_WEEKEND_DAYS, 'workedWeekendDays', isOfYear),
    ...unless(
      lacking.length === 0,
      'INVALID_VALUE',
      ['holidays'],
      `The law makes these days holidays: ${lacking.join(', ')}.`,
    ),
    ...unless(
      workedWeekendDays.every(isWeekend),
      'INVALID_VALUE',
      ['workedWeekendDays'],
      'Only Saturdays and Sundays are worked to make up for holidays.',
    ),
    ...unless(
      !workedWeekendDays.some((day) => holidays.includes(day)),
      'INVALID_VALUE',
      ['workedWeekendDays'],
      'A day is either a holiday or worked.',
    ),
  ];
}

function refuseList(days: readonly string[], most: number, field: string, isOfYear: (day: string) => boolean) {
  return unless(
    days.length <= most && new Set(days).size === days.length && days.every(isOfYear),
    'INVALID_VALUE',
    [field],
    `There are at most ${most} days, each once, from December of the year before to the end of the year.`,
  );
}

/** Refuses an arrangement that changes a day that is over. */
function refusePast(before: Calendar, after: Calendar, year: number, today: string): readonly RecordRefusal[] {
  const first = `${year - 1}-12-01`;
  const days = Array.from({ length: Math.max(0, daysBetween(first, today)) }, (_, i) => addDays(first, i));
  const changed = days.find((day) => before.isWorkingDay(day) !== after.isWorkingDay(day));
  return unless(changed === undefined, 'INVALID_VALUE', ['holidays'], `${changed} is over and stays as it was.`);
}
