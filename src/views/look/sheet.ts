import type { ColumnKind, LookCell } from './cells.ts';
import type { LookTable } from './tables.ts';

/** A cell of a workbook, as its writer takes it. */
type SheetCell =
  | { readonly type: typeof String; readonly value: string; readonly fontWeight?: 'bold' }
  | { readonly type: typeof Number; readonly value: number; readonly format: string }
  | { readonly type: typeof Date; readonly value: Date; readonly format: string };

/** Returns a table as rows of a workbook's sheet, its headings first. Each cell has the type of its column. */
export function sheetRows({ columns, rows }: Pick<LookTable, 'columns' | 'rows'>): (SheetCell | null)[][] {
  const heads = columns.map(({ label }): SheetCell => ({ type: String, value: label, fontWeight: 'bold' }));
  return [heads, ...rows.map((row) => row.map((cell, at) => typedCell(cell, columns[at]?.kind ?? 'text')))];
}

/** Returns a cell with the type of its column. Codes are texts, so that no spreadsheet makes numbers of them. */
function typedCell({ value, text, isKeptBack }: LookCell, kind: ColumnKind): SheetCell | null {
  if (isKeptBack) return { type: String, value: text };
  if (value === null) return null;
  switch (kind) {
    case 'number':
      // Where a count has decimals in its format, spreadsheets show 414 as "414.".
      return { type: Number, value: Number(value), format: Number.isInteger(Number(value)) ? '#,##0' : '#,##0.##' };
    case 'percent':
      // A division by 100 makes 0.8390000000000001 of 83.9.
      return { type: Number, value: Number(`${value}e-2`), format: '0.0%' };
    case 'date':
      return { type: Date, value: new Date(`${value}T00:00:00Z`), format: 'yyyy-mm-dd' };
    case 'time':
    case 'text':
      return { type: String, value: text };
  }
}
