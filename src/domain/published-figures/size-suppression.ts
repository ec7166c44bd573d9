/**
 * Suppression of a day's figures by size class, beside sectors and modes whose suppression is known. Where the three
 * breakdowns together reveal an enterprise, a size class is suppressed, never another sector or mode.
 */
import type { SizeClass } from '../enterprises/industry.ts';
import { scaled } from '../statistics/dominance.ts';
import { ENTERPRISE_THRESHOLD, type Suppression } from '../statistics/suppression.ts';
import { addLoads, type DayPart, type Load, loadOf, NO_LOAD, reasonOf } from './day-load.ts';

/**
 * Returns the suppressed size classes. One that tells of few enterprises, or that one of them dominates, is suppressed.
 * So is the one in the most revealing combinations, until none reveals an enterprise.
 * @param parts those with an enterprise
 * @param isShown true for a sector or a mode that is shown
 */
export function suppressedSizes(
  parts: readonly DayPart[],
  isShown: (name: DayPart['sector' | 'mode']) => boolean,
): ReadonlyMap<SizeClass, Suppression> {
  const suppressed = new Map<SizeClass, Suppression>();
  const rows = Array.from(
    Map.groupBy(parts, ({ size }) => size),
    ([size, ofSize]) => ({ size, load: loadOf(ofSize) }),
  );
  for (const { size, load } of rows) {
    const reason = reasonOf(load);
    if (reason) suppressed.set(size, reason);
  }
  for (;;) {
    const shown = rows.filter(({ size }) => !suppressed.has(size));
    const table = tableOf(
      parts,
      isShown,
      shown.map(({ size }) => size),
    );
    const counts = revealingCounts(table);
    const found = shown.flatMap((row, i) => (counts[i] ? { ...row, count: counts[i] } : []));
    const [worst] = found.toSorted(
      (a, b) => b.count - a.count || a.load.staff.sum - b.load.staff.sum || (a.size < b.size ? -1 : 1),
    );
    if (!worst) return suppressed;
    suppressed.set(worst.size, 'PROTECTS_OTHERS');
  }
}

/**
 * The loads of a day by row of each breakdown. The suppressed rows of a breakdown are one row, its last: readers know
 * their sum, which is the total less the shown rows.
 */
interface Table {
  readonly cells: readonly Cell[];
  readonly total: Load;
  readonly sectors: Rows;
  readonly modes: Rows;
  readonly sizes: Rows;
}

interface Cell {
  readonly sector: number;
  readonly mode: number;
  readonly size: number;
  readonly load: Load;
}

/** The numbers of a breakdown's shown rows, and of its rows with that of the suppressed ones. */
interface Rows {
  readonly shown: number;
  readonly all: number;
}

function tableOf(
  parts: readonly DayPart[],
  isShown: (name: DayPart['sector' | 'mode']) => boolean,
  shownSizes: readonly SizeClass[],
): Table {
  const sector = rowsOf(parts.map((part) => part.sector).filter(isShown));
  const mode = rowsOf(parts.map((part) => part.mode).filter(isShown));
  const size = rowsOf(shownSizes);
  const placed = parts.map((part) => {
    return { part, sector: sector.of(part.sector), mode: mode.of(part.mode), size: size.of(part.size) };
  });
  const cells = Map.groupBy(placed, (at) => [at.sector, at.mode, at.size].join());
  const countOf = (shown: number, name: 'sector' | 'mode' | 'size') => {
    return { shown, all: placed.some((at) => at[name] === shown) ? shown + 1 : shown };
  };
  return {
    cells: Array.from(cells.values(), ([first, ...others]) => {
      const { part, ...at } = first as (typeof placed)[number];
      return { ...at, load: loadOf([part, ...others.map((each) => each.part)]) };
    }),
    total: loadOf(parts),
    sectors: countOf(sector.count, 'sector'),
    modes: countOf(mode.count, 'mode'),
    sizes: countOf(size.count, 'size'),
  };
}

/** Returns the indexes of a breakdown's shown rows. All others have the next one. */
function rowsOf<Name extends string>(shown: readonly Name[]) {
  const indexes = new Map([...new Set(shown)].map((name, i) => [name as string, i]));
  return { count: indexes.size, of: (name: string) => indexes.get(name) ?? indexes.size };
}

/**
 * Counts for each shown size class the pairs of a set of modes and a set of size classes with which some set of sectors
 * reveals an enterprise.
 *
 * A combination is the total less three sets of rows, one of each breakdown; a set may be empty or have all rows.
 * Enterprises in one of the sets cancel out, and those in all three are subtracted twice. So rows with one sign for each
 * breakdown, with the total any number of times, are such a combination or a sum without a difference. A sum reveals
 * only what one of its rows reveals, and each row is a combination too.
 */
function revealingCounts(table: Table): readonly number[] {
  const counts = Array.from({ length: table.sizes.shown }, () => 0);
  for (let sizes = 1; sizes < 2 ** table.sizes.all - 1; sizes++) {
    for (let modes = 0; modes < 2 ** table.modes.all; modes++) {
      if (!isRevealing(choicesOf(table, modes, sizes), table.total)) continue;
      for (const size of usedRows(sizes, table.sizes)) counts[size] = (counts[size] ?? 0) + 1;
    }
  }
  return counts;
}

const has = (set: number, row: number) => (set & (1 << row)) !== 0;

/** Returns the shown rows by which readers compute a set: its own, or the total less all others. */
function usedRows(set: number, { shown, all }: Rows): readonly number[] {
  const isOfOthers = all > shown && has(set, shown);
  return Array.from({ length: shown }, (_, row) => row).filter((row) => has(set, row) !== isOfOthers);
}

/** The load of a sector in a combination: first where the set of sectors lacks it, then where it has it. */
type Choice = readonly [Load, Load];

function choicesOf({ cells, sectors }: Table, modes: number, sizes: number): readonly Choice[] {
  const choices = Array.from({ length: sectors.all }, (): [Load, Load] => [NO_LOAD, NO_LOAD]);
  for (const { sector, mode, size, load } of cells) {
    const choice = choices[sector] as [Load, Load];
    const sets = Number(has(modes, mode)) + Number(has(sizes, size));
    if (sets !== 1) choice[0] = addLoads(choice[0], load);
    if (sets !== 0) choice[1] = addLoads(choice[1], sets === 1 ? load : subtractedTwice(load));
  }
  return choices;
}

function subtractedTwice(load: Load): Load {
  return { ...load, staff: scaled(load.staff, 2), returned: scaled(load.returned, 2) };
}

/** Returns whether a choice for each sector reveals an enterprise. */
function isRevealing(choices: readonly Choice[], total: Load): boolean {
  const isMany = (enterprises: number, all: number) => enterprises >= ENTERPRISE_THRESHOLD || all === 0;
  // A contribution counts twice at most, and its bound is at most 30 % above it: a sum with so much more isn't dominated.
  const isMuch = ({ sum, largest, second }: Load['staff'], all: Load['staff']) =>
    sum - largest - second >= 2 * all.largest;
  const isSafe = ({ resumed, notResumed, staff, returned }: Load) =>
    isMany(resumed, total.resumed) &&
    isMany(notResumed, total.notResumed) &&
    isMuch(staff, total.staff) &&
    isMuch(returned, total.returned);
  const reveals = (load: Load, sector: number): boolean => {
    const choice = choices[sector];
    if (!choice) return reasonOf(load) !== null;
    return !isSafe(load) && choice.some((more) => reveals(addLoads(load, more), sector + 1));
  };
  return reveals(NO_LOAD, 0);
}
