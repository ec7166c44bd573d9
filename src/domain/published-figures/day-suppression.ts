/**
 * Suppression of a park's figures of a day by sector, by mode and by size class. Readers know all breakdowns and the
 * exact total, so no sum or difference of shown rows may tell of few enterprises, or be dominated by one (Statistics Law
 * of the PRC, art. 28).
 */
import { SECTORS, type Sector, SIZE_CLASSES, type SizeClass } from '../enterprises/industry.ts';
import type { Suppression } from '../statistics/suppression.ts';
import { addLoads, type DayPart, type Load, loadOf, NO_LOAD, reasonOf } from './day-load.ts';
import { OPERATION_MODES, type OperationMode } from './resumption.ts';
import { suppressedSizes } from './size-suppression.ts';

/** The suppressed sectors, modes and size classes of a day. */
export type DaySuppression = ReadonlyMap<Sector | OperationMode | SizeClass, Suppression>;

/** Returns the suppression of every row for one reason. */
export function allSuppressed(reason: Suppression): DaySuppression {
  return new Map([...SECTORS, ...OPERATION_MODES, ...SIZE_CLASSES].map((name) => [name, reason]));
}

/**
 * Returns the suppressed rows: sectors and modes by their combinations with each other, then size classes by those with
 * what is shown of both. So a size class is suppressed rather than a sector or a mode. Rows without an enterprise are
 * shown.
 */
export function suppressedOfDay(parts: readonly DayPart[]): DaySuppression {
  const known = parts.filter(({ enterprises }) => enterprises > 0);
  const suppressed = suppressedOfTwo(known);
  return new Map([...suppressed, ...suppressedSizes(known, (name) => !suppressed.has(name))]);
}

/** A row of a breakdown: a sector or a mode, of which all figures are shown, or none. */
interface Row {
  readonly name: Sector | OperationMode;
  readonly bit: number;
  readonly staff: number;
}

/** The enterprises of one sector and mode, by the bits of its two rows. */
interface Placed {
  readonly bits: number;
  readonly load: Load;
}

/**
 * Returns the suppressed sectors and modes. A row that tells of few enterprises, or that one of them dominates, is
 * suppressed. So is the row in the most sums and differences that do, until none does.
 */
function suppressedOfTwo(parts: readonly DayPart[]): ReadonlyMap<Sector | OperationMode, Suppression> {
  const sectors = rowsOf(parts, ({ sector }) => sector, 0);
  const modes = rowsOf(parts, ({ mode }) => mode, sectors.length);
  const bitOf = new Map([...sectors, ...modes].map(({ name, bit }) => [name, bit]));
  const byRows = Map.groupBy(parts, ({ sector, mode }) => (bitOf.get(sector) ?? 0) | (bitOf.get(mode) ?? 0));
  const placed = Array.from(byRows, ([bits, ofRows]): Placed => ({ bits, load: loadOf(ofRows) }));
  const suppressed = new Map<Sector | OperationMode, Suppression>();
  for (const { name, bit } of [...sectors, ...modes]) {
    const reason = reasonOf(combinedLoad(placed, { plus: bit, minus: 0, isRest: false }));
    if (reason) suppressed.set(name, reason);
  }
  const isShown = ({ name }: Row) => !suppressed.has(name);
  for (;;) {
    const shown = { sectors: sectors.filter(isShown), modes: modes.filter(isShown) };
    const worst = mostRevealing(shown, placed);
    if (!worst) return suppressed;
    suppressed.set(worst.name, 'PROTECTS_OTHERS');
  }
}

function rowsOf(
  parts: readonly DayPart[],
  nameOf: (part: DayPart) => Sector | OperationMode,
  from: number,
): readonly Row[] {
  return Array.from(Map.groupBy(parts, nameOf), ([name, ofRow], index) => {
    return { name, bit: 1 << (from + index), staff: ofRow.reduce((sum, { staff }) => sum + staff.sum, 0) };
  });
}

/** Returns the row in the most revealing sums and differences, the smallest among equals; undefined without any. */
function mostRevealing(
  { sectors, modes }: { readonly sectors: readonly Row[]; readonly modes: readonly Row[] },
  parts: readonly Placed[],
): Row | undefined {
  const found = new Map<Row, number>();
  for (const someSectors of subsetsOf(sectors)) {
    for (const someModes of subsetsOf(modes)) {
      if (someSectors.length + someModes.length === 0) continue;
      const combined = { plus: bitsOf(someSectors), minus: bitsOf(someModes) };
      const reasons = [false, true].map((isRest) => reasonOf(combinedLoad(parts, { ...combined, isRest })));
      const count = reasons.filter((reason) => reason !== null).length;
      if (count === 0) continue;
      for (const row of [...someSectors, ...someModes]) found.set(row, (found.get(row) ?? 0) + count);
    }
  }
  const byCount = ([a, countOfA]: [Row, number], [b, countOfB]: [Row, number]) =>
    countOfB - countOfA || a.staff - b.staff || (a.name < b.name ? -1 : 1);
  return [...found].sort(byCount)[0]?.[0];
}

function subsetsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  return Array.from({ length: 1 << rows.length }, (_, subset) => rows.filter((_row, i) => (subset & (1 << i)) !== 0));
}

const bitsOf = (rows: readonly Row[]) => rows.reduce((bits, { bit }) => bits | bit, 0);

/** The rows of one breakdown less those of the other; with `isRest`, the total less both. Zero bits are no row. */
interface Combined {
  readonly plus: number;
  readonly minus: number;
  readonly isRest: boolean;
}

/** Returns the load of a combination of rows. */
function combinedLoad(parts: readonly Placed[], { plus, minus, isRest }: Combined): Load {
  return parts.reduce((sum, { bits, load }) => {
    // The enterprises of rows in both breakdowns cancel each other out; in the rest, those of exactly one do.
    const isInOne = ((bits & plus) !== 0) !== ((bits & minus) !== 0);
    return isInOne === isRest ? sum : addLoads(sum, load);
  }, NO_LOAD);
}
