/** Sums of cases' changes by month, place and route. Months that are closed stay as they were published. */
import type { Calendar } from '../../domain/calendar/calendar.ts';
import { afterEvent, type CaseCourse } from '../../domain/cases/fold.ts';
import { WAITING_ON } from '../../domain/cases/state.ts';
import { type CaseCount, type CountedCase, countsOfChange } from '../../domain/statistics/counting.ts';
import { nextMonth } from '../../domain/statistics/period.ts';
import { CodedError } from '../../errors.ts';
import { loadCalendar } from '../calendar/calendar-in-force.ts';
import { scanPages } from '../dynamodb/read.ts';
import { acquireLock, type RebuildLock, writeAll } from '../dynamodb/rebuilds/lock.ts';
import { foldPages } from '../dynamodb/rebuilds/resumable-fold.ts';
import type { Table } from '../dynamodb/table.ts';
import { transact } from '../dynamodb/transaction.ts';
import { attributeIs, check, existsWithout, isNew, put, remove, update } from '../dynamodb/write.ts';
import type { PrimaryKey } from '../tables/key.ts';
import { talentKeys } from '../tables/talent.ts';
import type { CaseEventItem, CaseItem } from '../talent/items.ts';
import { type CaseTallyItem, type ClosingItem, countersOf, tallyPlace } from '../talent/statistics/items.ts';
import { type Comparison, type ReadModel, textOfKey } from './read-model.ts';
import { compareSums } from './sums.ts';

export const caseStatistics: ReadModel = {
  name: 'case-statistics',
  title: 'sums of cases in months that are not closed',
  async compare(open) {
    const which = { withUncounted: false, calendar: await loadCalendar(open('talent')) };
    let state = INITIAL;
    for await (const page of scanPages<Stored>(open('talent'), STORED)) state = addPage(state, page, which);
    return comparisonOf(statisticsOf(state, which));
  },
  async rebuild(open, options) {
    const table = open('talent');
    const which = { withUncounted: true, calendar: await loadCalendar(table) };
    const lock = await acquireLock(table, talentKeys.statisticsLock());
    const { state, forget } = await foldPages<Stored, State>(table, {
      name: 'case-statistics',
      types: STORED,
      initial: INITIAL,
      lock,
      ...options,
      async step(before, page) {
        const events = page.filter((item): item is CaseEventItem => item.type === 'CaseEvent');
        await markCounted(table, lock, events);
        return addPage(before, page, which);
      },
    });
    const read = statisticsOf(state, which);
    const report = comparisonOf(read);
    const { differences } = report;
    const wanted = new Map(read.expected.map((item) => [textOfKey(item), item]));
    for (const key of differences) {
      const item = wanted.get(textOfKey(key));
      const outcome = await transact<'LOCK_LOST' | 'CLOSED'>(table, [
        lock.check,
        ...Array.from(read.closed, ([kind, month]) =>
          check<'CLOSED'>(talentKeys.closing(kind), {
            when: month === '' ? isNew : attributeIs('month', month),
            otherwise: 'CLOSED',
          }),
        ),
        item ? put(item) : remove(key),
      ]);
      if (outcome.committed) continue;
      throw new CodedError(
        'CONFLICT',
        'A month was closed during the rebuild, or another one has begun: run it again.',
      );
    }
    await forget();
    await lock.release();
    return report;
  },
};

type Counters = Readonly<Record<string, number>>;

interface Sum {
  readonly kind: string;
  readonly month: string;
  readonly item: PrimaryKey;
  readonly counters: Counters;
}

interface Statistics {
  /** The items of months that are not closed, as they follow from the events. */
  readonly expected: readonly PrimaryKey[];
  readonly stored: Map<string, PrimaryKey>;
  /** The last closed month of each kind; empty where none is closed. */
  readonly closed: ReadonlyMap<string, string>;
}

const comparisonOf = ({ expected, stored }: Statistics): Comparison => compareSums(expected, stored);

type Stored = CaseItem | CaseEventItem | CaseTallyItem | ClosingItem;
const STORED = ['TalentCase', 'CaseEvent', 'CaseTally', 'Closing'] as const;

/** Everything that the pages read so far add up to. */
interface State {
  readonly closed: Readonly<Record<string, string>>;
  readonly tallies: readonly CaseTallyItem[];
  readonly sums: Readonly<Record<string, Sum>>;
  /** The case whose events are being read. */
  readonly current: CaseItem | null;
  readonly events: readonly CaseEventItem[];
}
const INITIAL: State = { closed: {}, tallies: [], sums: {}, current: null, events: [] };

/** The events that are counted, and the calendar that they are counted by. */
interface Which {
  /** True for all events, false for those that a consumer has counted. */
  readonly withUncounted: boolean;
  readonly calendar: Calendar;
}

/**
 * Adds a page. A scan returns the items of a case one after the other, the case first and its events in order.
 */
