/** The calendar of working days that a table's functions count by. */
import { type Calendar, calendarWith, isNewerCalendar } from '../../domain/calendar/calendar.ts';
import type { Dynamo } from '../dynamodb/client/dynamo.ts';
import { readRange } from '../dynamodb/read.ts';
import type { Table } from '../dynamodb/table.ts';
import { CALENDAR_YEARS } from '../tables/key.ts';
import type { CalendarYearCopy } from './calendar-years.ts';

/** Time for which a process counts by the calendar that it read last. */
const MAX_AGE_MS = 60_000;

interface KnownCalendar {
  /** Epoch milliseconds of the request that read it. */
  readonly readAt: number;
  readonly calendar: Promise<Calendar>;
}

/** The calendars of a process, by the table's name. */
const known = new WeakMap<Dynamo, Map<string, KnownCalendar>>();

/**
 * Returns the calendar in force. A process reads it once a minute, in one Query, and not for each request.
 * @param seen the calendar's version that stored days were computed by. A newer one than is known is read at once.
 */
export async function calendarInForce(table: Table, now: Date, seen?: string): Promise<Calendar> {
  const last = calendarsOf(table).get(table.name);
  if (last && Math.abs(now.getTime() - last.readAt) < MAX_AGE_MS) {
    // Another request read it, and may have been interrupted.
    const calendar = await last.calendar.catch(() => null);
    if (calendar && (seen === undefined || !isNewerCalendar(seen, calendar.version))) return calendar;
  }
  return readCalendar(table, now);
}

function readCalendar(table: Table, now: Date): Promise<Calendar> {
  const calendars = calendarsOf(table);
  const before = calendars.get(table.name)?.calendar;
  const calendar = loadCalendar(table).then(async (loaded) => {
    // The same object stays, with the index of its working days.
    const earlier = await before?.catch(() => undefined);
    return earlier?.version === loaded.version ? earlier : loaded;
  });
  const entry = { readAt: now.getTime(), calendar };
  calendars.set(table.name, entry);
  // The next request tries again where the read fails.
  calendar.catch(() => calendars.get(table.name) === entry && calendars.delete(table.name));
  return calendar;
}

/** Loads the calendar in force, for a schedule or a command. */
export async function loadCalendar(table: Table): Promise<Calendar> {
  return calendarWith(await readRange<CalendarYearCopy>(table, { partition: CALENDAR_YEARS, consistent: true }));
}

function calendarsOf({ dynamo }: Table): Map<string, KnownCalendar> {
  const calendars = known.get(dynamo) ?? new Map<string, KnownCalendar>();
  known.set(dynamo, calendars);
  return calendars;
}
