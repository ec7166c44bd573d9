import { decideArrangement } from '../../domain/calendar/arrangement.ts';
import { calendarWith, isWeekend } from '../../domain/calendar/calendar.ts';
import { addDays, dayInShanghai, daysBetween } from '../../domain/calendar/day.ts';
import { builtInNotice } from '../../domain/calendar/notices.ts';
import { CodedError } from '../../errors.ts';
import type { CalendarYearItem } from '../../storage/parks/items.ts';
import { localizedText } from '../../subgraph/context.ts';
import type { Context } from './context.ts';
import type { CalendarYearResolvers, MutationResolvers, QueryResolvers } from './generated/types.ts';
import { publishRecord } from './publish-record.ts';

/** Years of which the law's lunar holidays and the package's arrangements are known. */
const [FIRST_YEAR, LAST_YEAR] = [2004, 2099];

export const calendarYear: NonNullable<QueryResolvers['calendarYear']> = (_, { year }) => {
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    throw new CodedError('BAD_USER_INPUT', `The year is ${FIRST_YEAR} to ${LAST_YEAR}.`);
  }
  return { year };
};

export const CalendarYear: CalendarYearResolvers = {
  status: async ({ year }, _, context) => (await calendarBeside(year, context)).statusOf(`${year}-01-01`),
  version: async ({ year }, _, { store }) => (await store.calendarYears.load(year))?.version ?? null,
  freeWeekdays: async ({ year }, _, context) => {
    const calendar = await calendarBeside(year, context);
    return daysOf(year).filter((day) => !isWeekend(day) && !calendar.isWorkingDay(day));
  },
  workedWeekendDays: async ({ year }, _, context) => {
    const calendar = await calendarBeside(year, context);
    return daysOf(year).filter((day) => isWeekend(day) && calendar.isWorkingDay(day));
  },
  source: async ({ year }, _, { store }) => (await store.calendarYears.load(year))?.source ?? builtInNotice(year),
};

const daysOf = (year: number) => {
  const first = `${year}-01-01`;
  return Array.from({ length: daysBetween(first, `${year + 1}-01-01`) }, (_, i) => addDays(first, i));
};

/** Returns the calendar with the arrangements of a year and of the next one, whose holidays may begin in December. */
async function calendarBeside(year: number, { store }: Context) {
  return calendarWith(await published([year, year + 1], { store }));
}

async function published(years: readonly number[], { store }: Pick<Context, 'store'>): Promise<CalendarYearItem[]> {
  return (await store.calendarYears.loadMany(years)).filter((each) => each !== null);
}

export const publishCalendarYear: NonNullable<MutationResolvers['publishCalendarYear']> = async (
  _,
  { input },
  context,
) => {
  const { idempotencyKey: __, version, source, ...rest } = input;
  const stated = {
    ...rest,
    seen: version ?? null,
    source: { title: localizedText(source.title), publishedOn: source.publishedOn },
  };
  const { year } = stated;
  const others = await published([year - 1, year + 1], context);
  const { record, userErrors } = await publishRecord('publishCalendarYear', input, context, {
    records: context.store.records.calendarYears,
    load: (records, call) => records.load(call, `${year}`),
    decide: ({ before }) =>
      decideArrangement(
        stated,
        { before, others },
        { viewer: context.viewer, today: dayInShanghai(context.request.now) },
      ),
  });
  return { calendarYear: record && { year }, userErrors };
};