function addPage(state: State, page: readonly Stored[], which: Which): State {
  const closed = { ...state.closed };
  const tallies = [...state.tallies];
  const sums = { ...state.sums };
  let { current } = state;
  let events = [...state.events];
  for (const item of page) {
    if (isTally(item)) tallies.push(item);
    else if (item.type === 'Closing') closed[item.kind] = item.month;
    else if (item.type === 'CaseEvent') events.push(item);
    else {
      addCase(sums, current, events, which);
      current = item;
      events = [];
    }
  }
  return { closed, tallies, sums, current, events };
}

const isTally = (item: Stored): item is CaseTallyItem => item.type === 'CaseTally';

/** Returns the statistics as they follow from all pages. */
function statisticsOf({ closed, tallies, sums, current, events }: State, which: Which): Statistics {
  const all = { ...sums };
  addCase(all, current, events, which);
  return openMonths(Object.values(all), tallies, new Map(Object.entries(closed)));
}

function* countsOfCase(
  facts: CaseItem,
  events: readonly CaseEventItem[],
  { withUncounted, calendar }: Which,
): Generator<CaseCount> {
  let zoneId = events.find(({ fromZone }) => fromZone !== undefined)?.fromZone ?? facts.zoneId;
  let before: CountedCase | null = null;
  let course: CaseCourse | null = null;
  for (const event of events) {
    course = afterEvent(course, event);
    if (!course) return;
    if (event.kind === 'TRANSFERRED') zoneId = event.toZone ?? zoneId;
    const after: CountedCase = { ...facts, zoneId, course, waitingOn: WAITING_ON[course.state] };
    if (withUncounted || 'countedAt' in event) yield* countsOfChange(before, after, { at: event.at, calendar });
    before = after;
  }
}

function addCase(
  sums: Record<string, Sum>,
  facts: CaseItem | null,
  events: readonly CaseEventItem[],
  which: Which,
): void {
  if (facts === null) return;
  for (const count of countsOfCase(facts, events, which)) {
    const { key, identity } = tallyPlace(count);
    const text = textOfKey(key);
    const counters = plus(sums[text]?.counters ?? {}, countersOf(count.add));
    sums[text] = { kind: count.kind, month: count.month, item: { ...key, ...identity }, counters };
  }
}

function plus(a: Counters, b: Counters, sign: 1 | -1 = 1): Counters {
  const sum: Record<string, number> = { ...a };
  for (const [name, by] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + sign * by;
  return sum;
}

/**
 * Returns the sums of months that are not closed. What came late for a closed month is in the first open one: it is what
 * the events up to that month add up to, less what the closed months have.
 */
function openMonths(
  sums: readonly Sum[],
  tallies: readonly CaseTallyItem[],
  closed: ReadonlyMap<string, string>,
): Statistics {
  const stored = new Map<string, PrimaryKey>();
  const expected = new Map<string, { readonly item: PrimaryKey; readonly counters: Counters }>();
  const add = ({ kind, month, item, counters }: Sum, sign: 1 | -1) => {
    const until = closed.get(kind) ?? '';
    const place = { ...item, pk: month > until ? item.pk : talentKeys.caseTally(kind, nextMonth(until), NOWHERE).pk };
    const known = expected.get(textOfKey(place))?.counters ?? {};
    expected.set(textOfKey(place), { item: place, counters: plus(known, counters, sign) });
  };
  for (const sum of sums) add(sum, 1);
  for (const tally of tallies) {
    const [, kind = '', month = ''] = tally.pk.split('#');
    if (month > (closed.get(kind) ?? '')) stored.set(textOfKey(tally), tally);
    else add({ kind, month, ...partsOf(tally) }, -1);
  }
  const items = [...expected.values()].filter(({ counters }) => Object.values(counters).some((count) => count !== 0));
  return {
    expected: items.map(({ item, counters }) => ({ ...item, ...counters })),
    stored: withoutEmpty(stored),
    closed,
  };
}

const NOWHERE = { zoneId: '', parkId: null, route: '' };

function partsOf({ pk, sk, type, zoneId, parkId, route, ...rest }: CaseTallyItem) {
  const counters = Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value === 'number'));
  return { item: { pk, sk, type, zoneId, parkId, route } as PrimaryKey, counters: counters as Counters };
}

/** An item whose counters are all 0 says as much as none. */
function withoutEmpty(stored: ReadonlyMap<string, PrimaryKey>): Map<string, PrimaryKey> {
  return new Map(
    [...stored].filter(([, item]) => Object.values(item).some((value) => typeof value === 'number' && value !== 0)),
  );
}

async function markCounted(table: Table, lock: RebuildLock, events: readonly CaseEventItem[]): Promise<void> {
  const set = { countedAt: new Date().toISOString() };
  const marks = events
    .filter((event) => !('countedAt' in event))
    .map((event) => update<'COUNTED'>(event, { set }, { when: existsWithout('countedAt'), otherwise: 'COUNTED' }));
  await writeAll(table, lock, marks);
}
