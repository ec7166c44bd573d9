/**
 * Suppression of cells in a published table about people, so that no cell and no difference of cells identifies a
 * person (Statistics Law of the PRC, art. 28).
 *
 * A table is a tree of cells; each is the sum of its parts in each of its breakdowns. A cell may hold several counts,
 * which are shown together or not at all. A count from 1 to below the threshold is suppressed; a zero counts no person.
 * So that no sum reveals it, in each breakdown of a shown cell
 * - at least two parts are suppressed, if any is;
 * - the sum of the suppressed parts, which readers can compute, is 0 or reaches the threshold, in each count.
 *
 * All cells below a suppressed cell are suppressed too, so that their sum is the whole cell.
 */

/** A cell and its breakdowns. Zero cells may be left out. */
export interface Cell {
  /** Its name, unique in a table. */
  readonly key: string;
  readonly counts: readonly number[];
  /** Its breakdowns; the parts of each sum to it, in each count. */
  readonly breakdowns: readonly (readonly Cell[])[];
}

export type Suppression = 'BELOW_THRESHOLD' | 'DOMINATED' | 'NOT_PUBLISHED' | 'PROTECTS_OTHERS';

/** Thresholds of cells about people. Sensitive data, such as children's, have the higher one. */
export const PEOPLE_THRESHOLD = 5;
export const SENSITIVE_THRESHOLD = 10;
/** The threshold of cells about enterprises. */
export const ENTERPRISE_THRESHOLD = 3;

/**
 * Returns the suppressed cells of a table, by key.
 * @param threshold counts from 1 to below it are suppressed
 * @param kept cells that are suppressed in any case
 */
export function suppressedCells(
  table: Cell,
  threshold: number,
  kept: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Suppression> {
  const suppressed = new Map<string, Suppression>();
  const isBelowThreshold = (counts: readonly number[]) => counts.some((count) => count > 0 && count < threshold);

  function suppress(cell: Cell): void {
    for (const part of cell.breakdowns.flat()) suppress(part);
    if (isZero(cell) || suppressed.has(cell.key)) return;
    suppressed.set(cell.key, isBelowThreshold(cell.counts) ? 'BELOW_THRESHOLD' : 'PROTECTS_OTHERS');
  }

  /**
   * Returns whether the suppressed parts hide each other. Suppresses further ones, the smallest first, as long as it
   * can.
   */
  function isHidden(parts: readonly Cell[]): boolean {
    const back = parts.filter(({ key }) => suppressed.has(key));
    const shown = parts.filter((part) => !suppressed.has(part.key) && !isZero(part)).sort(bySize);
    while (back.length > 0 && (back.length < 2 || isBelowThreshold(sumOf(back)))) {
      const next = shown.shift();
      if (!next) return false;
      suppress(next);
      back.push(next);
    }
    return true;
  }

  function protect(cell: Cell): void {
    for (const part of cell.breakdowns.flat()) protect(part);
    const isSafe = cell.breakdowns.map(isHidden).every(Boolean);
    if (!isSafe || kept.has(cell.key) || isBelowThreshold(cell.counts)) suppress(cell);
  }

  protect(table);
  return suppressed;
}

function isZero({ counts }: Cell): boolean {
  return counts.every((count) => count === 0);
}

/** Returns the sum of cells, in each count. */
export function sumOf(cells: readonly Cell[]): readonly number[] {
  return cells.reduce<readonly number[]>((sums, { counts }) => counts.map((count, i) => count + (sums[i] ?? 0)), []);
}

/** Compares cells by size; the key decides between equals, so that one table has one pattern. */
function bySize(a: Cell, b: Cell): number {
  const size = ({ counts }: Cell) => counts.reduce((total, count) => total + count, 0);
  return size(a) - size(b) || (a.key < b.key ? -1 : 1);
}
