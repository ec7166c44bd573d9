/**
 * Which cells of a published table on people are kept back, so that nobody is told by a cell or by the difference of
 * cells (Statistics Law of the PRC, art. 28).
 *
 * A table is a tree of cells, each the sum of its parts, for each way that it is broken down. A cell may hold several
 * counts, which are shown together or not at all. A count from 1 to below the threshold is kept back: nobody is counted by
 * a zero. So that no sum gives it away, in each breakdown of a cell that is shown
 * - at least two parts are kept back, where any is;
 * - what these hold together, which anybody can compute, is 0 or reaches the threshold, in each count.
 * With a cell that is kept back go all the cells below it, so that what is left over of it is the whole of it.
 */

/** A cell and what it is made of. Zero cells may be left out. */
export interface Cell {
  /** Its name, once in a table. */
  readonly key: string;
  readonly counts: readonly number[];
  /** Ways in which it is split; the parts of each sum to it, in each count. */
  readonly breakdowns: readonly (readonly Cell[])[];
}

export type Suppression = 'BELOW_THRESHOLD' | 'PROTECTS_OTHERS';

/** People-cells: below 5, and below 10 where they are sensitive, as those of children are. */
export const PEOPLE_THRESHOLD = 5;
export const SENSITIVE_THRESHOLD = 10;

/**
 * What is kept back of a table, by key.
 * @param threshold a count from 1 to below it tells of too few
 * @param kept cells that are kept back anyway
 */
export function suppressedCells(
  table: Cell,
  threshold: number,
  kept: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Suppression> {
  const suppressed = new Map<string, Suppression>();
  const tellsOfFew = (counts: readonly number[]) => counts.some((count) => count > 0 && count < threshold);

  function suppress(cell: Cell): void {
    for (const part of cell.breakdowns.flat()) suppress(part);
    if (isZero(cell) || suppressed.has(cell.key)) return;
    suppressed.set(cell.key, tellsOfFew(cell.counts) ? 'BELOW_THRESHOLD' : 'PROTECTS_OTHERS');
  }

  /** Whether the parts that are kept back hide each other. Takes further ones, the smallest first, as long as it can. */
  function isHidden(parts: readonly Cell[]): boolean {
    const back = parts.filter(({ key }) => suppressed.has(key));
    const shown = parts.filter((part) => !suppressed.has(part.key) && !isZero(part)).sort(bySize);
    while (back.length > 0 && (back.length < 2 || tellsOfFew(sum(back)))) {
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
    if (!isSafe || kept.has(cell.key) || tellsOfFew(cell.counts)) suppress(cell);
  }

  protect(table);
  return suppressed;
}

function isZero({ counts }: Cell): boolean {
  return counts.every((count) => count === 0);
}

function sum(cells: readonly Cell[]): readonly number[] {
  const [first, ...rest] = cells;
  return (first?.counts ?? []).map((count, i) => rest.reduce((total, { counts }) => total + (counts[i] ?? 0), count));
}

/** The smallest first; the key decides between equals, so that one table has one pattern. */
function bySize(a: Cell, b: Cell): number {
  const size = ({ counts }: Cell) => counts.reduce((total, count) => total + count, 0);
  return size(a) - size(b) || (a.key < b.key ? -1 : 1);
}
