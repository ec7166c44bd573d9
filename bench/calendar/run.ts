import {
  addWorkingDays,
  CALENDAR,
  countWorkingDays,
  isWorkingDay,
  workingDaysBefore,
} from '../../src/domain/calendar/calendar.ts';
import { addDays } from '../../src/domain/calendar/day.ts';
import { table } from '../table.ts';

const ROUNDS = Number(process.env.ROUNDS ?? 7);
const DAYS = 2_000;
/** The most working days that a limit of the law has, with its extension. */
const LIMIT = 30;

/** Prints the CPU time of working days by prefix sums, beside a walk from day to day, in turns in one process. */
export function benchCalendar(): string {
  const days = Array.from({ length: DAYS }, (_, i) => addDays('2022-01-01', i % 1_700));
  const tasks: readonly (readonly [string, (day: string) => unknown, (day: string) => unknown])[] = [
    ['end of a limit', (day) => addWorkingDays(day, LIMIT), (day) => walk(day, LIMIT, 1)],
    ['day of a reminder', (day) => workingDaysBefore(day, 3), (day) => walk(day, 3, -1)],
    ['days used up', (day) => countWorkingDays(day, addDays(day, 40)), (day) => walkedBetween(day, addDays(day, 40))],
  ];
  const rows = tasks.map(([name, sums, walked]) => {
    const differs = days.find((day) => sums(day) !== walked(day));
    if (differs) throw new Error(`${name}: the two differ from ${differs} on`);
    const [ofSums, ofWalk] = [sums, walked].map((count) =>
      middle(Array.from({ length: ROUNDS }, () => cpuOf(days, count))),
    );
    const [bySums, byWalk] = [ofSums ?? 0, ofWalk ?? 0];
    return [name, bySums.toFixed(2), byWalk.toFixed(2), (bySums / byWalk).toFixed(3)];
  });
  return table(['working days', 'prefix sums, CPU µs', 'walk, CPU µs', 'ratio'], rows);
}

function walk(day: string, count: number, step: 1 | -1): string {
  let at = day;
  for (let left = count; left > 0; ) {
    at = addDays(at, step);
    if (isWorkingDay(at, CALENDAR)) left -= 1;
  }
  return at;
}

function walkedBetween(from: string, to: string): number {
  let count = 0;
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) count += isWorkingDay(at, CALENDAR) ? 1 : 0;
  return count;
}

/** Returns the CPU microseconds of one count. */
function cpuOf(days: readonly string[], count: (day: string) => unknown): number {
  const before = process.cpuUsage();
  for (let round = 0; round < 5; round++) for (const day of days) count(day);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (5 * days.length);
}

function middle(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
}
