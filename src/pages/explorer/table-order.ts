import type { AnswerTable, Cell } from './answer-tables.ts';

export interface Order {
  /** Index of the column. */
  readonly column: number;
  readonly direction: 'ascending' | 'descending';
}

const collator = new Intl.Collator(['zh', 'ja', 'en'], { numeric: true });

/**
 * Returns the rows in the given order, else in the answer's own. Equal rows keep their places; nulls come last in both
 * directions.
 */
export function orderedRows(table: AnswerTable, order: Order | undefined): AnswerTable['rows'] {
  const column = order && table.columns[order.column];
  if (!order || !column) return table.rows;
  const compare = column.numeric ? compareNumbers : compareTexts;
  const sign = order.direction === 'ascending' ? 1 : -1;
  return table.rows.toSorted((rowA, rowB) => {
    const a = rowA[order.column] ?? null;
    const b = rowB[order.column] ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compare(a, b);
  });
}

/** Returns the order after a click on a column's head: ascending, then descending, then the answer's own. */
export function nextOrder(order: Order | undefined, column: number): Order | undefined {
  if (order?.column !== column) return { column, direction: 'ascending' };
  return order.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}

const compareTexts = (a: Cell, b: Cell): number => collator.compare(String(a), String(b));
const compareNumbers = (a: Cell, b: Cell): number => Number(a) - Number(b);
